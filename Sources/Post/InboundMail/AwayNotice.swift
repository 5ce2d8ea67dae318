import CivilTime
import MIME

/// Tells a machine's answer from a person's (RFC 3834), and reads when somebody is back.
enum AwayNotice {
    /// What the message is if a machine answered; `nil` for a person's message and for bulk mail.
    static func read(_ message: ParsedMessage, text: String, reply: ReplyText, on received: LocalDate?)
        -> Classification?
    {
        let header = message.header
        let submitted = autoSubmitted(header)
        if submitted == "no" { return nil }
        // What a person quotes may be our own words about away notices.
        let said = reply.new.isEmpty ? text : reply.new
        let spoken = AwayPhrases.table.hits(in: FoldedText(said.prefix(4_000)))
        let subject = AwayPhrases.table.hits(in: FoldedText(header["subject"] ?? ""))
        guard let evidence = evidence(message, submitted, subject, spoken, reply) else { return nil }
        let hits = subject + spoken
        var notice = Classification(.autoReply, reason: reason(hits, header), why: [evidence])
        notice.why += spoken.prefix(2).map { "the text says \"\($0.phrase)\"" }
        if notice.reason == "away" {
            let language = AwayPhrases.language(of: spoken + subject)
            let reader = ReturnDateReader(language: language, sender: header["from"] ?? "", received: received)
            notice.returnsOn = reader.read(text) ?? reader.read(header["subject"] ?? "")
        }
        return notice
    }

    /// The value of Auto-Submitted without comments and parameters (RFC 3834, section 5), lower case.
    static func autoSubmitted(_ header: HeaderFields) -> String? {
        guard let field = header["auto-submitted"] else { return nil }
        var depth = 0
        var value: [UInt8] = []
        for byte in field.utf8 {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if depth == 0 { value.append(byte) }
            if byte == UInt8(ascii: ")") { depth = max(0, depth - 1) }
        }
        let token = value.split { $0 == UInt8(ascii: ";") || $0 == 32 }.first ?? []
        return String(decoding: token, as: UTF8.self).lowercased()
    }

    private typealias Hits = [PhraseTable<AwayPhrases.Sense>.Hit]

    private static func evidence(
        _ message: ParsedMessage, _ submitted: String?, _ subject: Hits, _ spoken: Hits, _ reply: ReplyText
    ) -> String? {
        let header = message.header
        let isAnswer =
            header.has("in-reply-to") || header.has("references") || ReplySubject.isReply(header["subject"] ?? "")
        let speaks = !(subject + spoken).isEmpty
        if submitted == "auto-replied" { return "Auto-Submitted: auto-replied" }
        if let submitted, submitted.hasPrefix("auto-"), isAnswer || speaks { return "Auto-Submitted: \(submitted)" }
        if let vendor = vendorField(header, isAnswer || speaks) { return vendor }
        if let opening = opening(header["subject"] ?? "", subject), isAnswer || !spoken.isEmpty || opening.isWhole {
            return "the subject begins with \"\(opening.phrase)\""
        }
        // People's programs set it, too.
        if header.has("x-auto-response-suppress"), isAnswer, speaksAsMachine(subject, spoken) {
            return "X-Auto-Response-Suppress on an answer"
        }
        if isNullSender(header), isAnswer || speaks { return "an answer from the null sender" }
        return inWords(header, spoken, reply)
    }

    /// Whether more than an absence is mentioned, which people do.
    private static func speaksAsMachine(_ subject: Hits, _ spoken: Hits) -> Bool {
        let groups = Set(spoken.map(\.meaning.group))
        if !groups.isDisjoint(with: [.automatic, .gone, .ticket, .challenge]) { return true }
        return groups.contains(.away) && (!groups.isDisjoint(with: [.thanks, .contact]) || !subject.isEmpty)
    }

