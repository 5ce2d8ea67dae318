/// Values of report fields.
enum FieldValue {
    /// A value without its type: `smtp; 550 no` is `550 no` (RFC 3464, section 2.1.2).
    static func untyped(_ value: String) -> String {
        guard let semicolon = value.firstIndex(of: ";") else { return value }
        let type = value[..<semicolon]
        guard type.utf8.count < 20, !type.contains("@") else { return value }
        return String(value[value.index(after: semicolon)...].drop { $0 == " " })
    }
}
