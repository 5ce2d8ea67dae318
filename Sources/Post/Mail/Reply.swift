/// A server's whole answer to one command (RFC 5321 4.2).
package struct Reply: Sendable, Hashable {
    /// Three digits, 200 to 599.
    package var code: Int
    /// The enhanced status code of its last line (RFC 3463), where it has one.
    package var enhanced: EnhancedCode?
    /// What its lines say, after the code; a line over 2,000 octets is cut there.
    let said: ReplyText

    /// A reply of RFC 5321 4.2; `lines` without code and line ends.
    package init(code: Int, enhanced: EnhancedCode? = nil, lines: [String] = []) {
        self.code = code
        self.enhanced = enhanced
        self.said = ReplyText(lines)
    }

    /// As it came from a server.
    init(code: Int, said: ReplyText) {
        self.code = code
        self.enhanced = EnhancedCode(octets: said.last)
        self.said = said
    }

    /// The text of each line, after the code.
    package var lines: [String] { said.lines }

    /// All of it in one line, as it is stored: `550 5.1.1 no such user`, lines joined by ` / `.
    package var text: String { said.joined(after: code) }

    /// 2yz: it was done.
    package var isPositive: Bool { code / 100 == 2 }
    /// 4yz: the same may work later.
    package var isTemporary: Bool { code / 100 == 4 }
    /// 5yz: the same will not work.
    package var isPermanent: Bool { code / 100 == 5 }
}

/// `5.1.1`: whose fault it is (RFC 3463 2).
package struct EnhancedCode: Sendable, Hashable, CustomStringConvertible {
    /// 2, 4 or 5.
    package var category: Int
    /// 0 to 7: address, mailbox, system, network, protocol, content, policy.
    package var subject: Int
    /// The precise condition.
    package var detail: Int

    package init(_ category: Int, _ subject: Int, _ detail: Int) {
        self.category = category
        self.subject = subject
        self.detail = detail
    }

    /// Reads the code at the start of `text`; what follows it must be a space or nothing.
    package init?(prefixOf text: some StringProtocol) { self.init(octets: text.utf8) }

    /// Reads the code at the start of `octets`; what follows it must be a space or nothing.
    init?(octets: some Sequence<UInt8>) {
        // Read octet by octet: every reply of a server passes here.
        var (category, subject, detail) = (0, 0, 0)
        var (place, digits) = (0, 0)
        for byte in octets {
            if byte == UInt8(ascii: " ") { break }
            if byte == UInt8(ascii: "."), digits > 0, place < 2 {
                (category, subject, detail) = (subject, detail, 0)
                place += 1
                digits = 0
            } else if (48...57).contains(byte), digits < 3 {
                detail = detail * 10 + Int(byte) - 48
                digits += 1
            } else {
                return nil
            }
        }
        guard place == 2, digits > 0, category == 2 || category == 4 || category == 5 else { return nil }
        self.init(category, subject, detail)
    }

    package var description: String { "\(category).\(subject).\(detail)" }
}
