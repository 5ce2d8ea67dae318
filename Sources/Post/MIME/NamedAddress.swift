/// An address with the name it is shown under: `Ana Pop <ana@acme.example>`, RFC 5322's mailbox.
package struct NamedAddress: Sendable, Hashable {
    /// The display name, or `nil`.
    package var name: String?
    /// The address.
    package var address: EmailAddress

    package init(name: String? = nil, address: EmailAddress) {
        self.name = name
        self.address = address
    }

    /// Reads `Ana Pop <ana@acme.example>`, `"Pop, Ana" <...>` or a bare address.
    ///
    /// - Throws: what is wrong with the address, or with the brackets.
    package init(_ text: String) throws(AddressError) {
        let line = text.trimmingSpaces
        guard line.hasSuffix(">"), let open = line.lastIndex(of: "<") else {
            self.init(address: try EmailAddress(line))
            return
        }
        let address = try EmailAddress(String(line[line.index(after: open)...].dropLast()).trimmingSpaces)
        let name = String(line[..<open]).trimmingSpaces.unquoted
        self.init(name: name.isEmpty ? nil : name, address: address)
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var part = self[...]
        while let first = part.first, first == " " || first == "\t" { part.removeFirst() }
        while let last = part.last, last == " " || last == "\t" { part.removeLast() }
        return String(part)
    }

    /// Without the quotes and backslashes of a quoted-string (RFC 5322 3.2.4).
    fileprivate var unquoted: String {
        guard count >= 2, hasPrefix("\""), hasSuffix("\"") else { return self }
        var text = ""
        var escaped = false
        for character in dropFirst().dropLast() {
            if character == "\\", !escaped { escaped = true; continue }
            text.append(character)
            escaped = false
        }
        return text
    }
}
