extension Reply {
    /// The id that the server says it took the message under; `nil` where none can be told.
    ///
    /// No standard says where it stands. In angle brackets it is certain (`250 2.0.0 OK <x@prod.outlook.com>`), behind
    /// `queued as` and `id=` it is said; else it is the longest word that has a digit and eight characters or more, as
    /// Amazon's (`250 Ok 0102018e-...-000000`) and Google's.
    package var providerID: String? {
        guard isPositive else { return nil }
        return said.last.withUnsafeBufferPointer { text in
            (ProviderID.bracketed(in: text) ?? ProviderID.word(in: text)).map { String(decoding: $0, as: UTF8.self) }
        }
    }
}

/// Finds ids in octets: every reply that takes a message passes here.
private enum ProviderID {
    typealias Octets = Slice<UnsafeBufferPointer<UInt8>>

    static func bracketed(in text: UnsafeBufferPointer<UInt8>) -> Octets? {
        guard let open = text.firstIndex(of: UInt8(ascii: "<")),
            let close = text[open...].firstIndex(of: UInt8(ascii: ">"))
        else { return nil }
        let id = text[(open + 1)..<close]
        return id.contains(UInt8(ascii: "@")) && isID(id) ? id : nil
    }

    /// The word behind the first `as`, what is behind the first `id=`, or the longest.
    static func word(in text: UnsafeBufferPointer<UInt8>) -> Octets? {
        var (hasAs, queued, named, longest): (Bool, Octets?, Octets?, Octets?) = (false, nil, nil, nil)
        var start = text.startIndex
        while start < text.endIndex {
            let word = text[start...].prefix { !isSeparator($0) }
            start = word.endIndex + 1
            if word.isEmpty { continue }
            if hasAs, queued == nil { queued = word }
            if begins(word, "as"), word.count == 2 { hasAs = true }
            if named == nil, begins(word, "id=") { named = word.dropFirst(3) }
            if word.count >= max(8, (longest?.count ?? 0) + 1), isID(word) { longest = word }
        }
        if let queued, isID(queued) { return queued }
        if let named, isID(named) { return named }
        return longest
    }

    /// Whether the word begins so, in letters of either case.
    private static func begins(_ word: Octets, _ letters: StaticString) -> Bool {
        word.count >= letters.utf8CodeUnitCount
            && zip(word, UnsafeBufferPointer(start: letters.utf8Start, count: letters.utf8CodeUnitCount))
                .allSatisfy { $0 == $1 || isLetter($0) && $0 | 32 == $1 }
    }

    /// Letters, digits and what ids are joined by; one digit at least, and no bare date or status code.
    private static func isID(_ word: Octets) -> Bool {
        word.count <= 255 && word.contains { isDigit($0) }
            && word.allSatisfy { isLetter($0) || isDigit($0) || isJoint($0) } && EnhancedCode(octets: word) == nil
    }

    private static func isDigit(_ octet: UInt8) -> Bool { (48...57).contains(octet) }
    private static func isLetter(_ octet: UInt8) -> Bool { (97...122).contains(octet | 32) }

    /// `-_.@+/=:$%!~#`
    private static func isJoint(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "@"), UInt8(ascii: "+"),
            UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: "$"), UInt8(ascii: "%"),
            UInt8(ascii: "!"), UInt8(ascii: "~"), UInt8(ascii: "#"):
            true
        default: false
        }
    }

    /// ` \t()[],;"<>`
    private static func isSeparator(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "<"),
            UInt8(ascii: ">"):
            true
        default: false
        }
    }
}
