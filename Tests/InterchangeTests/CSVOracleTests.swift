import Foundation
import Interchange
import TestKit
import Testing

@Suite struct CSVOracleTests {
    static let seed = UInt64.random(in: 0...UInt64.max)

    /// Ragged files of quotes, line ends, delimiters and letters of one to four octets.
    static func file(_ random: inout SeededRandom) -> [UInt8] {
        let pieces = [
            "a", "Zoë", "漢", "🙂", " ", ",", ",", ",", "\n", "\n", "\r\n", "\r", "\"", "\"\"", "\",\"", "\"x\"", "'",
            "=1",
            "\t", ";", "\"a,b\"", "\"line\nend\"", "\"\"\"q\"\"\"", "\u{FEFF}",
        ]
        var text = random.oneIn(5) ? "\u{FEFF}" : ""
        for _ in 0..<random.int(0...25) { text += random.pick(pieces) }
        return Array(text.utf8)
    }

    static func rows(_ bytes: [UInt8], chunk: Int) -> [[String]]? {
        var rest = bytes[...]
        var reader = CSVReader<Never>(removesGuards: false) {
            defer { rest = rest.dropFirst(chunk) }
            return Array(rest.prefix(chunk))
        }
        var rows: [[String]] = []
        var row = CSVRow()
        while reader.next(into: &row) {
            if row.problems.contains(where: { $0.kind == .unclosedQuote }) { return nil }
            rows.append(row.texts)
        }
        return rows
    }

    @Test func `ten thousand generated files read as Python's csv reads them`() throws {
        var random = SeededRandom(seed: CSVOracleTests.seed)
        var compared = 0
        var cells = 0
        var files = 0
        while compared < 10_000, files < 40_000 { try compare(&random, &files, &compared, &cells) }
        #expect(
            compared >= 10_000, "\(files - compared) of \(files) files can't be compared: their quotes never close")
        print(
            "CSV: \(compared) of \(files) files compared with Python's csv, \(cells) cells, seed \(CSVOracleTests.seed)"
        )
    }

    private func compare(
        _ random: inout SeededRandom, _ count: inout Int, _ compared: inout Int, _ cells: inout Int
    ) throws {
        let files = (0..<2_000).map { _ in CSVOracleTests.file(&random) }
        count += files.count
        let input = files.map { Data($0).base64EncodedString() }.joined(separator: "\n")
        let script = """
            import sys, csv, io, json, base64
            for line in sys.stdin:
                text = base64.b64decode(line).decode("utf-8-sig")
                print(json.dumps([r for r in csv.reader(io.StringIO(text, newline="")) if r]))
            """
        let output = try ChildProcess.python(script, input: Array((input + "\n").utf8))
        let expected = String(decoding: output, as: UTF8.self).split(separator: "\n")
        try #require(expected.count == files.count)
        for (file, line) in zip(files, expected) {
            // Python gives a quote that is never closed the rest of the file; we give it the rest of its line.
            guard let rows = CSVOracleTests.rows(file, chunk: random.int(1...12)) else { continue }
            compared += 1
            cells += rows.reduce(0) { $0 + $1.count }
            let want = try JSON(parsing: String(line)).array?.map { $0.array?.compactMap(\.string) ?? [] }
            #expect(
                rows == want, "seed \(CSVOracleTests.seed): \(String(decoding: file, as: UTF8.self).debugDescription)")
        }
    }
}
