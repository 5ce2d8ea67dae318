package import CivilTime
package import MIME

/// What a message is, by itself: RFC 3464, RFC 5965, RFC 8098, RFC 6047, RFC 3834, and the words of people.
///
/// `received` is the day the message came, on the mailbox's clock, for dates without a year; without it the message's
/// own Date field is taken. Whose message it is, `understand` tells.
package func classify(_ message: ParsedMessage, received: LocalDate? = nil) -> Classification {
    let plain = ReportOrigin.text(of: message)
    let reply = ReplyText(plain)
    let day = received ?? MessageDate.day(of: message.header["date"] ?? "")
    var result =
        Bounce.read(message) ?? Complaint.read(message) ?? Receipt.read(message) ?? Invitation.read(message)
        ?? AwayNotice.read(message, text: plain, reply: reply, on: day) ?? PersonalMail.read(message, reply)
    result.namedMessageIDs = NamedIDs.of(message)
    return result
}
