import CivilTime
import Testing
import TestKit

/// Python's zoneinfo, which reads the same files with other code, says what is right.
@Suite struct ZoneOracleTests {
    static let seed = UInt64.random(in: 0...UInt64.max)

    @Test func `every zone of the machine has python's offset and abbreviation at 2,000 instants from 1970 to 2100`()
        throws
    {
        let zones = try MachineZones.all()
        try #require(zones.count > 300, "few zones are installed here")
        var random = SeededRandom(seed: Self.seed)
        let (first, last) = (0, 4_133_980_799)
        let instants = zones.map { zone in
            // Random ones, and those where something changes.
            let changes = zone.transitions(from: Instant(first + 1), through: Instant(last)).shuffled(using: &random)
            return changes.prefix(200).flatMap { [$0.at.seconds - 1, $0.at.seconds] }
                + (0..<2000).map { _ in random.int(first...last) }
        }
        let output = try ChildProcess.python(
            Self.offsetsScript, zones.map(\.name), input: [UInt8](numbers: instants.flatMap { [$0.count] + $0 }))
        var reader = OracleReader(output)
        var wrong: [String] = []
        for (zone, instants) in zip(zones, instants) {
            let abbreviations = reader.words()
            let answers = reader.numbers(2 * instants.count)
            for (index, instant) in instants.enumerated() {
                let offset = zone.offset(at: Instant(instant))
                let (seconds, abbreviation) = (answers[2 * index], abbreviations[answers[2 * index + 1]])
                if offset.seconds != seconds || offset.abbreviation != abbreviation {
                    wrong.append("\(zone.name) \(instant): \(offset), python \(seconds) \(abbreviation)")
                }
            }
        }
        #expect(wrong.isEmpty, "seed \(Self.seed): \(wrong.count) differ, first \(wrong.prefix(3))")
    }

    static let offsetsScript = """
        import sys, array, datetime, zoneinfo
        numbers = array.array("q", sys.stdin.buffer.read())
        at = 0
        epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        for name in sys.argv[1:]:
            zone = zoneinfo.ZoneInfo(name)
            count = numbers[at]
            names, answers = {}, array.array("q")
            for seconds in numbers[at + 1:at + 1 + count]:
                local = (epoch + datetime.timedelta(seconds=seconds)).astimezone(zone)
                answers.append(round(local.utcoffset().total_seconds()))
                answers.append(names.setdefault(local.tzname(), len(names)))
            at += 1 + count
            text = " ".join(names).encode()
            sys.stdout.buffer.write(len(text).to_bytes(8, "little") + text + answers.tobytes())
        """

    @Test func `every transition of 2000 to 2040 is found, and local times in its gap or fold are python's`() throws {
        let zones = try MachineZones.all()
        let (from, through) = (Instant(946_684_800), Instant(2_240_611_199))
        let transitions = zones.map { zone in
            zone.transitions(from: from, through: through).filter {
                ($0.before.seconds, $0.before.abbreviation) != ($0.after.seconds, $0.after.abbreviation)
            }
        }
        let locals = transitions.map { $0.flatMap(Self.localsNear) }
        let output = try ChildProcess.python(
            Self.localsScript, zones.map(\.name), input: [UInt8](numbers: locals.flatMap { [$0.count] + $0 }))
        var reader = OracleReader(output)
        var wrong: [String] = []
        for (index, zone) in zones.enumerated() {
            let found = reader.numbers(reader.number())
            if found != transitions[index].map(\.at.seconds) { wrong.append("\(zone.name): transitions differ") }
            for (local, expected) in zip(locals[index], reader.numbers(locals[index].count)) {
                let instant = zone.instant(of: LocalDateTime(localSeconds: local))
                if instant.seconds != expected {
                    wrong.append("\(zone.name) \(local): \(instant.seconds), not \(expected)")
                }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.count) differ, first \(wrong.prefix(3))")
        #expect(transitions.joined().count > 10_000)
    }

    /// Local seconds around what a clock skips or shows twice.
    private static func localsNear(_ transition: ZoneTransition) -> [Int] {
        let before = transition.at.seconds + transition.before.seconds
        let after = transition.at.seconds + transition.after.seconds
        return [before - 1, before, (before + after) / 2, after - 1, after, after + 1, before - 7200, after + 7200]
    }

    // With fold=0, PEP 495 takes the first of two, and the offset before a gap for what is in it: our rule.
    static let localsScript = """
        import sys, array, datetime, zoneinfo
        numbers = array.array("q", sys.stdin.buffer.read())
        at = 0
        utc, epoch = datetime.timezone.utc, datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        plain, second = datetime.datetime(1970, 1, 1), datetime.timedelta(seconds=1)
        first, last, step = 946684799, 2240611199, 4 * 86400
        def state(zone, seconds):
            local = (epoch + seconds * second).astimezone(zone)
            return local.utcoffset(), local.tzname()
        for name in sys.argv[1:]:
            zone = zoneinfo.ZoneInfo(name)
            found, low, known = array.array("q"), first, state(zone, first)
            while low < last:
                high = min(low + step, last)
                now = state(zone, high)
                if now != known:
                    left, right = low, high
                    while right - left > 1:
                        middle = (left + right) // 2
                        if state(zone, middle) == known: left = middle
                        else: right = middle
                    found.append(right)
                    low, known = right, state(zone, right)
                else:
                    low = high
            count = numbers[at]
            answers = array.array("q", [len(found)]) + found
            for local in numbers[at + 1:at + 1 + count]:
                aware = (plain + local * second).replace(tzinfo=zone)
                answers.append(local - round(aware.utcoffset().total_seconds()))
            at += 1 + count
            sys.stdout.buffer.write(answers.tobytes())
        """
}

/// Reads what an oracle wrote: 64-bit numbers, and words after the length of their text.
struct OracleReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func numbers(_ count: Int) -> [Int] {
        defer { rest = rest.dropFirst(8 * count) }
        return Array(rest.prefix(8 * count)).numbers
    }

    mutating func number() -> Int { numbers(1).first ?? 0 }

    mutating func words() -> [String] {
        let length = number()
        defer { rest = rest.dropFirst(length) }
        return String(decoding: rest.prefix(length), as: UTF8.self).split(separator: " ").map(String.init)
    }
}
