extension Reply {
    /// The id that the server says it took the message under; `nil` where none can be told.
    ///
    /// No standard says where it stands. In angle brackets it is certain (`250 2.0.0 OK <x@prod.outlook.com>`), behind
    /// `queued as` and `id=` it is said; else it is the longest word that has a digit and eight characters or more, as
    /// Amazon's (`250 Ok 0102018e-...-000000`) and Google's.
    package var providerID: String? {
        guard isPositive, let text = lines.last else { return nil }
        if let open = text.firstIndex(of: "<"), let close = text[open...].firstIndex(of: ">") {
            let id = text[text.index(after: open)..<close]
            if id.contains("@"), Reply.isID(id) { return String(id) }
        }
        let words = text.split { " \t()[],;\"<>".contains($0) }
        if let mark = words.firstIndex(where: { $0.lowercased() == "as" }), mark + 1 < words.endIndex,
            Reply.isID(words[mark + 1])
        {
            return String(words[mark + 1])
        }
        if let named = words.first(where: { $0.lowercased().hasPrefix("id=") })?.dropFirst(3), Reply.isID(named) {
            return String(named)
        }
        return words.filter { $0.utf8.count >= 8 && Reply.isID($0) }.max { $0.utf8.count < $1.utf8.count }
            .map(String.init)
    }

    /// Letters, digits and what ids are joined by; one digit at least, and no bare date or status code.
    private static func isID(_ word: some StringProtocol) -> Bool {
        word.utf8.count <= 255 && EnhancedCode(prefixOf: word) == nil && word.utf8.contains { isDigit($0) }
            && word.utf8.allSatisfy { isLetter($0) || isDigit($0) || joints.contains($0) }
    }

    private static let joints = Array("-_.@+/=:$%!~#".utf8)
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) }
}
