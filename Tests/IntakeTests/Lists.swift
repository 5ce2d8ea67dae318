import CivilTime
import Diagnostics
import Facts
import Foundation
import Host
import Intake
import Interchange
import Ledger
import Outreach

/// Lists as texts, and what becomes of them.
enum Lists {
    static let now = Instant(1_773_300_000)
    static let zones: ZoneNames = ZoneNames(ZoneFolder("/usr/share/zoneinfo").names())
    static let places: PlaceZones = {
        let folder = ZoneFolder("/usr/share/zoneinfo")
        return PlaceZones(countries: folder.read("iso3166.tab") ?? [], zones: folder.read("zone.tab") ?? [])
    }()

    static func options(_ maps: [String] = [], source: String = "list") -> ProspectOptions {
        ProspectOptions(maps: maps.compactMap(ColumnMapping.init), source: source, zones: zones, places: places)
    }

    static func file(
        _ bytes: [UInt8], _ options: ProspectOptions = options(), chunk: Int = 1 << 16
    ) -> ProspectFile<Never> {
        var rest = bytes[...]
        return ProspectFile(name: "list.csv", options: options) {
            defer { rest = rest.dropFirst(chunk) }
            return Array(rest.prefix(chunk))
        }
    }

    /// What an import did.
    struct Result {
        var report = ImportReport()
        var header: [Finding] = []
        var rejected: [RejectedRow] = []
        var warnings: [Finding] = []
        var plan: ColumnPlan?
    }

    /// Imports a list.
    static func importing(
        _ bytes: [UInt8], into store: any Store, _ options: ProspectOptions = options(), at now: Instant = now,
        groupSize: Int = 20_000
    ) throws -> Result {
        var file = file(bytes, options)
        var result = Result()
        result.header = file.begin()
        result.plan = file.plan
        guard file.plan != nil else { return result }
        var rejected: [RejectedRow] = []
        var warnings: [Finding] = []
        var importing = try ProspectImport<Never>(
            into: store, at: now, groupSize: groupSize, reject: { rejected.append($0) }, warn: { warnings += $0 })
        result.report = try importing.run(&file)
        result.rejected = rejected
        result.warnings = warnings
        return result
    }

    static func importing(
        _ text: String, into store: any Store, maps: [String] = [], at now: Instant = now
    ) throws -> Result {
        try importing(Array(text.utf8), into: store, options(maps), at: now)
    }

    /// Facts as texts, the company's with their prefix.
    static func texts(_ person: Person) -> [String: String] {
        var texts: [String: String] = [:]
        for (name, value) in person.facts.elements {
            if case .record(let record) = value {
                for (inner, value) in record.elements { texts["\(name).\(inner)"] = value.plainText }
            } else {
                texts[name] = value.plainText
            }
        }
        return texts
    }
}
