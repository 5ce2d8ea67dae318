import MIME
import Testing

/// Messages that were made to hurt: each is read within the limits, and nothing crashes.
struct ParseHostileTests {
    @Test func `a header of a million lines keeps only the limit`() {
        let message = ParsedMessage.parse(Array(String(repeating: "A: b\n", count: 1_000_000).utf8))
        #expect(message.header.fields.count == ParseLimits().fields)
        #expect(message.isTruncated)
    }

    @Test func `a million folded lines are one field, cut at its limit`() throws {
        let bytes = Array(("A: b\n" + String(repeating: " x\n", count: 1_000_000) + "\nbody").utf8)
        let message = ParsedMessage.parse(bytes)
        #expect(try #require(message.header["a"]).utf8.count <= ParseLimits().fieldLength)
        #expect(message.parts.first?.text == "body")
    }

    @Test func `of eleven thousand parts ten thousand are kept`() {
        let parts = String(repeating: "--b\n\nx\n", count: 11_000)
        let message = ParsedMessage.parse(Array("Content-Type: multipart/mixed; boundary=b\n\n\(parts)--b--\n".utf8))
        #expect(message.parts.count == 10_000)
        #expect(message.isTruncated)
    }

    @Test func `multiparts nested a hundred thousand deep end at the limit`() {
        let opener = (0..<100_000).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
        let message = ParsedMessage.parse(Array((opener + "\nend").utf8))
        #expect(message.isTruncated)
        #expect(message.parts.allSatisfy { $0.depth <= ParseLimits().depth })
    }

    @Test func `text beyond the limit is not decoded`() throws {
        let message = ParsedMessage.parse(Array(("\n" + String(repeating: "0123456789\n", count: 500_000)).utf8))
        #expect(try #require(message.parts.first?.text).utf8.count == ParseLimits().text)
        #expect(message.isTruncated)
    }

    @Test(arguments: [
        "", "\n", "\r\n\r\n", ":", "::\n", "A", "Content-Type: multipart/mixed; boundary=\n\n--\n--\n",
        "Content-Type: multipart/mixed; boundary=\"\n\n", "Content-Type: text/plain; charset=\u{0}\n\n\u{0}",
        "Content-Transfer-Encoding: base64\n\n====", "Subject: =?utf-8?Q?=\n =?\n\n", "Content-Type: ;;;=;=;\n\n",
        "Content-Type: message/delivery-status\n\n\n\n:\n \n",
        "Content-Type: text/calendar\n\nEND:VEVENT\nBEGIN:VEVENT",
    ])
    func `broken messages are read as far as they go`(text: String) {
        #expect(!ParsedMessage.parse(Array(text.utf8)).parts.isEmpty)
    }

    @Test func `random octets never stop the reader`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let seed = UInt64.random(in: 0...UInt64.max, using: &random)
            var state = seed
            let bytes = (0..<2_000).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                // Mostly the characters that steer a reader.
                return Array(":;=\"-\n\r \t?<>@b".utf8)[Int(state >> 33) % 15 % 14]
            }
            let head = Array("Content-Type: multipart/mixed; boundary=b\n\n".utf8)
            #expect(!ParsedMessage.parse(head + bytes).parts.isEmpty, "seed \(seed)")
        }
    }
}
