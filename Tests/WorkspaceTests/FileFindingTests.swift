import Diagnostics
import Outreach
import TestKit
import Testing
import Workspace

/// Findings that need more than one marked text.
@Suite struct `A file that cannot be read as it is` {
    private func read(
        _ changes: [String: [UInt8]], applied: Model? = nil
    ) -> WorkspaceReading {
        let base = FindingCase.base.mapValues { Array($0.utf8) }.merging(changes) { $1 }
        return WorkspaceReader.read(
            base.map { Snapshot.File(path: $0.key, bytes: $0.value) }, in: SampleWorkspace.surroundings(),
            applied: applied)
    }

    private func summary(_ reading: WorkspaceReading) -> [String] {
        reading.findings.map { finding in
            let place = finding.place.map { "\($0.file):\($0.line):\($0.column)" } ?? "-"
            return "\(place) \(finding.code)"
        }
    }

    @Test func `is reported when stoke.yaml is missing`() {
        let reading = WorkspaceReader.read([], in: SampleWorkspace.surroundings())
        #expect(summary(reading) == ["- missing-file"])
        #expect(reading.model == nil)
    }

    @Test(arguments: ["qualification.yaml", "templates/u.md"])
    func `is reported when it is too large`(_ path: String) {
        let reading = read([path: [UInt8](repeating: UInt8(ascii: "#"), count: 1_000_001)])
        #expect(summary(reading) == ["\(path):1:1 file-too-large"])
    }

    @Test func `is read at the limit of its size`() {
        let comment = Array("# ".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 999_000)
        #expect(summary(read(["qualification.yaml": comment + Array("\nicps: {}\n".utf8)])) == [])
    }

    @Test func `keeps its other findings when some lines are not UTF-8`() {
        let text = Array("intent: {reply: {points: 1}}\n# ".utf8) + [0xFC, 0x20, 0xFC] + Array("\nreasns: 1 # ä ".utf8)
        let reading = read(["qualification.yaml": text + [0xFF, 0x0A]])
        #expect(
            summary(reading) == [
                "qualification.yaml:2:3 yaml-encoding", "qualification.yaml:3:1 unknown-key",
                "qualification.yaml:3:15 yaml-encoding",
            ])
    }

    @Test func `counts columns in characters, behind umlauts, emoji and marks`() {
        let text = "icps: {a: {require: {title: {words: [\"Gründer 👩‍💻 e\u{301}\"]}, «titel»: x}}}"
        let marked = MarkedText(text)
        let reading = read(["qualification.yaml": Array(marked.text.utf8)])
        #expect(summary(reading) == ["qualification.yaml:1:\(marked.marks[0].column) unknown-fact"])
    }

    @Test func `may begin with a byte order mark`() {
        #expect(
            summary(read(["qualification.yaml": [0xEF, 0xBB, 0xBF] + Array("icpz: 1\n".utf8)])) == [
                "qualification.yaml:1:1 unknown-key"
            ])
    }

    @Test func `may have the line ends of other systems`() {
        #expect(
            summary(read(["qualification.yaml": Array("icps: {}\r\nintnt: {}\r\n".utf8)])) == [
                "qualification.yaml:2:1 unknown-key"
            ])
    }

    @Test func `is not followed deeper than 32 levels`() {
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(
            summary(read(["qualification.yaml": Array("icps: \(deep)\n".utf8)])) == [
                "qualification.yaml:1:7 wrong-value", "qualification.yaml:1:38 yaml-depth",
            ])
        let deeper = String(repeating: "[", count: 200_000)
        #expect(
            summary(read(["qualification.yaml": Array("icps: \(deeper)\n".utf8)])) == [
                "qualification.yaml:1:38 yaml-depth"
            ])
    }

    @Test func `does not make the others sound`() {
        let reading = read([
            "qualification.yaml": Array("icps: [\n".utf8), "sequences/s.yaml": Array("steps: [\n".utf8),
            "stoke.yaml": Array("timezone: [\n".utf8),
        ])
        #expect(Set(reading.findings.compactMap(\.place?.file)).count == 3)
        #expect(reading.findings.allSatisfy { $0.code.name == "yaml-syntax" })
    }

    @Test func `is asked about when a step looks renamed`() throws {
        let applied = try #require(read([:]).model)
        let renamed = FindingCase.base["sequences/s.yaml"]?.replacing("id: a", with: "id: b") ?? ""
        let reading = read(["sequences/s.yaml": Array(renamed.utf8)], applied: applied)
        #expect(summary(reading) == ["sequences/s.yaml:4:10 renamed-step"])
        #expect(reading.findings.first?.hint?.contains("was: a") == true)
        let said = renamed.replacing("id: b", with: "id: b, was: a")
        #expect(summary(read(["sequences/s.yaml": Array(said.utf8)], applied: applied)) == [])
    }

    @Test func `names any column when it was applied already`() {
        let files = FindingCase.base.merging([
            "templates/t.md": "---\nsubject: Hello\n---\n{{ my_column }}\n",
            "qualification.yaml": "icps: {a: {require: {my_column: x, other.one: {from: 3}}}}\n",
        ]) { $1 }.map { Snapshot.File(path: $0.key, bytes: Array($0.value.utf8)) }
        let applied = WorkspaceReader.read(files, in: SampleWorkspace.surroundings(columns: nil))
        #expect(summary(applied) == [])
        #expect(WorkspaceReader.read(files, in: SampleWorkspace.surroundings(columns: [])).findings.count == 3)
    }

    @Test func `says where a calendar file is wrong`() {
        let settings = (FindingCase.base["stoke.yaml"] ?? "") + "calendar: {holidays: [{ics: calendars/c.ics}]}\n"
        let reading = read([
            "stoke.yaml": Array(settings.utf8), "calendars/c.ics": Array("BEGIN:VCALENDAR\r\nnonsense\r\n".utf8),
        ])
        #expect(reading.findings.contains { $0.place?.file == "calendars/c.ics" })
    }
}

@Suite struct `A password in a file` {
    @Test(arguments: [
        "user: u, password: hunter2",
        "user: u, password: hunter2, daily_cap: 0",
        "daily_cap: 0, user: u, password: \"hunter2, or so\"",
        "user: u, password: [hunter2]",
        "user: u, password: hunter2: x",
        "user: u, password: {fiel: hunter2}, smtp: \"smtp://u:hunter2@acme.example\"",
        "smtp: smtp://u:hunter2@acme.example",
    ])
    func `is not shown by any finding`(_ keys: String) {
        let reading = FindingCase.mailbox("secret-here", keys).read()
        let shown = FindingText().text(reading.findings)
        #expect(reading.hasErrors)
        #expect(!shown.replacing("{fiel: hunter2}", with: "").contains("hunter2"), Comment(rawValue: shown))
    }
}
