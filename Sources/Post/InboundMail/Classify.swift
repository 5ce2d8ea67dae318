package import CivilTime
package import MIME

/// What a message is, by itself: RFC 3464, RFC 5965, RFC 8098, RFC 6047, RFC 3834, and the words of people.
///
/// `received` is the day the message came, on the mailbox's clock, for dates without a year; without it the message's
/// own Date field is taken. Whose message it is, `matched` tells.
package func classify(_ message: ParsedMessage, received: LocalDate? = nil) -> Classification {
    let plain = ReportOrigin.text(of: message)
    let reply = ReplyText(plain)
    let day = received ?? MessageDate.day(of: message.header["date"] ?? "")
    var result =
        Bounce.read(message) ?? Complaint.read(message) ?? Receipt.read(message) ?? Invitation.read(message)
        ?? AwayNotice.read(message, text: plain, reply: reply, on: day) ?? PersonalMail.read(message, reply)
    result.namedMessageIDs = NamedIDs.of(message, quoted: reply.quoted)
    return result
}

/// Read receipts (RFC 8098).
enum Receipt {
    static func read(_ message: ParsedMessage) -> Classification? {
        let type = message.contentType.parameters["report-type"]?.lowercased()
        guard message.dispositionNotification != nil || type == "disposition-notification" else { return nil }
        let disposition = FoldedText(message.dispositionNotification?["disposition"] ?? "")
        let text = String(decoding: disposition.bytes, as: UTF8.self)
        let words = ["displayed", "deleted", "dispatched", "processed", "denied", "failed"]
        let reason = words.first { text.contains($0) } ?? "displayed"
        return Classification(.receipt, reason: reason, why: ["a disposition notification"])
    }
}

/// Calendar messages (RFC 5546 by mail, RFC 6047).
enum Invitation {
    static func read(_ message: ParsedMessage) -> Classification? {
        guard let event = message.calendars.first(where: { methods.contains($0.method) }) else { return nil }
        let from = Addresses.first(in: message.header["from"] ?? "")
        let attendee =
            event.attendees.first { $0.address.lowercased() == from }
            ?? (event.attendees.count == 1 ? event.attendees.first : nil)
        let answer = event.method == "REPLY" || event.method == "COUNTER" ? attendee?.participation ?? "" : ""
        var calendar = Classification(
            .calendar, reason: (answer.isEmpty ? event.method : answer).lowercased(),
            why: ["a calendar \(event.method)"])
        calendar.meeting = Meeting(
            method: event.method, uid: event.uid, participation: answer,
            isOn: event.method == "REQUEST" || event.method == "REPLY" && answer == "ACCEPTED")
        return calendar
    }

    private static let methods: Set<String> = [
        "REQUEST", "REPLY", "COUNTER", "DECLINECOUNTER", "CANCEL", "ADD", "REFRESH",
    ]
}

/// What people write: an opt-out, an answer, or something else.
enum PersonalMail {
    static func read(_ message: ParsedMessage, _ reply: ReplyText) -> Classification {
        let header = message.header
        let subject = header["subject"] ?? ""
        var result: Classification
        if let words = OptOut.request(in: reply.new, subject: subject), !BulkMail.isBulk(header) {
            // Newsletters tell how to unsubscribe; they do not ask for it.
            result = Classification(.unsubscribe, reason: "typed", why: ["the new text says \"\(words)\""])
        } else if let evidence = replyEvidence(header, subject, reply) {
            result = Classification(.reply, why: [evidence])
            result.sentimentGuess = SentimentGuess.of(reply.new)
        } else {
            result = Classification(.other, why: ["no sign of an answer"])
        }
        result.newText = reply.new
        return result
    }

    private static func replyEvidence(_ header: HeaderFields, _ subject: String, _ reply: ReplyText) -> String? {
        let isThreaded = !(header.messageIDs("in-reply-to") + header.messageIDs("references")).isEmpty
        if ReplySubject.isForward(subject) { return nil }
        if isThreaded { return "In-Reply-To or References" }
        guard reply.hasAttribution, !reply.new.isEmpty, !header.has("list-unsubscribe") else { return nil }
        return ReplySubject.isReply(subject) ? "the subject of an answer, and a quote" : "a quote with its attribution"
    }
}

/// The message ids a message names, in the order in which they are worth asking for.
enum NamedIDs {
    static func of(_ message: ParsedMessage, quoted: String) -> [String] {
        var ids = message.header.messageIDs("in-reply-to")
        ids += message.header.messageIDs("references").reversed()
        for embedded in message.embedded { ids += embedded.messageIDs("message-id") }
        ids += message.deliveryStatus.flatMap { $0.messageIDs("x-original-message-id") }
        ids += message.feedbackReport?.messageIDs("original-message-id") ?? []
        ids += message.dispositionNotification?.messageIDs("original-message-id") ?? []
        for part in message.parts where part.contentType.isText {
            // Reports in plain words return our header as text.
            ids += MessageIDs.inText(String((part.text ?? "").prefix(65_536))).filter { !isAddress($0) }
        }
        var seen: Set<String> = []
        return ids.filter { seen.insert($0).inserted }.prefix(200).map { $0 }
    }

    /// `<ann@example.com>` in a text is an address as likely as an id; ids of ours are long.
    private static func isAddress(_ id: String) -> Bool { id.localPart.utf8.count < 12 }
}

/// The day in a Date field (RFC 5322, section 3.3), as its writer's clock had it.
enum MessageDate {
    static func day(of field: String) -> LocalDate? {
        let tokens = DateToken.tokens(of: FoldedText(field))
        for start in tokens.indices {
            var scan = DateScan(tokens: tokens, at: start)
            if let parts = scan.dayMonthName(), let year = parts.year {
                return LocalDate(year: year, month: parts.month, day: parts.day)
            }
        }
        return nil
    }
}
