import Interchange
package import Mail
package import Outreach

/// A failure in four answers: what happened, whose fault it is, what was done about it, what somebody can do.
///
/// The one place where failed deliveries are worded. No address, no subject and no text stands in it: it goes to logs.
package struct FailureText: Sendable, Hashable {
    /// In lower case, without a full stop, as all of them.
    package var what: String
    /// Whose fault it is.
    package var fault: String
    /// What Stoke did about it.
    package var done: String
    package var next: String

    package init(what: String, fault: String, done: String, next: String) {
        self.what = what
        self.fault = fault
        self.done = done
        self.next = next
    }
}

// MARK: Single messages

extension FailureText {
    /// Of `count` messages with the same end; `nil` where nothing failed.
    package init?(_ kind: Verdict.Kind, count: Int, retryFor: Int) {
        let mails = Numbers.counted(count, "mail")
        let place = kind.phase.map { " \($0.words)" } ?? ""
        let what = kind.code.map { "\(mails) refused\(place) with \($0)" } ?? "\(mails) failed\(place): \(kind.words)"
        switch kind.state {
        case .unknown:
            self.init(
                what: "\(mails) may have arrived or not: \(kind.words) after the final dot",
                fault: "nobody's: the line or the server failed in the one moment that SMTP can't see through",
                done: "never sent again by itself; the person's follow-ups wait",
                next: "stoke resolve lists them; look into the Sent folder, or ask the server's log")
        case .rejected where kind.isExhausted:
            self.init(
                what: "\(what), again and again", fault: FailureText.whose(kind.fault),
                done: "given up after retry_for (\(FailureText.span(retryFor))); the person's sequence is held",
                next: "stoke tasks shows who; stoke release PERSON --send tries anew, --skip goes on without it")
        case .rejected: self.init(rejected: kind, what)
        case .deferred: self.init(deferred: kind, what, retryFor)
        default: return nil
        }
    }

    private init(rejected kind: Verdict.Kind, _ what: String) {
        switch kind.fault {
        case .recipient where kind.isDeadAddress:
            self.init(
                what: what, fault: "the address takes no mail, and its server says so for good",
                done: "the person's sequences ended, and the address is suppressed",
                next: "nothing, unless you know a better address: then import it")
        case .recipient:
            self.init(
                what: what, fault: "the recipient's server does not take mail for this address",
                done: "the person's sequences ended; the address is not suppressed",
                next: "stoke explain PERSON has its words; stoke resume PERSON lets them go on")
        case .policy:
            self.init(
                what: what, fault: "a policy of the receiving side: reputation, content or relaying",
                done: "the person's sequence is held; three such domains pause the sequence",
                next: "check SPF, DKIM, DMARC and the text; stoke tasks shows who, stoke release PERSON lets go")
        default:
            self.init(
                what: what, fault: "the message itself: its size, its form or its text",
                done: "the person's sequence is held",
                next: "mend the template and stoke apply; stoke tasks shows who, stoke release PERSON lets go")
        }
    }

    private init(deferred kind: Verdict.Kind, _ what: String, _ retryFor: Int) {
        let again = "tried again later, for \(FailureText.span(retryFor)) at most (retry_for)"
        switch kind.fault {
        case .none:
            self.init(
                what: what, fault: "nobody's", done: "nothing of them left; the next run sends them", next: "nothing")
        case .network:
            self.init(
                what: what, fault: "the line or the server; nothing was delivered", done: again,
                next: "nothing, unless it goes on: then stoke doctor")
        default:
            self.init(
                what: what, fault: FailureText.whose(kind.fault), done: again, next: "nothing; many servers ask to wait"
            )
        }
    }

    private static func whose(_ fault: Fault) -> String {
        switch fault {
        case .none: "nobody's"
        case .mailbox: "the mailbox's server or account; no message and no person is charged"
        case .sender: "the sender's address or account; no person is charged"
        case .recipient: "the recipient's side"
        case .message: "the message itself, or the server's room for it"
        case .policy: "a policy of the receiving side"
        case .network: "the line or the server"
        }
    }

    /// Bounces say nothing of the server, and much of where the addresses came from.
    private static let list =
        "the list's: too many of its addresses take no mail, and servers hold that against the mailbox"

