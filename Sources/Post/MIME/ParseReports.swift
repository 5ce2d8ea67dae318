/// Reads the groups of fields that reports consist of (RFC 3464, section 2.1).
package enum FieldGroups {
    /// Groups are separated by empty lines; a line that is no field is passed over.
    package static func read(_ text: String, limits: ParseLimits = ParseLimits()) -> [HeaderFields] {
        let bytes = Array(text.utf8)
        var reader = HeaderReader(bytes: bytes, limits: limits, fieldsLeft: limits.fields)
        var groups: [HeaderFields] = []
        var at = 0
        while at < bytes.count {
            let (fields, next) = reader.read(from: at, to: bytes.count)
            if !fields.isEmpty { groups.append(fields) }
            at = next > at ? next : Lines.line(in: bytes, from: at, to: bytes.count).next
        }
        return groups
    }
}
