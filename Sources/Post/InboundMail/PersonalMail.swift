import MIME

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
        // Trackers and forums thread what they send to everybody; a person who answers through a list has a name.
        if BulkMail.isBulk(header), BulkMail.isFromService(header) { return nil }
        if isThreaded { return "In-Reply-To or References" }
        guard reply.hasAttribution, !reply.new.isEmpty, !header.has("list-unsubscribe") else { return nil }
        return ReplySubject.isReply(subject) ? "the subject of an answer, and a quote" : "a quote with its attribution"
    }
}
