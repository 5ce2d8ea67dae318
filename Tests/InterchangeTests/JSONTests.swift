import Diagnostics
import Interchange
import TestKit
import Testing

@Suite struct JSONTests {
    @Test func `a value keeps its order and its digits`() throws {
        let text = #"{"z":1.10,"a":[100000000000000000000,-0,1e3],"z2":{"y":null,"x":true}}"#
        #expect(try JSON(parsing: text).compact == text)
    }

    @Test func `literals make values`() {
        let value: JSON = ["name": "Maya", "fit": 72, "tags": ["a", nil, true], "none": [:]]
        #expect(value.compact == #"{"name":"Maya","fit":72,"tags":["a",null,true],"none":{}}"#)
        #expect(value["tags"]?[2] == true)
        #expect(value["tags"]?[3] == nil)
        #expect(value["fit"]?.integer == 72)
        #expect(value["fit"]?.string == nil)
    }

    @Test func `the pretty form has one member a line`() {
        let value: JSON = ["a": [1, []], "b": ["c": [:]]]
        #expect(value.pretty == "{\n  \"a\": [\n    1,\n    []\n  ],\n  \"b\": {\n    \"c\": {}\n  }\n}")
    }

    @Test(arguments: [
        ("1.5", nil, 1.5), ("12", 12, 12.0), ("1.2e1", 12, 12.0), ("1e999", nil, nil),
        ("9223372036854775807", Int.max, 9.223372036854775807e18),
        ("9223372036854775808", nil, 9.223372036854775808e18),
    ]) func `numbers are read as what they are`(text: String, integer: Int?, double: Double?) throws {
        let value = try JSON(parsing: text)
        #expect(value.integer == integer)
        #expect(value.double == double)
    }

    @Test func `a number with a fraction is written shortest`() {
        #expect(JSON.decimal(0.1).compact == "0.1")
        #expect(JSON.decimal(3).compact == "3")
        #expect(JSON.decimal(.nan).compact == "null")
        #expect(JSONNumber("01") == nil)
        #expect(JSONNumber("1.") == nil)
        #expect(JSONNumber("-") == nil)
        #expect(JSONNumber("-0.5E+2")?.double == -50)
    }

    @Test func `what a terminal would obey is written as an escape and reads back equal`() throws {
        let text = "a\u{1B}[31m\u{202E}\u{9B}\u{2028}\u{7F}\u{0}\n\"\\🙂é"
        let written = JSON.string(text).compact
        #expect(written == #""a\u001b[31m\u202e\u009b\u2028\u007f\u0000\n\"\\🙂é""#)
        #expect(try JSON(parsing: written).string == text)
    }

