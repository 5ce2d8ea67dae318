@main
struct Stoke {
    static func main() {}
}
