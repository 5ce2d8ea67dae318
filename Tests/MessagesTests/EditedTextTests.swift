import Facts
import Messages
import TestKit
import Testing

@Suite struct EditedTextTests {
    static let seed = UInt64.random(in: 0...UInt64.max)

    @Test func `what somebody wrote stands for the template's text, in both parts and above the footer`() throws {
        var bench = Bench(["t.md": "---\nsubject: Hello {{ first_name }}\n---\nHi {{ first_name }}, *old*.\n"])
        let fresh = try #require(Self.message(bench.email()))
        #expect(bench.editable() == "Subject: Hello Maya\n\nHi Maya, *old*.")
        bench.edited = "Subject: For you\r\n\nHi, **new**.\n"
        let message = try #require(Self.message(bench.email()))
        #expect(message.subject == "For you")
        #expect(message.text.hasPrefix("Hi, new.") && message.text.contains("Acme GmbH · Weg 1"))
        #expect(message.html?.contains("<strong>new</strong>") == true)
        #expect(message.digest != fresh.digest)
        #expect(bench.editable()?.hasPrefix("Subject: For you\n\nHi, **new**.") == true)
        bench.edited = "Only a body."
        #expect(Self.message(bench.email())?.subject == "Hello Maya")
    }

    @Test func `an HTML template is no text for an editor`() {
        let bench = Bench(["t.html": "---\nsubject: x\n---\n<p>Hi</p>\n", "t.txt": "Hi\n"])
        #expect(bench.editable() == nil)
    }

    @Test func `a text that nobody changed in the editor is the same message`() throws {
        var random = SeededRandom(seed: Self.seed)
        let pieces = [
            "O'Neill", "a.b", "1. x", "- y", "# z", "*", "_", "`", "[l](u)", "<b>", "&amp;", "\\", "\"q\"", "50%",
            // No blanks of their own: no list brings a value that ends with one.
            "me@x.example", "https://x.example/a-b?c=d", "Zoë", "漢", "a-b", "...", "--", "1.5", "!", "|", "~", "+",
        ]
        var compared = 0
        for _ in 0..<300 {
            let value = (0...random.int(1...6)).map { _ in random.pick(pieces) }.joined(
                separator: random.pick(["", " "]))
            var bench = Bench([
                "t.md": "---\nsubject: s\n---\nHi {{ x }}, and *{{ x }}*.\n\n- {{ x }}\n- two\n\n{{ x }} end\n"
            ])
            bench.facts["x"] = .text("w" + value)
            let fresh = try #require(Self.message(bench.email()), "\(value)")
            let editable: String = try #require(bench.editable())
            bench.edited = editable
            let again = try #require(Self.message(bench.email()))
            #expect(again.text == fresh.text, "seed \(Self.seed): \(value.debugDescription)")
            #expect(again.html == fresh.html, "seed \(Self.seed): \(value.debugDescription)")
            compared += 1
        }
        print("edited texts: \(compared) unchanged ones are the same message, seed \(Self.seed)")
    }

    private static func message(_ rendering: Rendering) -> Rendered? {
        if case .rendered(let message) = rendering { message } else { nil }
    }
}