    /// The phrase an automatic answer's subject begins with, and whether it is all of it or stands before a colon.
    private static func opening(_ subject: String, _ hits: Hits) -> (phrase: String, isWhole: Bool)? {
        guard let hit = hits.first(where: { $0.range.lowerBound < 4 && $0.meaning.group.opensSubject }) else {
            return nil
        }
        let rest = FoldedText(subject).bytes[hit.range.upperBound...].drop { $0 == 32 }
        return (hit.phrase, rest.isEmpty || rest.starts(with: ":".utf8) || rest.starts(with: "：".utf8))
    }

    /// Words alone are evidence only together: away, and thanks for mail or somebody else to ask, in a message that
    /// quotes nothing. A person may well mention holidays.
    private static func inWords(_ header: HeaderFields, _ spoken: Hits, _ reply: ReplyText) -> String? {
        let groups = Set(spoken.map(\.meaning.group))
        guard
            !groups.isDisjoint(with: [.automatic, .away, .gone, .ticket, .challenge])
        else { return nil }
        if ["bulk", "auto_reply", "junk"].contains(header["precedence"]?.lowercased() ?? "") {
            return "Precedence, and the text is an away notice's"
        }
        guard !reply.hasAttribution, !reply.new.contains("?"), !header.has("list-id") else { return nil }
        if groups.contains(.automatic), groups.count > 1 { return "the text says that it is automatic" }
        let isNotice = !groups.isDisjoint(with: [.away, .gone, .ticket]) && groups.isSuperset(of: [.thanks, .contact])
        return isNotice ? "the text is an away notice's" : nil
    }

    /// Fields that only answering machines set, and some that need an answer's shape beside them.
    private static func vendorField(_ header: HeaderFields, _ isAnswerOrSpeaks: Bool) -> String? {
        for field in header.fields {
            if certainFields.contains(field.name), field.value.lowercased() != "no" { return "the field \(field.name)" }
            let value = field.value.lowercased()
            switch field.name {
            case "precedence", "x-precedence", "preference":
                if value == "auto_reply" || value == "auto-reply" { return "\(field.name): \(value)" }
            case "x-fc-machinegenerated": if value == "true" { return field.name }
            case "x-apple-action": if value.contains("vacation") { return field.name }
            case "x-post-messageclass": if value.contains("autoresponder") { return field.name }
            case "delivered-to": if value.contains("autoresponder") { return "Delivered-To: Autoresponder" }
            case "x-ms-exchange-generated-message-source":
                if value.contains("mailbox rules agent"), isAnswerOrSpeaks { return field.name }
            case "x-mailer", "user-agent":
                if ["vacation", "autorespond", "goldmine autoresponder"].contains(where: value.contains) {
                    return field.value
                }
            default: if ticketFields.contains(field.name), isAnswerOrSpeaks { return "the field \(field.name)" }
            }
        }
        return nil
    }

    private static let certainFields: Set<String> = [
        "x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-autoreply-from", "x-auto-reply-from",
        "x-mail-autoreply", "x-autogenerated", "x-vacation", "x-out-of-office", "auto-response", "x-autoreply-domain",
        "x-ebay-mailtracker-autoreply", "x-sieve-vacation", "x-cron-autoreply", "x-auto-reply-loop",
    ]

    private static let ticketFields: Set<String> = [
        "x-otrs-loop", "x-rt-loop-prevention", "rt-ticket", "x-zendesk-from-account-id", "x-zammad-ticket-id",
        "x-freshdesk-ticket-id", "x-helpscout-origin", "x-osticket-reference", "x-servicenow-generated",
        "x-servicenow-source", "x-znuny-loop", "x-kayako-autoreply", "x-jira-fingerprint",
    ]

    private static func isNullSender(_ header: HeaderFields) -> Bool {
        (header["return-path"] ?? "?").filter { $0 != " " } == "<>"
    }

    private static func reason(_ hits: Hits, _ header: HeaderFields) -> String {
        let groups = Set(hits.map(\.meaning.group))
        if groups.contains(.gone) { return "gone" }
        if groups.contains(.challenge) { return "challenge" }
        if groups.contains(.away) { return "away" }
        if groups.contains(.ticket) || ticketFields.contains(where: header.has) { return "ticket" }
        return groups.contains(.subject) ? "away" : "automatic"
    }
}
