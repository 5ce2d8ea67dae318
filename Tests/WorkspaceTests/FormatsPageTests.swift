import Diagnostics
import Facts
import Foundation
import Interchange
import Outreach
import Testing
import Workspace

/// The formats page is held to its word: its examples make one workspace, and its tables list the keys that there are.
@Suite struct `The formats page` {
    /// A fenced example: the word behind the fence, and its text.
    private struct Example {
        var language: String
        var text: String

        /// The file it stands for, from its first line that names one.
        var path: String? {
            let match = text.firstMatch(
                of: #/(?:stoke|qualification|(?:sequences|signatures|templates|calendars)/[\w-]+)\.(?:yaml|md|ics)/#)
            return match.map { String($0.output) }
        }
    }

    private static func page() throws -> String {
        try String(contentsOf: SampleWorkspace.root.appending(path: "Docs/formats.md"), encoding: .utf8)
    }

    private static func examples() throws -> [Example] {
        var examples: [Example] = []
        var open: Example?
        for line in try page().split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                if let example = open { examples.append(example) }
                open = open == nil ? Example(language: String(line.dropFirst(3)), text: "") : nil
            } else {
                open?.text += line + "\n"
            }
        }
        return examples
    }

    @Test func `makes one sound workspace of its examples`() throws {
        var files: [String: String] = [:]
        for example in try Self.examples() where ["yaml", "markdown", "ics", "liquid"].contains(example.language) {
            let path = try #require(example.path, "\(example.text.prefix(40))")
            #expect(files[path] == nil, "\(path) is there twice")
            let isCalendar = example.language == "ics"
            files[path] = isCalendar ? example.text.replacing("\n", with: "\r\n") : example.text
        }
        #expect(files.keys.sorted().count == 7)
        // Templates that the examples name and the page does not show.
        for name in ["intro-short", "bump", "breakup", "news"] {
            files["templates/\(name).md"] = "---\nsubject: A question\n---\nHi\n"
        }
        for name in ["connect-note", "hello-note", "discovery", "personal-video"] {
            files["templates/\(name).md"] = "Hello\n"
        }
        let reading = WorkspaceReader.read(
            files.map { Snapshot.File(path: $0.key, bytes: Array($0.value.utf8)) }, in: SampleWorkspace.surroundings())
        #expect(FindingText().text(reading.findings) == "")
        let model = try #require(reading.model)
        #expect(model.sequences.keys.sorted() == ["founders", "quarterly-news"])
        #expect(model.mailboxes["ana"]?.smtp == "smtp://smtp.acme.example:587")
    }

    @Test func `shows a CSV that reads as it says`() throws {
        let example = try #require(try Self.examples().first { $0.language == "csv" })
        var reader = CSVReader<Never>(bytes: Array(example.text.utf8))
        var rows: [[String]] = []
        while let row = reader.next() {
            #expect(row.problems.isEmpty)
            rows.append(row.texts)
        }
        #expect(rows.count == 3 && rows.allSatisfy { $0.count == rows[0].count })
        #expect(rows[2][0] == "Maya \"May\"")
    }

    @Test func `shows a finding as it is`() throws {
        let shown = try #require(try Self.examples().first { $0.text.hasPrefix("stoke.yaml:") }).text
        let text = String(repeating: "\n", count: 20) + "calender: {days: mon-fri}\n"
        let reading = WorkspaceReader.read(
            [Snapshot.File(path: "stoke.yaml", bytes: Array(text.utf8))], in: SampleWorkspace.surroundings())
        let finding = try #require(reading.findings.first { $0.code.name == "unknown-key" })
        #expect(FindingText().text(finding) == shown)
    }

    @Test func `names every fact`() throws {
        let page = try Self.page()
        let missing = FactCatalogue.criteria.paths.filter { path in
            let short = path.hasPrefix("company.") ? "`." + path.dropFirst("company.".count) + "`" : "`\(path)`"
            return !page.contains("`\(path)`") && !page.contains(short) && !path.hasPrefix("touchpoints.")
        }
        #expect(missing == [])
    }

    @Test func `names every key`() throws {
        let page = try Self.page()
        func keys(_ schema: JSON) -> [String] {
            let own = schema["properties"]?.object?.names ?? []
            let inner = schema.object?.members.flatMap { keys($0.value) } ?? schema.array?.flatMap(keys) ?? []
            return own + inner
        }
        for schema in WorkspaceSchema.all {
            let missing = Set(keys(schema.schema)).filter { !page.contains("\($0):") && !page.contains("`\($0)`") }
            #expect(missing.sorted() == [], "\(schema.fileName)")
        }
    }
}
