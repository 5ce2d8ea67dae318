import MIME

/// Reads the JSON notices that Amazon's mail service sends about bounces and complaints.
enum CloudNotification {
    static func read(_ message: ParsedMessage, _ origin: ReportOrigin) -> Classification? {
        let text = ReportOrigin.text(of: message)
        guard text.utf8.prefix(16).contains(UInt8(ascii: "{")) else { return nil }
        // The notice may stand as a string within another one, and mailers may have wrapped its lines.
        let json = Array(text.utf8.filter { $0 != UInt8(ascii: "\\") && $0 != 10 && $0 != 13 })
        switch values(of: "notificationType", in: json).first?.lowercased() {
        case "bounce": return bounce(json)
        case "complaint":
            let type = values(of: "complaintFeedbackType", in: json).first ?? "abuse"
            return Classification(.arf, reason: type, why: ["a complaint notification as JSON"])
        case "delivery": return Classification(.other, reason: "delivered", why: ["a delivery notification as JSON"])
        default: return nil
        }
    }

    private static func bounce(_ json: [UInt8]) -> Classification {
        let statuses = values(of: "status", in: json)
        let diagnostics = values(of: "diagnosticCode", in: json)
        var bounce = Classification(.bounce, why: ["a bounce notification as JSON"])
        bounce.failures = values(of: "emailAddress", in: json).enumerated().compactMap { index, address in
            guard let address = Addresses.first(in: address) else { return nil }
            let diagnostic = index < diagnostics.count ? FieldValue.untyped(diagnostics[index]) : ""
            let status = index < statuses.count ? StatusCode.first(in: statuses[index]) : nil
            return Failure.judged(
                recipient: address, status: DeliveryStatus.refined(status, by: diagnostic), diagnostic: diagnostic)
        }
        return bounce
    }

    /// The string values of every key `name`.
    private static func values(of name: String, in json: [UInt8]) -> [String] {
        let key = Array("\"\(name)\"".utf8)
        var found: [String] = []
        var at = 0
        while at + key.count < json.count {
            guard json[at] == key[0], json[at...].starts(with: key) else {
                at += 1
                continue
            }
            at += key.count
            while at < json.count, json[at] == 32 || json[at] == UInt8(ascii: ":") { at += 1 }
            guard at < json.count, json[at] == UInt8(ascii: "\"") else { continue }
            let end = json[(at + 1)...].firstIndex(of: UInt8(ascii: "\"")) ?? json.count
            found.append(String(decoding: json[(at + 1)..<end], as: UTF8.self))
            at = end
        }
        return found
    }
}
