import Diagnostics
import Testing

struct FindingTextTests {
    static let code = FindingCode("unknown-filter", summary: "", page: "")

    private func text(_ source: String, _ range: Range<Int>, hint: String? = nil, width: Int = 120) -> String {
        let place = SourceText(file: "templates/intro.md", text: source).place(range)
        let finding = Finding(Self.code, "no filter is named \"captialize\"", at: place, hint: hint)
        return FindingText(lineWidth: width).text(finding)
    }

    @Test func `a finding has its place, its line, a caret and a hint`() {
        let source = "---\nsubject: x\n---\nHi {{ name | captialize }}\n"
        let start = 19 + 13
        #expect(
            text(source, start..<start + 10, hint: "did you mean \"capitalize\"?") == """
                templates/intro.md:4:14: error[unknown-filter]: no filter is named "captialize"
                    Hi {{ name | captialize }}
                                 ^^^^^^^^^^
                    hint: did you mean "capitalize"?

                """)
    }

    @Test(arguments: [
        ("\tx!", "        x!\n        ^\n"), ("日本 !", "    日本 !\n         ^\n"),
        ("👩‍👩‍👧 !", "    👩‍👩‍👧 !\n       ^\n"), ("e\u{301} !", "    e\u{301} !\n      ^\n"),
        ("❤\u{FE0F} !", "    ❤\u{FE0F} !\n       ^\n"),
    ])
    func `the caret stands under its character whatever stands before it`(source: String, shown: String) {
        let offset = source.utf8.count - 1 - (source.hasPrefix("\t") ? 1 : 0)
        #expect(text(source, offset..<offset + 1).hasSuffix("\n" + shown))
    }

    @Test func `a wide character has a caret of two cells`() {
        #expect(text("a日", 1..<4).hasSuffix("\n    a日\n     ^^\n"))
    }

    @Test(arguments: [
        ("\u{1B}[31mred", "␛[31mred"), ("a\u{202E}b", "a<U+202E>b"), ("a\u{85}b", "a<U+0085>b"), ("a\u{7F}b", "a␡b"),
        ("a\u{200B}b", "a<U+200B>b"),
    ])
    func `nothing in a source line reaches the terminal as a command`(source: String, shown: String) {
        let end = source.utf8.count
        let lines = text(source, end..<end).split(separator: "\n")
        #expect(lines[1] == "    \(shown)")
        #expect(lines[2] == String(repeating: " ", count: 4 + shown.count) + "^")
    }

    @Test func `controls in a message, a hint or a file name are written out too`() {
        let place = Place(file: "a\u{1B}b", line: 1, column: 1)
        let finding = Finding(
            Self.code, "bad \u{7}", at: place, hint: "\u{202A}", notes: [.init("n\u{1B}", at: place)])
        let text = FindingText().text(finding)
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202A })
    }

    @Test func `of a very long line the part around the caret is shown`() {
        let source = String(repeating: "x", count: 1000) + "!" + String(repeating: "y", count: 1000)
        let lines = text(source, 1000..<1001, width: 40).split(separator: "\n")
        #expect(lines[1].count < 60 && lines[1].contains("x!y"))
        let column = lines[2].prefix { $0 == " " }.count
        #expect(Array(lines[1])[column] == "!")
    }

    @Test func `an include chain follows as notes, with its places`() {
        let place = Place(file: "templates/a.md", line: 3, column: 2, lineText: " {% render 'b' %}")
        let finding = Finding(Self.code, "wrong", notes: [.init("included here", at: place)], severity: .warning)
        #expect(
            FindingText().text(finding)
                == "warning[unknown-filter]: wrong\n    templates/a.md:3:2: note: included here\n"
                + "     {% render 'b' %}\n     ^\n")
    }

    @Test func `colour is only used when asked for`() {
        let finding = Finding(Self.code, "wrong")
        #expect(!FindingText().text(finding).contains("\u{1B}"))
        #expect(FindingText(isColoured: true).text(finding).contains("\u{1B}[1;31merror[unknown-filter]:\u{1B}[0m"))
    }
}
