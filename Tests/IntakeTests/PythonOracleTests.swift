import Foundation
import Intake
import Interchange
import Ledger
import Outreach
import TestKit
import Testing

@Suite struct PythonOracleTests {
    static let seed = UInt64.random(in: 0...UInt64.max)

    /// A list with quotes, line ends inside cells, a BOM or none, CR LF or LF, ragged rows and people who come twice.
    static func list(_ random: inout SeededRandom) -> [UInt8] {
        let pieces = ["a", "Zoë", "漢", "🙂", " ", ",", "\"", "\n", "\r\n", ";", "b c"]
        let end = random.oneIn(2) ? "\r\n" : "\n"
        var text = random.oneIn(3) ? "\u{FEFF}" : ""
        text += "email,note,city" + end
        for _ in 0..<random.int(0...12) {
            var cells = ["p\(random.int(0...20))@x.example"]
            let count = random.pick([1, 2, 3, 3, 3, 4, 5])
            while cells.count < count {
                let note = (0..<random.int(0...4)).map { _ in random.pick(pieces) }.joined()
                cells.append(cells.count > 2 && random.oneIn(2) ? "" : note)
            }
            let written = cells.map { cell in
                let mustQuote = cell.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) } || random.oneIn(4)
                return mustQuote ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
            }
            text += written.joined(separator: ",") + (random.oneIn(9) ? end + end : end)
        }
        return Array(text.utf8)
    }

    @Test func `generated lists land as Python's csv reads them`() throws {
        var random = SeededRandom(seed: PythonOracleTests.seed)
        let lists = (0..<1_000).map { _ in PythonOracleTests.list(&random) }
        let script = """
            import sys, csv, io, json, base64
            for line in sys.stdin:
                rows = list(csv.reader(io.StringIO(base64.b64decode(line).decode("utf-8-sig"), newline="")))
                people = {}
                for row in rows[1:]:
                    if not row or any(row[3:]) or row[0] in people: continue
                    note = row[1] if len(row) > 1 else ""
                    people[row[0]] = note if note.strip(" \\t\\r\\n") else ""
                print(json.dumps(sorted(people.items())))
            """
        let input = lists.map { Data($0).base64EncodedString() }.joined(separator: "\n") + "\n"
        let output = try ChildProcess.python(script, input: Array(input.utf8))
        let expected = String(decoding: output, as: UTF8.self).split(separator: "\n")
        try #require(expected.count == lists.count)
        for (list, line) in zip(lists, expected) {
            let store = MemoryStore()
            let result = try Lists.importing(list, into: store)
            let people = try store.people(after: nil, limit: 100).map {
                [$0.email ?? "", Lists.texts($0)["note"] ?? ""]
            }
            let want = try JSON(parsing: String(line)).array?.map { $0.array?.compactMap(\.string) ?? [] } ?? []
            #expect(
                people.sorted { $0[0] < $1[0] } == want,
                "seed \(PythonOracleTests.seed): \(String(decoding: list, as: UTF8.self).debugDescription)")
            #expect(result.report.added + result.report.rejectedCount == result.report.rows)
        }
    }
}
