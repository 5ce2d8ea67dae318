package import MIME

/// What a message is and whose, put together.
package struct Understanding<Sent: Sendable>: Sendable {
    /// What it is; a person's message that continues our thread is a reply whatever its subject.
    package var classification: Classification
    /// Whose it is.
    package var match: Match<Sent>
}

/// Understands a classified message with what the ledger knows.
///
/// - Throws: whatever the questions throw.
package func understand<Sent, Failure: Error>(
    _ message: ParsedMessage, _ classification: Classification, _ known: Correspondence<Sent, Failure>
) throws(Failure) -> Understanding<Sent> {
    let match = try Matcher(message: message, result: classification, known: known).match()
    var settled = classification
    if case .strong(_, by: .token) = match, classification.kind == .other || classification.kind == .reply,
        OptOutLink.isAmong(message)
    {
        settled.kind = .unsubscribe
        settled.reason = "mailto"
        settled.why.append("sent by an opt-out link of ours")
    }
    if settled.kind == .other, settled.reason.isEmpty, !BulkMail.isBulk(message.header) {
        switch match {
        case .strong, .colleague:
            settled.kind = .reply
            settled.why.append("from somebody we wrote to")
        case .weak:
            settled.kind = .reply
            settled.why.append("perhaps an answer: from somebody we wrote to")
        case .ours, .nobody: break
        }
    }
    return Understanding(classification: settled, match: match)
}

/// The addresses and subjects that List-Unsubscribe offers (RFC 2369): whoever writes so wants out, whatever the text.
private enum OptOutLink {
    static func isAmong(_ message: ParsedMessage) -> Bool {
        let subject = (message.header["subject"] ?? "").lowercased()
        if subject.split(separator: " ").contains("unsubscribe") { return true }
        return ["to", "delivered-to", "x-original-to"].contains { name in
            message.header.all(name).contains { field in Addresses.all(in: field).contains(where: isOne) }
        }
    }

    private static func isOne(_ address: String) -> Bool {
        ["unsubscribe", "unsub+", "optout", "opt-out"].contains { address.hasPrefix($0) || address.contains("+\($0)") }
    }
}
