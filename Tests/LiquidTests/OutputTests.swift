import Diagnostics
import Facts
import Liquid
import TestKit
import Testing

struct OutputTests {
    static let data: Record = ["x": .text("<b> & 'c'"), "n": .integer(5), "list": .list([.text("<"), .text(">")])]

    @Test(arguments: [
        ("{{ x }}", "&lt;b&gt; &amp; &#39;c&#39;"), ("{{ x | raw }}", "<b> & 'c'"),
        ("{{ x | escape }}", "&lt;b&gt; &amp; &#39;c&#39;"),
        ("{% capture y %}<i>{{ x }}</i>{% endcapture %}{{ y | strip }}", "<i>&lt;b&gt; &amp; &#39;c&#39;</i>"),
        ("{{ list }}{{ n }}", "&lt;&gt;5"),
        ("{% capture y %}<i>{% endcapture %}{{ y | append: x | prepend: '<' }}", "&lt;<i>&lt;b&gt; &amp; &#39;c&#39;"),
        ("{{ 'a b&c' | url_encode }}", "a+b%26c"), ("{% echo x | upcase %}", "&lt;B&gt; &amp; &#39;C&#39;"),
        ("<p>{% cycle x, 'b' %}</p>", "<p>&lt;b&gt; &amp; &#39;c&#39;</p>"),
    ])
    func `a value is escaped once`(template: String, text: String) {
        #expect(rendered(template, Self.data, escaping: .html) == text)
    }

    @Test func `a rule of the caller's own escapes values, not the template`() {
        let star = RenderOptions.Escaping.custom { value, output in
            for octet in value.utf8 {
                if octet == UInt8(ascii: "*") { output.append(UInt8(ascii: "\\")) }
                output.append(octet)
            }
        }
        #expect(rendered("*{{ x }}*", ["x": .text("a*b")], escaping: star) == "*a\\*b*")
    }

    @Test(arguments: [
        ("{% for i in (1..100000000) %}{% endfor %}", "<render-limit 1:1"),
        ("{% for i in (1..5000) %}xxxxxxxxxx{% endfor %}", "<render-limit 1:1"),
        ("{{ (1..9999999) | join }}", "<render-limit 1:19"),
        ("{% assign s = 'xx' %}{% for i in (1..50) %}{% assign s = s | append: s %}{% endfor %}", "<render-limit 1:62"),
        ("{% assign n = 99 %}{% for i in (1..50) %}{% assign n = n | times: n %}{% endfor %}", "<render-limit 1:60"),
    ])
    func `what goes on too long is stopped`(template: String, start: String) {
        let limits = RenderOptions.Limits(steps: 100_000, depth: 10, octets: 20_000)
        #expect(rendered(template, limits: limits).hasPrefix(start))
    }

    @Test func `what is nested too deeply is refused, not overflown`() {
        let blocks = String(repeating: "{% if a %}", count: 5000)
        let brackets = "{{ a" + String(repeating: "[a", count: 5000) + String(repeating: "]", count: 5000) + " }}"
        let spins = String(repeating: "{a|", count: 5000) + String(repeating: "}", count: 5000)
        let conditions = "{% if a" + String(repeating: " and a", count: 50_000) + " %}x{% endif %}"
        #expect(rendered(conditions, ["a": .integer(1)]) == "x")
        let partial =
            String(repeating: "{% if a %}", count: 90) + "{% include 'p' %}"
            + String(repeating: "{% endif %}", count: 90)
        #expect(rendered("{% include 'p' %}", ["a": .integer(1)], partials: ["p": partial]).hasPrefix("<render-limit"))
        for text in [blocks, brackets, spins] {
            #expect(findings(text).contains { $0.code == .nesting }, "\(text.prefix(20))")
        }
    }

    @Test(arguments: [
        ("{Hi|Hello} {{ n }}", [1], "Hello 5"), ("{a|{b|c}}{d|e}", [1, 1, 0], "cd"),
        ("{% spin %}a{% or %}b{|c}{% endspin %}", [1, 1], "bc"),
        ("{% spin t %}a{% or %}b{% endspin %}{x|y}{% spin t %}c{% or %}d{% endspin %}", [1, 0, 0], "bxd"),
        ("{a|b}", [7], "b"), ("{a|b}", [-1], "a"),
        ("{a|\nb}", [1], "{a|\nb}"), ("p { x: y }", [], "p { x: y }"), ("{a{% if n == 5 %}5{% endif %}|b}", [0], "a5"),
    ])
    func `a choice takes the text it is told to`(template: String, picks: [Int], text: String) {
        #expect(
            rendered(template, Self.data, choice: { picks.indices.contains($0.number) ? picks[$0.number] : 0 }) == text)
    }

    @Test func `random texts never trap, and what reads without errors renders or fails in words`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let pieces = [
            "{{", "}}", "{%", "%}", "{", "}", "|", "-", " ", "\n", "'", "\"", "a", "n", "x.y", "[", "]", "(", "..", ")",
            ":", ",", "1", "1.5",
            "if", "endif", "for", "in", "endfor", "else", "raw", "endraw", "comment", "endcomment", "assign", "=", "==",
            "spin", "or", "endspin",
            "é", "日", "\u{0}", "\r\n", "case", "when", "endcase", "liquid", "upcase", "slice", "date", "%", "doc",
            "enddoc", "contains", "blank",
        ]
        for _ in 0..<3000 {
            let text = (0..<random.int(1...30)).map { _ in random.pick(pieces) }.joined(
                separator: random.oneIn(2) ? " " : "")
            for dialect in [Dialect.stoke, .reference(.lax)] {
                let source = SourceText(file: "t.md", text: text)
                for finding in Template.parse(source, dialect: dialect).findings {
                    let place = finding.place
                    #expect(place.map { isInside($0, source) } ?? false, "seed \(seed): \(text)")
                }
                _ = rendered(text, Self.data, dialect: dialect)
            }
        }
    }
}

/// Whether a place is one of its source's.
func isInside(_ place: Place, _ source: SourceText) -> Bool {
    let count = source.bytes.count { $0 == UInt8(ascii: "\n") } + 1
    return (1...count).contains(place.line) && place.column >= 1 && place.column <= place.lineText.count + 1
}
