import Diagnostics
import Interchange
import TestKit
import Testing

@Suite struct SinkTests {
    @Test func `text cannot leave its place in HTML`() {
        #expect(Sink.html("<b>&\"'\u{0}\u{1B}é") == "&lt;b&gt;&amp;\"'é")
        #expect(Sink.htmlAttribute("\"'<x>\u{301}") == "&quot;&#39;&lt;x&gt;\u{301}")
    }

    @Test(arguments: [
        "javascript:alert(1)", "JavaScript:x", " https://x", "java\nscript:x", "data:text/html,x", "//x", "x", "",
        "https\u{1}://x", "vbscript:x",
    ]) func `links that would run something are none`(link: String) { #expect(Sink.htmlLink(link) == nil) }

    @Test func `links people use are links`() {
        #expect(Sink.htmlLink("https://x.example/?a=1&b=\"") == "https://x.example/?a=1&amp;b=&quot;")
        #expect(Sink.htmlLink("tel:+49301234") == "tel:+49301234")
        #expect(Sink.htmlLink("MAILTO:a@x.example") == "MAILTO:a@x.example")
    }

    @Test func `controls and direction marks never reach a terminal`() {
        let text = "a\u{1B}[2J\u{7}b \u{202E}c\r\nd\te\u{9B}\u{200F}"
        #expect(Sink.line(text) == "a␛[2J␇b <U+202E>c d e<U+009B><U+200F>")
        #expect(Sink.lines("a\u{1B}\r\nb\n\nc") == "a␛\nb\n\nc")
        let safe = Sink.line(text).unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        #expect(safe)
    }

    @Test(arguments: [
        ("../../etc/passwd", "etc-passwd"), ("Maya Chen, CTO", "Maya-Chen,-CTO"), ("", "_"), ("...", "_"),
        ("con.txt", "_con.txt"), ("a\u{0}b\nc", "a-b-c"), (".hidden", "hidden"), ("Zoë漢🙂", "Zoë漢🙂"), ("-rf", "rf"),
        ("C:\\x", "C-x"), ("x ", "x"),
    ]) func `any text makes a file's name`(text: String, name: String) { #expect(Sink.fileName(text) == name) }

    @Test func `a file's name is short`() {
        #expect(Sink.fileName(String(repeating: "🙂", count: 100)).utf8.count == 120)
    }
}

@Suite struct TableTests {
    static func table() -> Table {
        var table = Table(
            columns: [Table.Column(), Table.Column(minimum: 10), Table.Column("fit", alignment: .right)], indent: 2)
        table.add(group: "LinkedIn")
        table.add(["k7f2", "Jonas Weber, CTO, Nordlicht", "68"])
        table.add(["m3qa", "漢字 🙂 e\u{301}", "7"])
        table.add(note: "10 Mar mailed,\nno reply")
        table.add(group: "Calls")
        table.add(["x"])
        return table
    }

    @Test func `columns align by what characters take on the screen`() {
        #expect(
            TableTests.table().text() == """
                                                     fit

                LinkedIn
                  k7f2  Jonas Weber, CTO, Nordlicht   68
                  m3qa  漢字 🙂 e\u{301}                      7
                      10 Mar mailed, no reply

                Calls
                  x

                """)
    }

    @Test func `a table is cut to the terminal's width`() {
        let text = TableTests.table().text(width: 30)
        #expect(text.contains("  k7f2  Jonas Weber, CTO…   68\n"))
        for line in text.split(separator: "\n") { #expect(DisplayText.width(line) <= 30) }
    }

    @Test func `emphasis is written only where it is wanted`() {
        var table = Table(columns: [Table.Column(), Table.Column()])
        table.add([Table.Cell("hot", [.red, .bold]), "b\u{1B}"])
        #expect(table.text(style: .plain) == "hot  b␛\n")
        #expect(table.text(style: TerminalStyle(isOn: true)) == "\u{1B}[31;1mhot\u{1B}[0m  b␛\n")
    }
}

@Suite struct DisplayLayoutTests {
    @Test(arguments: [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("漢字漢", 4, "漢…"), ("abc", 0, ""), ("🙂🙂", 3, "🙂…")])
    func `text is cut to cells`(text: String, width: Int, fitted: String) {
        #expect(DisplayText.fitted(text, to: width) == fitted)
        #expect(DisplayText.width(fitted) <= width)
    }

    @Test func `words are wrapped, long ones left whole`() {
        #expect(
            DisplayText.wrapped("a bb  ccc\n漢字 averylongword d", to: 6) == ["a bb", "ccc", "漢字", "averylongword", "d"])
        #expect(DisplayText.wrapped(" ", to: 6).isEmpty)
    }
}
