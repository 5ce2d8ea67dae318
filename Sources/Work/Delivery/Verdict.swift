package import CivilTime
package import Mail
package import Outreach

/// Whose fault a failed delivery is: who is charged, and who goes on.
package enum Fault: String, Sendable, Hashable, CaseIterable {
    /// Nobody's: it worked, or was called off.
    case none
    /// The account or its server: charges no message and no person.
    case mailbox
    /// The address that we send from.
    case sender
    /// The person's address.
    case recipient
    /// What the message says or how large it is.
    case message
    /// A policy of the receiving side: reputation, content, relaying.
    case policy
    /// The line between: a drop or a hang in mid-transaction.
    case network
}

/// What a delivery's end means: the truth table of the delivery promise.
package struct Verdict: Sendable, Hashable {
    /// `nil`: the message was cancelled, and its state says so already.
    package var state: Message.State?
    /// Whose fault it was.
    package var fault: Fault
    /// Whether the same may work later.
    package var isTemporary: Bool
    /// The server's words, or what happened instead.
    package var reply: String
    /// The server's enhanced code, where it gave one.
    package var enhanced: EnhancedCode?
    /// Where it ended; `nil` where no conversation did.
    package var phase: WirePhase?
    /// How it ended there.
    private var ending: Ending?
    /// Whether it was tried for so long that it is tried no more.
    package var isExhausted = false
    /// The id under which the server took the message, where its reply names one.
    package var providerID: String?
    /// Whether nothing more may go over this mailbox in this run.
    package var stopsMailbox: Bool

    package init(
        state: Message.State?, fault: Fault, isTemporary: Bool = false, reply: String,
        enhanced: EnhancedCode? = nil, stopsMailbox: Bool = false
    ) {
        self.state = state
        self.fault = fault
        self.isTemporary = isTemporary
        self.reply = reply
        self.enhanced = enhanced
        self.stopsMailbox = stopsMailbox
    }

    /// Of a mailbox that somebody paused while it was sending.
    static let paused = Verdict(
        state: .deferred, fault: .none, isTemporary: true, reply: "somebody paused it", stopsMailbox: true)

    /// Judges one message's handover (RFC 5321 4.2.1 for what is tried again, RFC 3463 for whose fault it is).
    package init(_ handover: Handover) {
        let (phase, ending) = (handover.phase, handover.ending)
        if case .accepted(let reply) = ending, phase >= .dot {
            self.init(state: .sent, fault: .none, reply: reply.text)
            providerID = reply.providerID
        } else if case .refused(let reply) = ending {
            self.init(refusal: reply, in: phase)
        } else if handover.mayHaveLeft {
            self.init(state: .unknown, fault: .network, reply: "\(ending.words) after the final dot")
        } else {
            self.init(undelivered: ending, in: phase)
        }
        place(phase, ending)
    }

    /// Keeps where and how it ended, for those who tell of it.
    private mutating func place(_ phase: WirePhase, _ ending: Ending) {
        self.phase = phase
        self.ending = ending
    }

    /// `550 5.1.1`; `nil` where no reply decided.
    package var code: String? {
        ending?.reply.map { reply in
            [String(reply.code), reply.enhanced?.description].compactMap { $0 }.joined(separator: " ")
        }
    }

    /// `reply` without the phase before it.
    package var happened: String { ending?.words ?? reply }

    /// Judges a connection that did not come about: the mailbox's fault, nobody is charged.
    package init(_ error: TransportError) {
        let reply = error.ending.reply
        self.init(
            state: .deferred, fault: .mailbox, isTemporary: reply.map { !$0.isPermanent } ?? error.ending.mayPass,
            reply: "\(error.phase.rawValue): \(error.ending.words)", enhanced: reply?.enhanced, stopsMailbox: true)
        place(error.phase, error.ending)
    }

    private init(refusal reply: Reply, in phase: WirePhase) {
        let isPolicy = reply.enhanced?.subject == 7
        let fault: Fault =
            switch phase {
            case _ where reply.code == 421: .mailbox
            case .connect, .banner, .ehlo, .starttls, .tls, .auth, .reset, .quit: .mailbox
            // What is too large or too modern is said here already (RFC 1870 6.1, RFC 6531 3.5).
            case .mail where reply.isAboutMessage: .message
            case .mail: .sender
            case .rcpt: isPolicy ? .policy : .recipient
            case .data, .body, .fence, .dot: isPolicy ? .policy : .message
            }
        let chargesMailbox = [.mailbox, .sender].contains(fault)
        self.init(
            state: reply.isTemporary || chargesMailbox ? .deferred : .rejected, fault: fault,
            isTemporary: reply.isTemporary, reply: reply.text, enhanced: reply.enhanced,
            stopsMailbox: chargesMailbox && (fault == .mailbox || reply.isPermanent))
    }

    private init(undelivered ending: Ending, in phase: WirePhase) {
        switch ending {
        case .fenceRefused: self.init(state: nil, fault: .none, reply: "cancelled before the final dot")
        case .fenceExpired, .cancelled:
            self.init(state: .deferred, fault: .none, isTemporary: true, reply: ending.words)
        case .unsupported where phase >= .mail:
            self.init(state: .rejected, fault: .message, reply: ending.words)
        default:
            let isMailbox = phase <= .auth
            self.init(
                state: .deferred, fault: isMailbox ? .mailbox : .network, isTemporary: true,
                reply: "\(phase.rawValue): \(ending.words)", stopsMailbox: isMailbox)
        }
    }

    /// Enhanced codes that say for good that an address takes no mail.
    private static let deadAddress: [EnhancedCode] = [
        EnhancedCode(5, 1, 1), EnhancedCode(5, 1, 2), EnhancedCode(5, 1, 3), EnhancedCode(5, 1, 6),
        EnhancedCode(5, 1, 10), EnhancedCode(5, 2, 1),
    ]

    /// Whether the address is never to be written to again.
    package var isDeadAddress: Bool {
        state == .rejected && fault == .recipient && (enhanced.map(Verdict.deadAddress.contains) ?? false)
    }

    /// When the next try is due after so many attempts; `nil` when `retryFor` would be over by then.
    ///
    /// A temporary refusal of the recipient may be greylisting, which wants half an hour; each further try waits twice
    /// as long, six hours at most.
    package func retry(after attempts: Int, first: Instant, now: Instant, retryFor: Int) -> Instant? {
        if stopsMailbox || fault == .mailbox || fault == .none { return now }
        let start = fault == .network || fault == .sender ? 5 * Int.minute : 30 * .minute
        let delay = min(start << min(max(attempts - 1, 0), 10), 6 * .hour)
        let next = now + delay
        return next - first <= retryFor ? next : nil
    }
}

extension Ending {
    /// Whether waiting may mend it, where there was no reply: a bad certificate or a missing secret needs a person.
    fileprivate var mayPass: Bool {
        switch self {
        case .untrusted, .unsupported, .failed: false
        default: true
        }
    }
}

extension Reply {
    /// Whether a refusal of MAIL is about the message, not about whom it is from.
    fileprivate var isAboutMessage: Bool {
        let codes = [(3, 4), (2, 3), (6, 0), (6, 1), (6, 3), (6, 7), (6, 8), (6, 9)]
        guard let enhanced else { return code == 552 }
        return codes.contains { enhanced.subject == $0.0 && enhanced.detail == $0.1 }
    }
}
