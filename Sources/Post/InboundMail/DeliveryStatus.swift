import MIME

/// Reads the machine's part of a delivery report (RFC 3464).
enum DeliveryStatus {
    /// What the recipient groups say; `nil` where there are none.
    static func read(_ message: ParsedMessage, _ text: BounceText, _ origin: ReportOrigin) -> Classification? {
        let groups = Array(recipientGroups(message, text, origin).prefix(BounceRecipients.most))
        guard !groups.isEmpty else { return nil }
        let actions = groups.map { action($0, text) }
        let failed = zip(groups, actions).filter { $0.1 == "failed" }.map(\.0)
        if failed.isEmpty {
            let reason = actions.contains("delayed") ? "delayed" : "delivered"
            var quiet = Classification(.other, reason: reason, why: ["delivery status: no recipient failed"])
            quiet.failures = groups.compactMap { failure($0, text, isOnly: groups.count == 1) }
            return quiet
        }
        if let challenge = challenge(message, text) { return challenge }
        var bounce = Classification(.bounce, why: ["delivery status: action failed"])
        bounce.failures = merged(failed.compactMap { failure($0, text, isOnly: failed.count == 1) })
        return bounce
    }

    /// Groups about a recipient, from report parts, or from a text that shows the fields itself.
    private static func recipientGroups(
        _ message: ParsedMessage, _ text: BounceText, _ origin: ReportOrigin
    ) -> [HeaderFields] {
        let isRecipient = { (group: HeaderFields) in group.has("final-recipient") || group.has("original-recipient") }
        let groups = message.deliveryStatus.flatMap(separated).filter(isRecipient)
        if !groups.isEmpty { return groups }
        // A person may paste a report; only a machine's own words are one.
        guard origin.isMachine, message.contentType.parameters["report-type"] != "disposition-notification" else {
            return []
        }
        let shown = text.lines.joinedText
        let mentionsFields = PhraseTable<Bool>.reportFields.first(in: text.folded) != nil
        return mentionsFields ? FieldGroups.read(shown).filter { isRecipient($0) && $0.has("action") } : []
    }

    /// QUIRK: AOL's groups follow each other without an empty line; a second Final-Recipient begins the next one.
    private static func separated(_ group: HeaderFields) -> [HeaderFields] {
        var groups: [HeaderFields] = []
        var current: [HeaderField] = []
        for field in group.fields {
            if field.name == "final-recipient", current.contains(where: { $0.name == "final-recipient" }) {
                groups.append(HeaderFields(current))
                current = []
            }
            current.append(field)
        }
        return groups + [HeaderFields(current)]
    }

    /// `failed`, `delayed`, or another; an absent or odd action is judged by the status (RFC 3464, section 2.3.3).
    private static func action(_ group: HeaderFields, _ text: BounceText) -> String {
        let named = (group["action"] ?? "").lowercased().prefix { $0.isLetter }
        switch named {
        // QUIRK: OpenSMTPD 6.8 calls a message delayed that it has given up.
        case "delayed" where BounceMarks.finals.first(in: text.folded) != nil: return "failed"
        case "delayed", "delivered", "relayed", "expanded": return String(named)
        default:
            let status = group["status"] ?? ""
            return status.hasPrefix("2") ? "delivered" : "failed"
        }
    }

    private static func failure(_ group: HeaderFields, _ text: BounceText, isOnly: Bool) -> Failure? {
        let final = address(group["final-recipient"])
        let original = address(group["original-recipient"])
        guard let recipient = original ?? final ?? Addresses.first(in: group["x-actual-recipient"] ?? "") else {
            return nil
        }
        var diagnostic = FieldValue.untyped(group["diagnostic-code"] ?? "")
        if diagnostic.isEmpty, isOnly { diagnostic = String(decoding: text.folded.bytes.prefix(2_000), as: UTF8.self) }
        let status = refined(group["status"].flatMap(StatusCode.first), by: diagnostic)
        let context = isOnly ? String(decoding: text.folded.bytes.prefix(4_000), as: UTF8.self) : ""
        let failure = Failure.judged(
            recipient: recipient, final: final == recipient ? nil : final, status: status, diagnostic: diagnostic,
            context: context)
        return failure.doubted(by: context)
    }

    /// The status field, or the server's own code in the diagnostic where the field is general or only says "expired".
    static func refined(_ status: String?, by diagnostic: String) -> String? {
        let said = StatusCode.enhanced(in: Array(diagnostic.utf8)).map(\.code)
        guard let precise = said.first(where: { !StatusCode.isGeneric($0) }) else { return status ?? said.first }
        guard let status else { return precise }
        let isVague = StatusCode.isGeneric(status) || status == "4.4.7" || status == "5.4.7"
        return isVague ? said.last { !StatusCode.isGeneric($0) } ?? precise : status
    }

    /// `rfc822; <ann@example.com>` without its type and brackets; X.400 names and programs are none.
    private static func address(_ field: String?) -> String? {
        field.map(FieldValue.untyped).flatMap { Addresses.first(in: $0) }
    }

    /// One failure an address: the first, with the most precise status.
    private static func merged(_ failures: [Failure]) -> [Failure] {
        var kept: [Failure] = []
        for failure in failures {
            if let index = kept.firstIndex(where: { $0.recipient == failure.recipient }) {
                if kept[index].status.map(StatusCode.isGeneric) ?? true { kept[index] = failure }
            } else {
                kept.append(failure)
            }
        }
        return kept
    }

    private static func challenge(_ message: ParsedMessage, _ text: BounceText) -> Classification? {
        let hits = BounceMarks.announcements.hits(in: text.folded)
        guard let hit = hits.first(where: { $0.meaning == .challenge }) else { return nil }
        guard !message.deliveryStatus.contains(where: { $0["diagnostic-code"] != nil }) else { return nil }
        return Classification(.autoReply, reason: "challenge", why: ["the text says \"\(hit.phrase)\""])
    }
}

extension PhraseTable<Bool> {
    /// Names of report fields that some mailers show in the text alone.
    fileprivate static let reportFields = PhraseTable<Bool>(
        ["final-recipient:", "original-recipient:"].map { ($0, true) })
}
