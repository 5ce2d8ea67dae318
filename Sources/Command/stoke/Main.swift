@main
struct Stoke {
    static func main() {
        if CommandLine.arguments.dropFirst().first == "template-server" { TemplateServer.serve() }
    }
}
