package import CivilTime
package import Digest
package import Mail
package import Messages
package import MIME
package import Outreach
package import Planning

/// Turns a draft and its rendered text into the octets that go to the server.
///
/// The same draft at the same Date always gives the same octets, so that a retry goes out under the same Message-ID
/// with the same text.
package struct EmailComposition: Sendable {
    private let signer: TokenSigner
    /// What is the same for all messages of a mailbox, by its name.
    private let senders: [String: Sender]
    /// People's ways out.
    package let optOuts: OptOuts

    /// `signer` has the ledger's own key.
    package init(model: Model, signer: TokenSigner) {
        self.signer = signer
        senders = model.mailboxes.mapValues(Sender.init)
        optOuts = OptOuts(model.settings, signer)
    }

    private struct Sender {
        let name: String
        let address: Result<EmailAddress, AddressError>
        let zone: Zone
        /// A `mailto:` address for opting out, up to the token.
        let mailto: String

        init(_ mailbox: Mailbox) {
            name = mailbox.fromName
            address = Result { () throws(AddressError) in try EmailAddress(mailbox.fromAddress) }
            zone = mailbox.timezone
            mailto = "mailto:\(mailbox.fromAddress)?subject=unsubscribe%20"
        }
    }

    /// A message that is checked: nothing that is left to do for it can fail.
    package struct Envelope: Sendable {
        private let checked: CheckedMessage

        fileprivate init(_ checked: CheckedMessage) { self.checked = checked }

        /// The envelope's sender, where bounces go.
        package var from: EmailAddress { checked.message.from.address }
        /// The one recipient.
        package var to: EmailAddress { checked.message.to.address }
        /// Without angle brackets.
        package var messageID: String { checked.message.messageID }
        /// Its Date, and the instant that its texts are of.
        package var date: Instant { checked.message.date }
        /// As the reader sees it, not encoded.
        package var subject: String { checked.message.subject }

        /// Writes the message down: the same envelope always gives the same octets, on any thread.
        package func sealed() -> Sealed {
            let octets = checked.encoded()
            return Sealed(
                message: WireMessage(from: from, to: to, octets: octets), sha256: SHA256.hash(octets).hex)
        }
    }

    /// A message that is ready for its intent.
    package struct Sealed: Sendable {
        /// Envelope and octets.
        package let message: WireMessage
        /// Of the octets, 64 hex digits.
        package let sha256: String
    }

    /// Composes all that can fail; the Date of a message that was deferred stays.
    ///
    /// - Parameter optOut: the person's ways out, those that the text was rendered with.
    /// - Throws: a hold, where an address or a header value can't be written.
    package func compose(
        _ draft: Draft, _ rendered: Rendered, _ optOut: OptOut?, now: Instant
    ) throws(CompositionHold) -> Envelope {
        let person = draft.history.person
        let sender = try sender(of: draft)
        let to = NamedAddress(name: person.fullName, address: try address(person.email ?? "", "person's"))
        let subject = rendered.subject ?? draft.thread.last?.subject.map(answering) ?? ""
        var message = try message(
            rendered, from: sender, to: to, subject: subject, identity: identity(of: draft),
            date: draft.deferred?.date ?? now)
        message.inReplyTo = draft.thread.last?.messageID
        message.references = draft.thread.map(\.messageID)
        message.unsubscribe = optOut.map {
            OutboundMessage.Unsubscribe(mailto: optOuts.byMail ? sender.mailto + $0.token : nil, url: $0.url)
        }
        return try envelope(message)
    }

    /// Composes the same message for one of us to look at: marked, in no thread, and with nothing in it that would act
    /// for the person; a reply to it is nobody's.
    ///
    /// - Throws: a hold, where an address or a header value can't be written.
    package func test(
        _ draft: Draft, _ rendered: Rendered, to recipient: String, now: Instant
    ) throws(CompositionHold) -> Envelope {
        let to = NamedAddress(name: nil, address: try address(recipient, "test's"))
        let subject = rendered.subject ?? draft.thread.last?.subject.map(answering) ?? ""
        let identity = signer.name([identity(of: draft), recipient, now.description], purpose: "test")
        var message = try message(
            rendered, from: try sender(of: draft), to: to, subject: "[test] \(subject)", identity: "test-\(identity)",
            date: now)
        message.fields = [
            OutboundMessage.Field(name: "X-Stoke-Test", value: "\(draft.sequence)/\(draft.step.id)"),
            OutboundMessage.Field(name: "Auto-Submitted", value: "auto-generated"),
        ]
        return try envelope(message)
    }

    private func sender(of draft: Draft) throws(CompositionHold) -> Sender {
        guard let sender = senders[draft.mailbox] else {
            throw CompositionHold(Hold(.noMailbox, "mailbox \(draft.mailbox) is gone"))
        }
        return sender
    }

    private func message(
        _ rendered: Rendered, from sender: Sender, to: NamedAddress, subject: String, identity: String, date: Instant
    ) throws(CompositionHold) -> OutboundMessage {
        let from = NamedAddress(name: sender.name, address: try address(sender.address, "sender's"))
        return OutboundMessage(
            from: from, to: to, subject: subject, text: rendered.text, html: rendered.html,
            messageID: "\(identity).stoke@\(from.address.domain)", date: date,
            utcOffset: sender.zone.offset(at: date).seconds / 60 * 60, boundary: identity)
    }

    private func identity(of draft: Draft) -> String {
        signer.name(
            [
                draft.history.person.key, draft.sequence, String(draft.enrollment.round), draft.step.id,
            ], purpose: "message-id")
    }

    private func answering(_ subject: String) -> String {
        subject.lowercased().hasPrefix("re:") ? subject : "Re: \(subject)"
    }

    private func address(_ text: String, _ whose: String) throws(CompositionHold) -> EmailAddress {
        try address(Result { () throws(AddressError) in try EmailAddress(text) }, whose)
    }

    private func address(
        _ result: Result<EmailAddress, AddressError>, _ whose: String
    ) throws(CompositionHold) -> EmailAddress {
        switch result {
        case .success(let address): return address
        case .failure(let error):
            throw CompositionHold(Hold(.invalidAddress, "the \(whose) address can't be written to: \(error)"))
        }
    }

    private func envelope(_ message: OutboundMessage) throws(CompositionHold) -> Envelope {
        do {
            return Envelope(try message.checked())
        } catch {
            let reasons = error.problems.map(\.reason).joined(separator: "; ")
            throw CompositionHold(Hold(.templateFailed, reasons))
        }
    }
}

/// Why a draft can't become a message.
package struct CompositionHold: Error, Sendable, Hashable {
    /// The reason, as it is shown.
    package var hold: Hold

    package init(_ hold: Hold) { self.hold = hold }
}

extension Person {
    /// First and last name for a To header; `nil` where neither is known.
    fileprivate var fullName: String? {
        let name = displayName
        return name == email || name == key ? nil : name
    }
}
