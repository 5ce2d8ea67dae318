import MIME

/// Asks the questions in the order of what their answers prove.
struct Matcher<Sent: Sendable, Failure: Error> {
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
        // `mailto:ana@...?subject=unsubscribe%20TOKEN`
        for word in (message.header["subject"] ?? "").split(separator: " ").suffix(8) where word.utf8.count >= 8 {
            if let sent = try known.token(String(word)) { return sent }
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
