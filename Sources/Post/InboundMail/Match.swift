package import MIME

/// What the ledger can be asked, so that matching a message needs no ledger.
///
/// `Sent` is whatever the caller knows a sent message and its person by.
package struct Correspondence<Sent: Sendable, Failure: Error> {
    /// Our own addresses, lower case: mailboxes and what they answer to.
    package var ours: Set<String>
    /// The message we sent under an id, angle brackets left out.
    package var sent: (String) throws(Failure) -> Sent?
    /// The message a provider took under an id of its own, as its 250 reply named it.
    package var sentByProviderID: (String) throws(Failure) -> Sent?
    /// The message a signed token in an address stands for; `nil` for a forged one.
    package var token: (String) throws(Failure) -> Sent?
    /// The last message sent to the person of an address or of an alias known for them.
    package var person: (String) throws(Failure) -> Sent?
    /// The last message sent to anybody at a registrable domain.
    package var company: (String) throws(Failure) -> Sent?

    package init(
        ours: Set<String>, sent: @escaping (String) throws(Failure) -> Sent?,
        sentByProviderID: @escaping (String) throws(Failure) -> Sent?,
        token: @escaping (String) throws(Failure) -> Sent?, person: @escaping (String) throws(Failure) -> Sent?,
        company: @escaping (String) throws(Failure) -> Sent?
    ) {
        self.ours = ours
        self.sent = sent
        self.sentByProviderID = sentByProviderID
        self.token = token
        self.person = person
        self.company = company
    }
}

/// Whose message it is, and how well that is known.
package enum Match<Sent: Sendable>: Sendable {
    /// Known for certain: it may decide, and a bounce of it may suppress.
    case strong(Sent, by: Evidence)
    /// Likely: it pauses and asks.
    case weak(Sent, by: Evidence)
    /// From somebody else of the same company.
    case colleague(Sent, domain: String)
    /// Written by ourselves: a copy in Sent, a Bcc, what a list sent back; with the addresses it went to.
    case ours(to: [String])
    /// Of nobody we wrote to.
    case nobody

    /// What connects a message with one of ours.
    package enum Evidence: String, Sendable {
        case token, thread, providerID = "provider-id", embedded, quoted, sender, recipient
    }

    /// The message of ours it is about, if any.
    package var sent: Sent? {
        switch self {
        case .strong(let sent, _), .weak(let sent, _), .colleague(let sent, _): sent
        case .ours, .nobody: nil
        }
    }
}

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
        OptOutAddress.isAmong(message)
    {
        settled.kind = .unsubscribe
        settled.reason = "mailto"
        settled.why.append("sent to an opt-out address")
    }
    if settled.kind == .other, settled.reason.isEmpty, !BulkMail.isBulk(message.header) {
        switch match {
        case .strong, .colleague:
            settled.kind = .reply
            settled.why.append("from somebody we wrote to")
        case .weak, .ours, .nobody: break
        }
    }
    return Understanding(classification: settled, match: match)
}

/// Asks the questions in the order of what their answers prove.
private struct Matcher<Sent: Sendable, Failure: Error> {
    let message: ParsedMessage
    let result: Classification
    let known: Correspondence<Sent, Failure>

    func match() throws(Failure) -> Match<Sent> {
        if let copy = try ownCopy() { return copy }
        if let sent = try byToken() { return .strong(sent, by: .token) }
        if let (sent, evidence) = try byID() { return .strong(sent, by: evidence) }
        return isReport ? try byRecipient() : try bySender()
    }

    /// Bounces and complaints come from machines: their sender proves nothing, and anybody can forge one.
    private var isReport: Bool { result.kind == .bounce || result.kind == .arf || !result.failures.isEmpty }

    private var sender: [String] {
        ["from", "reply-to", "sender"].flatMap { message.header.all($0).flatMap { Addresses.all(in: $0) } }
    }

    private var readers: [String] {
        ["to", "cc", "bcc"].flatMap { message.header.all($0).flatMap { Addresses.all(in: $0) } }
    }

    /// A message of ours that came back to us: by its sender, or by an id that we gave.
    private func ownCopy() throws(Failure) -> Match<Sent>? {
        if let from = Addresses.first(in: message.header["from"] ?? ""), known.ours.contains(from), !isReport {
            return .ours(to: readers)
        }
        for id in message.header.messageIDs("message-id") where try known.sent(id) != nil { return .ours(to: readers) }
        return nil
    }

    /// A token stands after a plus sign in an address the message went to.
    private func byToken() throws(Failure) -> Sent? {
        let fields = ["delivered-to", "x-original-to", "envelope-to", "to", "cc", "x-delivered-to"]
        for address in fields.flatMap({ message.header.all($0).flatMap { Addresses.allAsWritten(in: $0) } }) {
            guard let plus = address.localPart.firstIndex(of: "+") else { continue }
            // `ana+TOKEN@`, `unsubscribe+TOKEN@`, `ana+unsubscribe+TOKEN@`: any piece may be the token.
            let rest = address.localPart[address.index(after: plus)...]
            for token in [rest] + rest.split(separator: "+") where !token.isEmpty {
                if let sent = try known.token(String(token)) { return sent }
            }
        }
        return nil
    }

    private func byID() throws(Failure) -> (Sent, Match<Sent>.Evidence)? {
        let thread = Set(message.header.messageIDs("in-reply-to") + message.header.messageIDs("references"))
        let embedded = Set(message.embedded.flatMap { $0.messageIDs("message-id") + $0.messageIDs("references") })
        for id in result.namedMessageIDs {
            let evidence: Match<Sent>.Evidence =
                thread.contains(id) ? .thread : embedded.contains(id) ? .embedded : .quoted
            if let sent = try known.sent(id) { return (sent, evidence) }
            // A provider that replaces ids keeps its own as the id's left side.
            for name in [id, String(id.localPart)] {
                if let sent = try known.sentByProviderID(name) { return (sent, .providerID) }
            }
        }
        return nil
    }

    private func byRecipient() throws(Failure) -> Match<Sent> {
        for failure in result.failures {
            if let sent = try known.person(failure.recipient) { return .weak(sent, by: .recipient) }
        }
        return .nobody
    }

    private func bySender() throws(Failure) -> Match<Sent> {
        for address in sender {
            guard let sent = try known.person(address) else { continue }
            return result.kind == .other ? .weak(sent, by: .sender) : .strong(sent, by: .sender)
        }
        guard result.kind != .other, !BulkMail.isBulk(message.header) else { return .nobody }
        for address in sender {
            guard let domain = address.split(separator: "@").last.map(String.init), !MailDomain.isFreeMail(domain),
                let company = MailDomain.registrable(domain), let sent = try known.company(company)
            else { continue }
            return .colleague(sent, domain: company)
        }
        return .nobody
    }
}

/// The addresses that List-Unsubscribe offers (RFC 2369): whoever writes there wants out, whatever the text.
private enum OptOutAddress {
    static func isAmong(_ message: ParsedMessage) -> Bool {
        ["to", "delivered-to", "x-original-to"].contains { name in
            message.header.all(name).contains { field in Addresses.all(in: field).contains(where: isOne) }
        }
    }

    private static func isOne(_ address: String) -> Bool {
        ["unsubscribe", "unsub+", "optout", "opt-out"].contains { address.hasPrefix($0) || address.contains("+\($0)") }
    }
}

/// Mail to many.
enum BulkMail {
    /// Whether a header says that the message went to a list or to subscribers.
    static func isBulk(_ header: HeaderFields) -> Bool { header.has("list-unsubscribe") || header.has("list-id") }
}
