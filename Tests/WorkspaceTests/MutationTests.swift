import Diagnostics
import Outreach
import TestKit
import Testing
import Workspace

@Suite struct `A workspace changed at random` {
    /// Bytes that mean something to YAML, to Liquid, to calendars or to UTF-8.
    private static let odd: [[UInt8]] =
        [
            "{", "}", "[", "]", ":", ": ", "- ", "&a", "*a", "!!x", "#", "\t", "\"", "'", "|", ">", "%", "@", "`", "\n",
            "\n  ",
            "---\n", "...\n", "? ", "~", ",", "{{", "{%", "\u{1}", "\u{85}", "\u{2028}", "ä", "👩‍💻", "\r", "\r\n", "0",
            "-1",
            "99999999999999999999", "steps", "next", "stop", "any",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x82], [0x00], [0xEF, 0xBB, 0xBF]]

    private func mutated(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<random.int(1...4) where !bytes.isEmpty {
            let at = random.int(0...bytes.count - 1)
            switch random.int(0...4) {
            case 0: bytes.remove(at: at)
            case 1: bytes.insert(contentsOf: random.pick(Self.odd), at: at)
            case 2: bytes[at] = UInt8(random.int(0...255))
            case 3: bytes.removeSubrange(at..<min(at + random.int(1...40), bytes.count))
            default:
                let from = random.int(0...bytes.count - 1)
                bytes.insert(contentsOf: bytes[from..<min(from + 30, bytes.count)], at: at)
            }
        }
        return bytes
    }

    @Test(arguments: 0..<8)
    func `never crashes the reader, and each finding has a place inside its file`(_ part: Int) throws {
        let files = try SampleWorkspace.files()
        let surroundings = SampleWorkspace.surroundings()
        for round in 0..<60 {
            let seed = UInt64(part * 1000 + round)
            var random = SeededRandom(seed: seed)
            var changed = files
            let victim = random.int(0...files.count - 1)
            changed[victim].bytes = mutated(files[victim].bytes, &random)
            let reading = WorkspaceReader.read(changed, in: surroundings)
            #expect((reading.model == nil) == reading.hasErrors, "seed \(seed)")
            for finding in reading.findings { check(finding, changed, seed) }
        }
    }

    private func check(_ finding: Finding, _ files: [Snapshot.File], _ seed: UInt64) {
        guard let place = finding.place else {
            #expect(finding.code.name == "missing-file", "seed \(seed): \(finding)")
            return
        }
        guard let file = files.first(where: { $0.path == place.file }) else {
            Issue.record("seed \(seed): there is no file \(place.file)")
            return
        }
        let lines = String(decoding: file.bytes, as: UTF8.self).utf8
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        #expect((1...lines.count).contains(place.line), "seed \(seed): \(finding)")
        guard (1...lines.count).contains(place.line) else { return }
        let line = Substring(lines[place.line - 1])
        #expect((1...line.count + 1).contains(place.column), "seed \(seed): \(finding)")
        #expect(place.length >= 1 && FindingText().text(finding).count > 10, "seed \(seed)")
    }
}
