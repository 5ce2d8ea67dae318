import Facts
import Foundation
import TestKit
import Testing

/// What stands in a table of people must stay a value, wherever an HTML template writes it. Python's html.parser and
/// urllib judge.
@Suite struct `A value in an HTML template` {
    private static let values = [
        "Nordlicht", "A & B", "a\"b'c", "x onclick=alert(1)", "\"><script>alert(1)</script>", "' onload='x",
        "javascript:alert(1)", "a/b?c=d&e#f é%20+", "--><!-- x", "`x`", "https://ok.example/?a=1&b=2", "/path",
        "data:text/html,<p>", "=x", "a\u{1}b",
    ]
    private static let places = [
        "<p>{{ x }}</p>", "<a title=\"{{ x }}\">a</a>", "<a title='{{ x }}' class=y>a</a>",
        "<a title={{ x }} class=y>a</a>", "<a href=\"{{ x }}\">a</a>", "<a href={{ x }} class=y>a</a>",
        "<a {{ x }}>a</a>",
        "<img alt=\"a\" src='https://i.example/{{ x }}.png'>",
        "<a class='b' HREF = \"https://r.example/{{ x }}?q={{ x }}&amp;k=1\">a</a>",
        "<a href=https://r.example/{{ x }}?q={{ x }}&amp;k=1>a</a>", "<form action='/f?{{ x }}'></form>",
    ]

    private static let oracle = """
        import html.parser, json, sys, urllib.parse
        class Outline(html.parser.HTMLParser):
            def __init__(self): super().__init__(); self.tags = []; self.queries = []
            def handle_starttag(self, tag, attributes):
                self.tags.append([tag, len(attributes), sum(name.startswith("on") for name, _ in attributes)])
                for name, value in attributes:
                    if name in ("href", "src", "action"):
                        parts = urllib.parse.urlsplit(value or "")
                        self.queries.append([parts.scheme, urllib.parse.unquote(parts.path),
                                             urllib.parse.parse_qs(parts.query, keep_blank_values=True)])
        for text in json.load(sys.stdin):
            outline = Outline(); outline.feed(text); outline.close()
            print(json.dumps([outline.tags, outline.queries]))
        """

    private func outlines(of texts: [String]) throws -> [[Any]] {
        let input = try JSONSerialization.data(withJSONObject: texts)
        let output = try ChildProcess.python(Self.oracle, input: Array(input))
        return try String(decoding: output, as: UTF8.self).split(separator: "\n").map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [Any] ?? []
        }
    }

    private func html(_ place: String, _ value: String) -> String {
        var bench = Bench(["t.html": place])
        bench.facts["x"] = .text(value)
        return bench.bodies().html
    }

    @Test(arguments: places)
    func `adds no tag and no attribute`(place: String) throws {
        let safe = try outlines(of: [html(place, "https://word.example")]).first?.first as? [[AnyHashable]]
        let tags = try outlines(of: Self.values.map { html(place, $0) }).map { $0.first as? [[AnyHashable]] }
        for (value, found) in zip(Self.values, tags) { #expect(found == safe, "\(value): \(html(place, value))") }
    }

    @Test func `stays inside its place of an address, whole`() throws {
        for place in Self.places where place.contains("?q=") {
            let found = try outlines(of: Self.values.map { html(place, $0) })
            for (value, outline) in zip(Self.values, found) {
                let target = try #require((outline.last as? [[Any]])?.first, "\(value)")
                #expect(target[0] as? String == "https" && target[1] as? String == "/\(value)", "\(value)")
                #expect(target[2] as? [String: [String]] == ["q": [value], "k": ["1"]], "\(value): \(target)")
            }
        }
    }

    @Test(arguments: [
        (
            "<a href=\"{{ x }}\">", "https://a.example/ü b?c=1&d=2",
            "<a href=\"https://a.example/%C3%BC%20b?c=1&amp;d=2\">"
        ),
        ("<a href=\"{{ x }}\">", "javascript:alert(1)", "<a href=\"\">"), ("<a href={{ x }}>", "/path", "<a href=#>"),
        ("<a href=\"mailto:{{ x }}\">", "ann+x@fathom.example", "<a href=\"mailto:ann%2Bx@fathom.example\">"),
        ("<a href=\"tel:{{ x }}\">", "+49 30 1", "<a href=\"tel:+49%2030%201\">"),
        ("<a href=\"https://a.example/?q={{ x | url_encode }}\">", "a b", "<a href=\"https://a.example/?q=a+b\">"),
        ("1 < 2 {{ x }} \"https://", "a b'", "1 < 2 a b&#39; \"https://"),
    ])
    func `is written as links are read`(place: String, value: String, html: String) {
        #expect(self.html(place, value).contains(html), "\(self.html(place, value))")
    }

    @Test func `reads in the plain text of a Markdown link as one address`() {
        var bench = Bench(["t.md": "[a](<https://a.example/x y>) [b](mailto:{{ x }}?subject={{ x }}) [c](tel:{{ y }})"])
        bench.facts["x"] = .text("ann@fathom.example")
        bench.facts["y"] = .text("+49 30 1")
        let (text, html) = bench.bodies()
        #expect(text.hasPrefix("a (https://a.example/x%20y) b (ann@fathom.example?subject="), "\(text)")
        #expect(html.contains("href=\"mailto:ann@fathom.example?subject=ann@fathom.example\""), "\(html)")
        #expect(html.contains("href=\"tel:+49%2030%201\""), "\(html)")
    }
}
