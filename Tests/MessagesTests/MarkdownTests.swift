import Facts
import Messages
import Outreach
import TestKit
import Testing

@Suite struct `Markdown bodies` {
    /// Data that would mean something, if it were parsed.
    static let hostile = [
        "<b>bold</b>", "<script>alert(1)</script>", "[click](javascript:alert(1))", "![x](https://evil.example/t.png)",
        "<https://evil.example>", "**bold**", "_it_", "`code`", "# head", "- item", "1. item", "> quote", "    code",
        "\tcode", "---", "===", "a\n\nb", "a\n# b", "a\r\nb", "\\*", "&lt;b&gt;", "&#60;", "| a | b |", "~~~", "```",
        "[ref]: https://evil.example", "<!-- x", "{{ 7*7 }}", "{% raw %}", "{a|b}", "*|FNAME|*", "%SIG%", "\u{F0041}",
        "Müller & Söhne GmbH (\"Das\" 'Haus') <info@x.example>", "株式会社サンプル", "👩‍👩‍👧 Co. #1", "\u{202E}gnp", "\0NUL",
    ]

    @Test(arguments: hostile)
    func `no value becomes markup, wherever it stands`(value: String) {
        let places = [
            "{{ x }}", "Hi {{ x }}, you", "- {{ x }}", "# {{ x }}", "> {{ x }}", "**{{ x }}**",
            "[{{ x }}](https://a.example)",
            "`{{ x }}`", "1. one\n2. {{ x }}", "a\\\n{{ x }}", "   {{ x }}",
        ]
        for place in places {
            var (plain, dangerous) = (Bench(["t.md": place]), Bench(["t.md": place]))
            plain.facts["x"] = .text("word")
            dangerous.facts["x"] = .text(value)
            let (safe, found) = (plain.bodies(), dangerous.bodies())
            // The same elements, and the value as its reader would see it.
            #expect(elements(found.html) == elements(safe.html), "\(place)")
            let shown = seen(value)
            #expect(found.text == safe.text.replacing("word", with: shown), "\(place)")
            #expect(unescaped(found.html).contains(shown), "\(place)")
        }
    }

    @Test func `a link's value stays inside its place`() {
        var bench = Bench(["t.md": "[a](https://acme.example/{{ x }}?q={{ x }}) [b]({{ x }})"])
        bench.facts["x"] = .text("a/b?c=d&e#f \")é<x>")
        #expect(
            bench.bodies().html.hasPrefix(
                "<p><a href=\"https://acme.example/a%2Fb%3Fc%3Dd%26e%23f%20%22%29%C3%A9%3Cx%3E?q="
                    + "a%2Fb%3Fc%3Dd%26e%23f%20%22%29%C3%A9%3Cx%3E\">a</a> <a href=\"\">b</a></p>"))
        bench.facts["x"] = .text("https://nordlicht.example/über?a=1&b=2")
        #expect(bench.bodies().html.contains("<a href=\"https://nordlicht.example/%C3%BCber?a=1&amp;b=2\">b</a>"))
    }

    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "/path",
        "//evil.example", "java\nscript:alert(1)", " javascript:x", "&#106;avascript:x", "ftp://x.example",
    ])
    func `a link that has no place in a message loses its target`(target: String) {
        var bench = Bench(["t.md": "[a]({{ x }}) ![b]({{ x }}) [c](<\(target.replacing("\n", with: ""))>)"])
        bench.facts["x"] = .text(target)
        let (text, html) = bench.bodies()
        for attribute in ["href=\"", "src=\""] {
            for piece in html.split(separator: attribute).dropFirst() { #expect(piece.hasPrefix("\""), "\(html)") }
        }
        #expect(text == "a b c")
    }

    @Test(arguments: [
        ("Hi,\n\nsee [the page](https://a.example/x).\n\nBye", "Hi,\n\nsee the page (https://a.example/x).\n\nBye"),
        ("*a* **b** `c` ~d~", "a b c ~d~"), ("# Head\n\ntext", "Head\n\ntext"),
        ("- a\n- b\n  - c\n- d", "- a\n- b\n  - c\n- d"), ("3. a\n4. b", "3. a\n4. b"),
        ("- a\n\n- b", "- a\n\n- b"), ("> a\n> b\n\nc", "> a\n> b\n\nc"), ("a  \nb\\\nc\nd", "a\nb\nc\nd"),
        ("<https://a.example> <ana@a.example>", "https://a.example ana@a.example"),
        ("[https://a.example](https://a.example)", "https://a.example"), ("a\n\n---\n\nb", "a\n\n---\n\nb"),
        ("```\nx *y*\n  z\n```\nb", "x *y*\n  z\n\nb"), ("![alt](https://a.example/i.png) x", "alt x"),
        ("a <b>c</b> &amp; d", "a c & d"), ("[call](tel:+49301234)", "call (tel:+49301234)"),
        ("[*mail*](mailto:a@b.example)", "mail (a@b.example)"), ("1. a\n\n   b\n2. c", "1. a\n\n   b\n\n2. c"),
    ])
    func `the plain alternative reads as if it had been typed`(markdown: String, text: String) {
        #expect(Bench(["t.md": markdown]).bodies().text == text)
    }

    @Test func `a signature keeps its lines, in both alternatives`() throws {
        let bench = Bench(["t.md": "Hi"], signature: "Ana Pop\nAcme GmbH\n[acme.example](https://acme.example)\n")
        guard case .rendered(let message) = bench.email(unsubscribeURL: "https://acme.example/u?a=1&b") else {
            Issue.record("it did not render")
            return
        }
        #expect(
            message.text == """
                Hi

                Ana Pop
                Acme GmbH
                acme.example (https://acme.example)

                Acme GmbH · Weg 1, 10115 Berlin
                Unsubscribe: https://acme.example/u?a=1&b

                """)
        let html = try #require(message.html)
        #expect(
            html.contains("<p>Ana Pop<br />\nAcme GmbH<br />\n<a href=\"https://acme.example\">acme.example</a></p>"))
        #expect(html.contains("<a href=\"https://acme.example/u?a=1&amp;b\""))
    }

    @Test(arguments: [UInt64(7), 8])
    func `random values never change the elements of a message`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let place = "# {{ x }}\n\nHi {{ x }} [{{ x }}](https://a.example/{{ x }})\n\n- {{ x }}\n- `{{ x }}`\n"
        var bench = Bench(["t.md": place])
        bench.facts["x"] = .text("word")
        let expected = elements(bench.bodies().html)
        for _ in 0..<400 {
            let value = (0..<random.int(1...12)).map { _ in random.pick(Array("<>[]()!*_`#&;:/\\\"'=-+.~|{}% \n\ta1é"))
            }
            if String(value).allSatisfy(\.isWhitespace) { continue }
            bench.facts["x"] = .text(String(value))
            #expect(elements(bench.bodies().html) == expected, "seed \(seed): \(String(value))")
        }
    }

    /// What a reader sees of a value: one line, controls and line ends as blanks.
    private func seen(_ value: String) -> String {
        String(
            String.UnicodeScalarView(
                value.unicodeScalars.map { scalar in
                    scalar.value < 0x20 ? " " : (0xF0000...0xF00FF).contains(scalar.value) ? "\u{FFFD}" : scalar
                }))
    }

    /// The tags of some HTML without their attributes, in order.
    private func elements(_ html: String) -> [Substring] {
        html.split(separator: "<").dropFirst(html.hasPrefix("<") ? 0 : 1).map { $0.prefix { !" >".contains($0) } }
    }

    private func unescaped(_ html: String) -> String {
        html.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&amp;", with: "&")
    }
}
