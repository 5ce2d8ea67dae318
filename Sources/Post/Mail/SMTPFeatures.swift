/// What the server offered in its last EHLO, the one after TLS.
package struct SMTPFeatures: Sendable, Hashable {
    /// RFC 2920.
    package var pipelining = false
    /// RFC 6152.
    package var eightBitMIME = false
    /// RFC 6531.
    package var smtpUTF8 = false
    /// The largest message in octets (RFC 1870); `nil` where not said or without limit.
    package var size: Int?

    package init() {}

    /// Reads the texts of a reply to EHLO, its greeting line included.
    package init(ehlo lines: [String]) {
        for line in lines.dropFirst() {
            let words = line.split(separator: " ")
            switch words.first?.uppercased() {
            case "PIPELINING": pipelining = true
            case "8BITMIME": eightBitMIME = true
            case "SMTPUTF8": smtpUTF8 = true
            case "SIZE": size = words.dropFirst().first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
            default: break
            }
        }
    }
}
