import Arguments
import CivilTime
import Diagnostics
import Host
import Interchange

/// What a command works with: its arguments, the world outside, and where its words go.
struct Desk {
    let invocation: Invocation
    let environment: Environment
    let output: Output
    let zones: ZoneDatabase

    /// Whether `--now` rehearses on a pretend clock.
    var isPretend: Bool { invocation.has("--now") }
    /// Whether results are wanted as JSON.
    var wantsJSON: Bool { invocation.path.options.contains { $0.name == "--json" } && invocation.has("--json") }

    /// Now: the wall clock's, or what `--now` says.
    var now: Instant {
        invocation.value("--now").flatMap { Desk.instant($0, in: localZone) } ?? Instant(Clocks.wallSeconds())
    }

    /// A `--now` that can't be read stops everything: else a rehearsal would be real.
    func checkClock() throws {
        if let text = invocation.value("--now"), Desk.instant(text, in: localZone) == nil {
            throw invocation.refusal("--now: \(text) is no instant", hint: "2026-03-12T09:00:00Z or 2026-03-12T09:00")
        }
    }

    /// Which zone a state or a country has, by the tables beside the machine's zone files.
    var places: PlaceZones {
        let folder = ZoneFolder.find(environment)
        return PlaceZones(
            countries: folder?.read("iso3166.tab") ?? [], zones: folder?.read("zone.tab") ?? [])
    }

    /// A zone by name; `nil` for an unknown one.
    func zone(_ name: String) -> Zone? { try? zones.zone(name) }

    /// The zone in which a `--now` without an offset is read: the machine's, else UTC.
    private var localZone: Zone { environment.text("TZ").flatMap(zone) ?? .utc }

    /// `2026-03-12T09:00:00Z`, `2026-03-12T09:00`, `2026-03-12 09:00`, `2026-03-12`.
    static func instant(_ text: String, in zone: Zone) -> Instant? {
        if let instant = Instant(text) { return instant }
        if let date = LocalDate(text) { return zone.start(of: date) }
        return LocalDateTime(text.replacing(" ", with: "T")).map { zone.instant(of: $0) }
    }
}

extension Desk {
    /// Asks on a terminal; `--yes` answers for the person.
    func agrees(_ question: String) throws -> Bool {
        if invocation.has("--yes") { return true }
        guard Terminal.standardInputIsTerminal else {
            throw Failure("nobody is there to be asked", hint: "add --yes", status: .usage)
        }
        output.ask("\(question) [y/N] ")
        return ["y", "yes"].contains((readLine() ?? "").lowercased())
    }
}
