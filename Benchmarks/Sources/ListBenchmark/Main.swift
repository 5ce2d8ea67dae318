#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import CivilTime
import Diagnostics
import Intake

/// Validates and de-duplicates a list of prospects: what an import does before anything lands.
///
///     ListBenchmark FILE        prints rows, good ones, duplicates and bad ones
@main
struct ListBenchmark {
    struct Unreadable: Error {}

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 2, let stream = fopen(arguments[1], "rb") else { throw Unreadable() }
        defer { fclose(stream) }
        let options = ProspectOptions(zones: ZoneNames([]), places: PlaceZones(countries: [], zones: []))
        var file = ProspectFile<Never>(name: arguments[1], options: options) {
            [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
                count = fread(buffer.baseAddress, 1, buffer.count, stream)
            }
        }
        guard file.begin().isEmpty else { throw Unreadable() }
        var (good, bad, twice) = (0, 0, 0)
        while let judgement = file.next() {
            switch judgement {
            case .good: good += 1
            case .bad: bad += 1
            case .duplicate: twice += 1
            }
        }
        print("\(good + bad + twice) rows, \(good) good, \(twice) twice, \(bad) bad")
    }
}
