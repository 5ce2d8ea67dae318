import Diagnostics
import Interchange
import TestKit
import Testing

@Suite struct CSVReaderTests {
    static func rows(_ bytes: [UInt8], delimiter: Unicode.Scalar? = ",", maximumRow: Int = 1 << 20) -> [CSVRow] {
        var reader = CSVReader(bytes: bytes, delimiter: delimiter, maximumRow: maximumRow)
        var rows: [CSVRow] = []
        while let row = reader.next() { rows.append(row) }
        return rows
    }

    static func rows(_ text: String, delimiter: Unicode.Scalar? = ",") -> [CSVRow] {
        rows(Array(text.utf8), delimiter: delimiter)
    }

    @Test func `each cell knows its line and column`() {
        let rows = CSVReaderTests.rows("name,note\r\n\r\n\"Zoë \"\"Z\"\"\",\"two\nlines\",x\r\né漢🙂,b\r\n")
        #expect(rows.map(\.line) == [1, 3, 5])
        #expect(rows[1].texts == ["Zoë \"Z\"", "two\nlines", "x"])
        let second = rows[1].place(of: 2, file: "p.csv")
        #expect((second.line, second.column, second.lineText) == (4, 8, "lines\",x"))
        let third = rows[2].place(of: 1, file: "p.csv")
        #expect((third.line, third.column, third.length) == (5, 5, 1))
        #expect(rows[2].place(of: 7, file: "p.csv").column == 6)
        #expect(rows[2][1] == "b")
        #expect(rows[2][2] == nil)
    }

    @Test func `a row keeps the octets it was read from`() {
        let rows = CSVReaderTests.rows("\u{FEFF}a,b\n\"x\"\"y\",'=1\n")
        #expect(rows.map { String(decoding: $0.raw, as: UTF8.self) } == ["a,b", "\"x\"\"y\",'=1"])
        #expect(rows[1].texts == ["x\"y", "=1"])
    }

    @Test func `a quote that is never closed costs its own line only`() {
        let rows = CSVReaderTests.rows("a,b\n1,\"open\n2,b\n3,c\n")
        #expect(rows.map(\.texts) == [["a", "b"], ["1", "open"], ["2", "b"], ["3", "c"]])
        #expect(rows[1].problems == [CSVProblem(kind: .unclosedQuote, cell: 1)])
        let finding = rows[1].problems[0].finding(in: rows[1], file: "p.csv")
        #expect(finding.place?.line == 2)
        #expect(finding.place?.column == 3)
        #expect(finding.code == .csvQuote)
        #expect(rows[3].line == 4)
    }

    @Test func `text after a closing quote is kept and noted`() {
        let rows = CSVReaderTests.rows("\"a\"b,c\n")
        #expect(rows[0].texts == ["ab", "c"])
        #expect(rows[0].problems == [CSVProblem(kind: .textAfterQuote, cell: 0)])
    }

    @Test(arguments: [
        ([0x61, 0x2C, 0xE9, 0x0A] as [UInt8], CSVProblem(kind: .notUTF8, cell: 1)),
        ([0x61, 0x2C, 0x62, 0x00, 0x0A], CSVProblem(kind: .nul, cell: 1)),
    ]) func `octets that are no text are noted with their cell`(bytes: [UInt8], problem: CSVProblem) {
        #expect(CSVReaderTests.rows(bytes)[0].problems == [problem])
    }

    @Test func `a file in UTF-16 is said not to be UTF-8`() {
        let bytes: [UInt8] = [0xFF, 0xFE] + "a,b\n".utf8.flatMap { [$0, 0] }
        #expect(CSVReaderTests.rows(bytes)[0].problems.map(\.kind) == [.notUTF8, .nul])
    }

    @Test(arguments: [1, 3, 64, 100_000]) func `memory is bounded whatever the chunks are`(chunk: Int) {
        let long = "a," + String(repeating: "x", count: 500) + "\nb,\"" + String(repeating: "y\n", count: 200) + "c,d\n"
        var rest = Array(long.utf8)[...]
        var reader = CSVReader<Never>(maximumRow: 100) {
            defer { rest = rest.dropFirst(chunk) }
            return Array(rest.prefix(chunk))
        }
        var rows: [CSVRow] = []
        while let row = reader.next() { rows.append(row) }
        #expect(rows[0].problems.map(\.kind) == [.tooLong(limit: 100)])
        #expect(rows[0].raw.count == 100)
        #expect(rows[1].line == 2)
        #expect(rows[1].problems.map(\.kind) == [.unclosedQuote])
        #expect(rows[1].texts == ["b", "y"])
        #expect(rows.count == 2 + 199 + 1)
        #expect(rows.last?.texts == ["c", "d"])
        #expect(rows.last?.line == 202)
    }

    @Test(
        arguments: [("a;b;c,d\n", ";"), ("a\tb\n", "\t"), ("a\n", ","), ("\"x;y;z\",b\n", ",")]
            as [(String, Unicode.Scalar)])
    func `the delimiter is seen in the first line`(text: String, delimiter: Unicode.Scalar) {
        var reader = CSVReader(bytes: Array(text.utf8), delimiter: nil)
        _ = reader.next()
        #expect(reader.delimiter == delimiter)
    }

    @Test func `the error of the source comes through`() {
        struct Broken: Error {}
        var reader = CSVReader { () throws(Broken) in throw Broken() }
        #expect(throws: Broken.self) { try reader.next() }
    }
}

@Suite struct CSVWriterTests {
    @Test func `cells a spreadsheet would run are guarded and come back equal`() {
        let cells = [
            "=1+1", "+49 30", "-5", "@x", "\tx", "\rx", "'=1", "''+", "'plain", "a=b", "", "q\"q", "l\nl", "é,🙂", "\nx",
        ]
        var writer = CSVWriter()
        writer.write(cells)
        writer.write([""])
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(
            text.hasPrefix("'=1+1,'+49 30,'-5,'@x,'\tx,\"'\rx\",''=1,'''+,'plain,a=b,,\"q\"\"q\",\"l\nl\",\"é,🙂\","))
        #expect(CSVReaderTests.rows(writer.bytes).map(\.texts) == [cells, [""]])
    }

    @Test func `any cells come back equal, also through Python`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let pieces = ["a", "'", "=", "+", "-", "@", "\t", "\r", "\n", "\"", ",", ";", " ", "é", "🙂"]
        let rows = (0..<2_000).map { _ in
            (0..<random.int(1...4)).map { _ in (0..<random.int(0...5)).map { _ in random.pick(pieces) }.joined() }
        }
        var writer = CSVWriter(lineEnd: "\r\n")
        for row in rows { writer.write(row) }
        #expect(CSVReaderTests.rows(writer.bytes).map(\.texts) == rows, "seed \(seed)")

        var plain = CSVWriter(isGuarding: false)
        for row in rows { plain.write(row) }
        let script = """
            import sys, csv, io, json
            text = sys.stdin.buffer.read().decode("utf-8")
            print(json.dumps(list(csv.reader(io.StringIO(text, newline="")))))
            """
        let output = try ChildProcess.python(script, input: plain.bytes)
        let read = try JSON(parsing: output).array?.map { $0.array?.compactMap(\.string) ?? [] }
        #expect(read == rows, "seed \(seed)")
    }
}
