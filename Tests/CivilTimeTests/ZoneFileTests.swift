import CivilTime
import Testing
import TestKit

@Suite struct ZoneFileTests {
    /// A TZif file of the given version with one type and a footer.
    static func file(
        version: UInt8 = UInt8(ascii: "2"), footer: String = "CET-1CEST,M3.5.0,M10.5.0/3",
        transitions: [(at: Int64, type: UInt8)] = [],
        types: [(offset: Int32, daylight: UInt8, name: UInt8)] = [(3600, 0, 0)],
        names: String = "CET\0CEST\0", leapSeconds: Int = 0
    ) -> [UInt8] {
        func big(_ number: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: number.bigEndian, Array.init) }
        func header(_ counts: [Int]) -> [UInt8] {
            Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15) + counts.flatMap { big(Int32($0)) }
        }
        let counts = [0, 0, leapSeconds, transitions.count, types.count, names.utf8.count]
        var body = transitions.flatMap { version == 0 ? big(Int32($0.at)) : big($0.at) }
        body += transitions.map(\.type) + types.flatMap { big($0.offset) + [$0.daylight, $0.name] } + Array(names.utf8)
        body += [UInt8](repeating: 0, count: leapSeconds * (version == 0 ? 8 : 12))
        if version == 0 { return header(counts) + body }
        return header([0, 0, 0, 0, 1, 1]) + [0, 0, 0, 0, 0, 0, 0] + header(counts) + body + Array("\n\(footer)\n".utf8)
    }

    @Test func `version 1 has 32-bit times and no footer`() throws {
        let bytes = Self.file(version: 0, transitions: [(1000, 1)], types: [(3600, 0, 0), (7200, 1, 4)])
        let zone = try Zone(name: "Old", tzif: bytes)
        #expect(zone.offset(at: Instant(999)) == ZoneOffset(seconds: 3600, abbreviation: "CET"))
        #expect(zone.offset(at: Instant(1000)) == ZoneOffset(seconds: 7200, abbreviation: "CEST", isDaylight: true))
        #expect(zone.offset(at: Instant(.max / 8)).seconds == 7200)
    }

    @Test(arguments: [UInt8(ascii: "2"), UInt8(ascii: "3"), UInt8(ascii: "4")])
    func `versions 2 to 4 follow their footer`(version: UInt8) throws {
        let zone = try Zone(name: "New", tzif: Self.file(version: version))
        let summer = try #require(Instant("2150-07-01T00:00:00Z"))
        #expect(zone.offset(at: summer).abbreviation == "CEST")
        #expect(zone.offset(at: summer + 183 * .day).abbreviation == "CET")
    }

    @Test(arguments: [
        // Hours from -167 to 167 (RFC 9636, section 3.3.1): Gaza's autumn change, 50 hours after a Thursday's midnight.
        ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2150-03-28T00:00:00Z", 7200, 10_800),
        // Greenland: the evening before.
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2150-03-29T01:00:00Z", -7200, -3600),
        // Daylight saving time all year.
        ("EST5EDT,0/0,J365/25", "2150-01-01T05:00:00Z", -14_400, -14_400),
        // No dates: those of the United States.
        ("EST5EDT", "2150-03-08T07:00:00Z", -18_000, -14_400),
        // J60 is 1 March in every year, 59 is 29 February in a leap year.
        ("AAA0BBB,J60/0,J300/0", "2152-03-01T00:00:00Z", 0, 3600),
        ("AAA0BBB,59/0,J300/0", "2152-02-29T00:00:00Z", 0, 3600),
        ("<+0330>-3:30:15", "2150-01-01T00:00:00Z", 12_615, 12_615),
        // South of the equator: the new year is in summer.
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2150-10-03T16:00:00Z", 36_000, 39_600),
    ])
    func `a footer's rule holds to the second`(footer: String, at: String, before: Int, after: Int) throws {
        let zone = try Zone(name: "Rule", tzif: Self.file(footer: footer))
        let instant = try #require(Instant(at))
        #expect(zone.offset(at: instant - 1).seconds == before)
        #expect(zone.offset(at: instant).seconds == after)
    }

    @Test(arguments: [
        "CE-1", "CET", "CET-25", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0", "CET-1x",
        "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0", "<CET-1", "CET-1CEST,J0,J9", "CET-1CEST,366,J9",
    ])
    func `a footer that is no rule is refused`(footer: String) {
        #expect(throws: ZoneError.malformed(name: "X", reason: "the footer is no rule")) {
            try Zone(name: "X", tzif: Self.file(footer: footer))
        }
    }

    @Test func `a file with leap seconds is refused, for its seconds are not ours`() {
        #expect(throws: ZoneError.leapSeconds(name: "right/UTC")) {
            try Zone(name: "right/UTC", tzif: Self.file(leapSeconds: 1))
        }
    }

    @Test func `a file cut short anywhere is refused and never crashes`() throws {
        let whole = Self.file(transitions: [(1000, 1), (2000, 0)], types: [(3600, 0, 0), (7200, 1, 4)])
        _ = try Zone(name: "Whole", tzif: whole)
        for count in 0..<whole.count {
            #expect(throws: ZoneError.self, "\(count) octets") {
                try Zone(name: "Cut", tzif: Array(whole.prefix(count)))
            }
        }
    }

    @Test func `a file with random octets changed is read or refused, never a crash`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let whole = Self.file(transitions: [(1000, 1), (2000, 0)], types: [(3600, 0, 0), (7200, 1, 4)])
        for _ in 0..<5000 {
            var bytes = whole
            for _ in 0..<random.int(1...4) { bytes[random.int(0...bytes.count - 1)] = UInt8(random.int(0...255)) }
            guard let zone = try? Zone(name: "Mutant", tzif: bytes) else { continue }
            let instant = Instant(random.int(-1 << 40...1 << 40))
            let local = zone.local(at: zone.instant(of: zone.local(at: instant)))
            #expect(local == zone.local(at: instant), "seed \(seed)")
        }
    }

    @Test func `transitions out of order, types out of range and absurd offsets are refused`() {
        let cases = [
            Self.file(transitions: [(2000, 0), (1000, 0)]), Self.file(transitions: [(1000, 7)]),
            Self.file(types: [(100_000, 0, 0)]), Self.file(types: [(0, 0, 9)]), Self.file(names: "CET"),
            Self.file(types: []), Array("not a zone".utf8),
        ]
        for bytes in cases { #expect(throws: ZoneError.self) { try Zone(name: "X", tzif: bytes) } }
    }
}

