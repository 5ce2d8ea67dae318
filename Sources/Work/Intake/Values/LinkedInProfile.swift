/// Addresses of people on LinkedIn, in the one spelling by which two of them are the same person.
package enum LinkedInProfile {
    /// `https://www.linkedin.com/in/jonas-weber` of any spelling of it; `nil` of what names no person.
    ///
    /// The scheme, a country's host (`de.linkedin.com`), queries and letter case are dropped; `/pub/` pages of old are
    /// kept, and so are member ids and leads of Sales Navigator (`/sales/lead/ACw...`), whose letter case counts.
    package static func normalise(_ text: String) -> String? {
        var rest = Substring(text)
        if let scheme = rest.range(of: "://") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { $0 != "?" && $0 != "#" }
        var parts = rest.split(separator: "/", omittingEmptySubsequences: true)
        guard let host = host(&parts), parts.count >= 2 else { return nil }
        switch parts[0].lowercased() {
        case "in": return slug(parts[1]).map { "https://\(host)/in/\($0)" }
        case "pub": return "https://\(host)/pub/" + parts[1...].joined(separator: "/").lowercased()
        case "sales" where parts.count >= 3 && (parts[1] == "lead" || parts[1] == "people"):
            let id = parts[2].prefix { $0 != "," }
            return id.isEmpty ? nil : "https://\(host)/sales/lead/\(id)"
        default: return nil
        }
    }

    /// Takes the host off, where there is one: `in/jonas-weber` is understood, too.
    private static func host(_ parts: inout [Substring]) -> String? {
        guard let first = parts.first else { return nil }
        if first.lowercased() == "in" { return "www.linkedin.com" }
        let labels = first.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        guard let name = labels.firstIndex(of: "linkedin"), name + 1 < labels.count, name <= 1 else { return nil }
        parts.removeFirst()
        return "www." + labels[name...].joined(separator: ".")
    }

    /// The last part of a profile's address, percent-decoded and in lower case; a member id keeps its letter case.
    private static func slug(_ text: Substring) -> String? {
        guard let decoded = decoded(text), !decoded.isEmpty,
            decoded.unicodeScalars.allSatisfy({
                $0.properties.isAlphabetic || $0.properties.numericType != nil
                    || $0.properties.generalCategory == .nonspacingMark || "-_.~'’&".unicodeScalars.contains($0)
            })
        else { return nil }
        guard decoded.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
        let isMemberID = ["ACoAA", "ACwAA", "AEMAA"].contains { decoded.hasPrefix($0) }
        return isMemberID ? decoded : decoded.lowercased()
    }

    private static func decoded(_ text: Substring) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2 else {
                return nil
            }
            rest = rest.dropFirst(2)
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension Substring {
    /// Where `text` first stands.
    fileprivate func range(of text: String) -> Range<Index>? { ranges(of: text).first }
}
