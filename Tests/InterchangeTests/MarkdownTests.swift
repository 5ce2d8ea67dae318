import CMark
import Foundation
import Interchange
import TestKit
import Testing

@Suite struct MarkdownTests {
    /// What CommonMark's reference makes of a text.
    static func rendered(_ markdown: String) -> String {
        guard let html = cmark_markdown_to_html(markdown, markdown.utf8.count, CMARK_OPT_DEFAULT) else { return "" }
        defer { free(html) }
        return String(cString: html)
    }

    static func paragraph(_ text: String) -> String {
        let line = Sink.html(Sink.line(text)).replacing("\"", with: "&quot;")
        return line.isEmpty ? "" : "<p>\(line)</p>\n"
    }

    @Test(arguments: [
        "# no heading", "- no item", "+ x", "* x", "1. x", "12) x", "> quote", "---", "===", "    code",
        "*a* _b_ **c**",
        "[a](b)", "![i](x)", "<b>x</b>", "&amp; &#33;", "`code`", "a\\", "a\\b", "a  \nb", "https://x.example", "~~x~~",
        "a | b", "1986\\. x", "```", "[x]: y", "Zoë & Söhne", "", "- [x] k7f2",
    ]) func `text shows as it is`(text: String) {
        #expect(MarkdownTests.rendered(Sink.markdown(text)) == MarkdownTests.paragraph(text))
    }

    @Test func `any text shows as it is`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let pieces = Array("\\`*_{}[]()#+-.!|<>&~$=:;'\"/ \n\ta1é").map(String.init)
        for _ in 0..<3_000 {
            let text = (0..<random.int(1...9)).map { _ in random.pick(pieces) }.joined()
            let got = MarkdownTests.rendered(Sink.markdown(text))
            #expect(got == MarkdownTests.paragraph(text), "seed \(seed): \(text.debugDescription)")
        }
    }
}