@Suite struct ZoneDatabaseTests {
    let database = ZoneDatabase(
        list: {
            ["Europe/Berlin", "posix/Europe/Berlin", "right/UTC", "zone.tab", "UTC", "posixrules", "leapseconds"]
        },
        read: { name in name == "Nowhere" ? nil : ZoneFileTests.file() })

    @Test func `names are those of zones, without copies and tables`() {
        #expect(database.names == ["Europe/Berlin", "UTC"])
    }

    @Test(arguments: [
        "Nowhere", "../../etc/passwd", "/etc/passwd", "Europe//Berlin", "", "posix/UTC", "a b", "Europe/.",
    ])
    func `a name that is none is unknown, whatever the reader would give`(name: String) {
        #expect(throws: ZoneError.unknown(name: name)) { try database.zone(name) }
    }

    @Test func `a zone is read once`() throws {
        let counter = Counter()
        let counting = ZoneDatabase(
            list: { [] },
            read: { _ in
                counter.count(); return ZoneFileTests.file()
            })
        #expect(try counting.zone("A") == counting.zone("A"))
        #expect(counter.total == 1)
    }

    @Test func `every name that the machine lists is a zone that can be read`() throws {
        #expect(try MachineZones.all().contains { $0.name == "Europe/Berlin" })
    }
}

import Synchronization

final class Counter: Sendable {
    private let value = Mutex(0)
    func count() { value.withLock { $0 += 1 } }
    var total: Int { value.withLock { $0 } }
}