    private static func span(_ seconds: Int) -> String {
        for (unit, size) in [("d", 86_400), ("h", 3600), ("m", 60)] where seconds >= size && seconds % size == 0 {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }
}

// MARK: Whole mailboxes

extension FailureText {
    /// Of sent mails that have no copy in the mailbox's Sent folder.
    package init(uncopied mailbox: String, count: Int, reason: String) {
        self.init(
            what:
                "\(Numbers.counted(count, "sent mail has", "sent mails have")) no copy in \(mailbox)'s Sent folder: \(reason)",
            fault: "the IMAP account or its server; the mails themselves were sent",
            done: "nothing more: no mail goes out again for the sake of a copy",
            next: "mend `imap:`, or say `sent_copy: none`")
    }

    /// Of a sequence that policies refuse.
    package init(paused sequence: String, reason: String) {
        self.init(
            what: "sequence \(sequence) stopped: \(reason)",
            fault: "the text's or the sender's standing with those servers, not the addresses'",
            done: "it is paused; its mails wait, and nobody is suppressed",
            next: "check SPF, DKIM, DMARC and the text, then: stoke resume \(sequence)")
    }

    /// Of a mailbox whose incoming mail could not be read.
    package init(unread mailbox: String, reason: String) {
        self.init(
            what: "mailbox \(mailbox) could not be read: \(reason)",
            fault: "the place that its mail comes in to; nothing there was changed",
            done: "its follow-ups wait, for somebody may have answered; new people get their first mail",
            next: "nothing, if it passes; else mend `imap:`, `user:` or the password; stoke doctor asks there")
    }

    /// Of mails that a run left to a newer one.
    package init(overtaken count: Int) {
        self.init(
            what:
                "another run began while this one worked, so \(Numbers.counted(count, "mail was", "mails were")) left to it",
            fault: "the machine's: a lock on .stoke did not hold",
            done: "nothing is sent twice: only the newest run passes",
            next: "is .stoke on a network or shared file system? stoke doctor looks")
    }

    /// Of a mailbox that stopped, with `waiting` mails that it did not send.
    package init(stopped mailbox: Mailbox, _ verdict: Verdict, waiting: Int) {
        let wait = Numbers.counted(waiting, "mail waits", "mails wait")
        let resume = "then: stoke resume \(mailbox.name)"
        let fault = verdict.phase == nil && !verdict.isTemporary ? FailureText.list : FailureText.whose(verdict.fault)
        let next: String =
            switch (verdict.fault, verdict.phase) {
            case (.none, _): "stoke resume \(mailbox.name) lets it go on"
            case _ where verdict.isTemporary: "nothing; if it goes on, is \(mailbox.smtp) right? stoke doctor asks it"
            case (.sender, _): "may the account send as `from:`? mend one of them, stoke apply, \(resume)"
            case (_, .auth): "mend `user:` or where its `password:` stands, \(resume)"
            case (_, .tls): "mend the certificate, the name in `smtp:` or `ca_file:`, stoke apply, \(resume)"
            case (_, .starttls), (_, .ehlo): "name a port with STARTTLS, or smtps://, stoke apply, \(resume)"
            case (_, nil):
                "stoke export touchpoints lists who bounced; stoke resume \(mailbox.name), once the last 7 days are better"
            default: "ask the server's people, or name another in `smtp:`, stoke apply, \(resume)"
            }
        self.init(
            what: "mailbox \(mailbox.name) stopped\(verdict.phase.map { " \($0.words)" } ?? ""): \(verdict.happened)",
            fault: fault,
            done: verdict.fault == .none
                ? wait : verdict.isTemporary ? "\(wait) for the next run" : "it is paused; \(wait), nothing is lost",
            next: next)
    }
}

extension Verdict {
    /// What messages with the same end have in common.
    package struct Kind: Sendable, Hashable {
        /// The state that the messages were left in.
        package var state: Message.State
        /// Whose fault it was.
        package var fault: Fault
        /// Where in the dialogue it happened; `nil` where nobody knows.
        package var phase: WirePhase?
        /// `550 5.1.1`; `nil` where no reply decided.
        package var code: String?
        /// What happened instead of a reply.
        package var words: String
        /// Whether the address turned out to be none.
        package var isDeadAddress: Bool
        /// Whether it was tried for as long as it is tried.
        package var isExhausted: Bool

        /// So that the same failures are always told in the same order.
        var order: String { "\(state.rawValue) \(fault.rawValue) \(phase?.rawValue ?? "") \(code ?? words)" }
    }

    /// `nil` for what is no failure.
    package var kind: Kind? {
        guard let state, state != .sent, !stopsMailbox, fault != .none else { return nil }
        return Kind(
            state: state, fault: fault, phase: phase, code: code, words: code == nil ? happened : "",
            isDeadAddress: isDeadAddress, isExhausted: isExhausted)
    }
}