    @Test(arguments: [
        (#""\ud83d\ude42""#, "🙂"), (#""\ud800""#, "\u{FFFD}"), (#""\udc00x""#, "\u{FFFD}x"),
        (#""\ud800\u0041""#, "\u{FFFD}A"), (#""\ud800\ud83d\ude42""#, "\u{FFFD}🙂"), (#""\/\b\f""#, "/\u{8}\u{C}"),
    ]) func `surrogates pair or become the replacement character`(text: String, expected: String) throws {
        #expect(try JSON(parsing: text).string == expected)
    }

    @Test(arguments: [
        ("{\"a\": 1,\n \"b\" 2}", JSONError.Reason.expected("a colon"), 2, 6),
        ("[1,]", .expected("a value"), 1, 4),
        ("{,}", .expected("a name in double quotes"), 1, 2),
        ("[1 2]", .expected("a comma or ]"), 1, 4),
        ("", .expected("a value"), 1, 1),
        ("1 1", .trailing, 1, 3),
        ("[01]", .badNumber, 1, 2),
        ("nul", .expected("a value"), 1, 1),
        (#""a\x""#, .badEscape, 1, 3),
        (#""\u12g4""#, .badEscape, 1, 2),
        ("\"a\nb\"", .controlCharacter(10), 1, 3),
        ("[\"é\", \"x", .unfinished("a string"), 1, 9),
        ("{\"a\": [1", .unfinished("an array"), 1, 9),
        ("\"\\", .unfinished("a string"), 1, 3),
    ]) func `what is wrong has its place`(text: String, reason: JSONError.Reason, line: Int, column: Int) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: text, file: "x.json") }
        #expect(error?.reason == reason)
        #expect(error?.place.line == line)
        #expect(error?.place.column == column)
    }

    @Test func `octets that are not UTF-8 are refused where they are`() {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0x61, 0xED, 0xA0, 0x80, 0x22]) }
        #expect(error?.reason == .notUTF8)
        #expect(error?.place.column == 3)
    }

    @Test func `depth has a limit, and no depth crashes`() throws {
        let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        #expect(throws: Never.self) { try JSON(parsing: deep) }
        let error = #expect(throws: JSONError.self) { try JSON(parsing: String(repeating: "[{\"a\":", count: 100_000)) }
        #expect(error?.reason == .tooDeep(128))
    }

    @Test func `of a name that comes twice the last value stays, and large objects find theirs`() throws {
        #expect(try JSON(parsing: #"{"a":1,"b":2,"a":3}"#).compact == #"{"a":3,"b":2}"#)
        var object = JSONObject((0..<40).map { ("k\($0)", JSON.integer($0)) })
        object["k3"] = nil
        object["k20"] = "x"
        object["new"] = .null
        #expect(object["k3"] == nil)
        #expect(object["k39"] == 39)
        #expect(object["k20"] == "x")
        #expect(object.names.count == 40)
        #expect(object.names.last == "new")
    }

    /// Documents, and documents with an octet changed, as Python's json judges and reads them.
    @Test func `documents read as Python's json reads them`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let texts = (0..<5_000).map { _ in JSONTests.text(&random) }
        let script = """
            import sys, json
            def refuse(x): raise ValueError(x)
            for line in sys.stdin:
                try: print(json.dumps(json.loads(bytes.fromhex(line.strip()).decode("utf-8"), parse_constant=refuse)))
                except (ValueError, UnicodeDecodeError): print("refused")
            """
        let input = texts.map { $0.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined() + "\n" }
        let output = try ChildProcess.python(script, input: Array(input.joined().utf8))
        let expected = String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
        try #require(expected.count == texts.count)
        var read = 0
        for (text, want) in zip(texts, expected) {
            let shown = "seed \(seed): \(String(decoding: text, as: UTF8.self))"
            let value = try? JSON(parsing: text)
            #expect((value == nil) == (want == "refused"), "\(shown)")
            // Python has numbers beyond a double's range as Infinity, which is no JSON.
            guard let value, want != "refused", !want.contains("Infinity") else { continue }
            read += 1
            #expect(JSONTests.sameNumbers(value, try JSON(parsing: want)), "\(shown)")
            #expect(try JSON(parsing: value.pretty) == value, "\(shown)")
        }
        #expect(read > 1_000)
    }

    static func sameNumbers(_ a: JSON, _ b: JSON) -> Bool {
        switch (a, b) {
        case (.number(let a), .number(let b)): a.double == b.double
        case (.array(let a), .array(let b)): a.count == b.count && zip(a, b).allSatisfy(sameNumbers)
        case (.object(let a), .object(let b)):
            a.names == b.names && zip(a.members, b.members).allSatisfy { sameNumbers($0.value, $1.value) }
        default: a == b
        }
    }

    static func text(_ random: inout SeededRandom) -> [UInt8] {
        var bytes = Array(value(&random, depth: 0).utf8)
        if random.oneIn(2), !bytes.isEmpty {
            let at = random.int(0...bytes.count - 1)
            switch random.int(0...2) {
            case 0: bytes.remove(at: at)
            case 1: bytes.insert(random.pick(Array("{}[],:\"\\0-.eE \u{1}é".utf8)), at: at)
            default: bytes[at] = UInt8(random.int(0...255))
            }
        }
        return bytes
    }

    static func value(_ random: inout SeededRandom, depth: Int) -> String {
        let strings = [#""a""#, #""é🙂""#, #""\n\u00e9\ud83d\ude42\"""#, #""""#]
        let numbers = ["0", "-1", "1.50", "2e10", "-0.1E-3", "123456789012"]
        switch random.int(0...(depth > 3 ? 2 : 6)) {
        case 0: return random.pick(["true", "false", "null"])
        case 1: return random.pick(numbers)
        case 2: return random.pick(strings)
        case 3, 4:
            return "[" + (0..<random.int(0...3)).map { _ in value(&random, depth: depth + 1) }.joined(separator: ", ")
                + "]"
        default:
            let members = (0..<random.int(0...3)).map { _ in
                random.pick(strings) + ":" + value(&random, depth: depth + 1)
            }
            return "{" + members.joined(separator: ",\n") + "}"
        }
    }
}
