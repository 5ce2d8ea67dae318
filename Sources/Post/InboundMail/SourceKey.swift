package import MIME

extension ParsedMessage {
    /// What tells this message from every other one, wherever it is read: by IMAP, from a Maildir, in two folders.
    ///
    /// Its Message-ID; without one, a hash of what its sender wrote (From, To, Date, Subject, text), which transport
    /// does not change.
    package var sourceKey: String {
        if let id = header.messageIDs("message-id").first { return "<\(id)>" }
        var hash = StableHash()
        for name in ["from", "to", "date", "subject"] { hash.add(header.raw(name) ?? "") }
        for part in parts { hash.add(part.text ?? "") }
        return "hash:\(hash.hexadecimal)"
    }
}

/// FNV-1a with 64 bits, twice from different starts: the same on every run and machine, unlike Swift's `Hasher`.
private struct StableHash {
    private var first: UInt64 = 0xCBF2_9CE4_8422_2325
    private var second: UInt64 = 0x8422_2325_CBF2_9CE4

    /// Adds a text, line ends left out: a store may change them.
    mutating func add(_ text: String) {
        for byte in text.utf8 where byte != 13 && byte != 10 { mix(byte) }
        mix(0)
    }

    private mutating func mix(_ byte: UInt8) {
        first = (first ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        second = (second ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }

    var hexadecimal: String { String(first, radix: 16) + "-" + String(second, radix: 16) }
}
