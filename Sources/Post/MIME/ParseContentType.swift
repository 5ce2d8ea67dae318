/// A media type with its parameters (RFC 2045, section 5.1).
package struct ContentType: Sendable, Hashable {
    /// Type and subtype in lower case: `text/plain`.
    package var name: String
    /// Parameters by lower-case name; a RFC 2231 name loses its `*`, its value stays encoded.
    package var parameters: [String: String]

    package init(_ name: String, _ parameters: [String: String] = [:]) {
        self.name = name
        self.parameters = parameters
    }

    /// Reads a field's body as leniently as mail needs: a missing subtype, stray semicolons, unclosed quotes.
    package init(field: String) {
        let bytes = Array(field.utf8)
        var scanner = ParameterScanner(bytes: bytes)
        self.name = scanner.token().lowercased()
        self.parameters = [:]
        while let (name, value) = scanner.parameter() { parameters[name] = parameters[name] ?? value }
        if name == "text" { name = "text/plain" }
    }

    /// Whether it is `text/` of any kind.
    package var isText: Bool { name.hasPrefix("text/") }
    /// Whether it has parts.
    package var isMultipart: Bool { name.hasPrefix("multipart/") }
}

/// Reads `token; name=value; name="value"`.
private struct ParameterScanner {
    let bytes: [UInt8]
    var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Everything up to the next semicolon or blank, blanks around it dropped.
    mutating func token() -> String {
        skipBlanks()
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: ";"), bytes[at] != 32, bytes[at] != 9 { at += 1 }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    mutating func parameter() -> (String, String)? {
        while at < bytes.count, bytes[at] == UInt8(ascii: ";") || bytes[at] == 32 || bytes[at] == 9 { at += 1 }
        guard at < bytes.count else { return nil }
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "="), bytes[at] != UInt8(ascii: ";") { at += 1 }
        var name = String(decoding: bytes[start..<at], as: UTF8.self).lowercased()
        while name.last == " " || name.last == "*" { name.removeLast() }
        guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else { return (name, "") }
        at += 1
        skipBlanks()
        return (name, at < bytes.count && bytes[at] == UInt8(ascii: "\"") ? quoted() : unquoted())
    }

    private mutating func quoted() -> String {
        at += 1
        var value: [UInt8] = []
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
            if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count { at += 1 }
            value.append(bytes[at])
            at += 1
        }
        at += 1
        return String(decoding: value, as: UTF8.self)
    }

    private mutating func unquoted() -> String {
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: ";") { at += 1 }
        var end = at
        while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private mutating func skipBlanks() {
        while at < bytes.count, bytes[at] == 32 || bytes[at] == 9 { at += 1 }
    }
}
