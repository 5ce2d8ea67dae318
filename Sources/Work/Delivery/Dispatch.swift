package import CivilTime
import Facts
import Host
package import Ledger
import Mail
package import Outreach
package import Planning

/// The clock that senders read; a pretend one stands still.
package typealias WallClock = @Sendable () -> Instant

/// One email that a tick decided on, composed and ready for its intent; of the draft only what is still asked for.
package struct Dispatch: Sendable {
    /// Whose step it is.
    package var enrollment: Enrollment.ID
    /// To whom it goes.
    package var person: Person.ID
    /// To whom; `nil` of a person without an address.
    package var email: String?
    /// The sequence's name.
    package var sequence: String
    /// The step's id.
    package var step: String
    /// The mailbox that sends it.
    package var mailbox: String
    /// The arm of the step that was chosen.
    package var arm: String
    /// The name of that arm's template.
    package var template: String
    /// How often it was tried before.
    package var tries: Int
    /// Checked and ready to be written down.
    package var envelope: EmailComposition.Envelope

    /// Of a draft, with the envelope that was composed for it.
    package init(_ draft: Draft, _ envelope: EmailComposition.Envelope) {
        enrollment = draft.enrollment.id
        person = draft.enrollment.person
        email = draft.history.person.email
        sequence = draft.sequence
        step = draft.step.id
        mailbox = draft.mailbox
        arm = draft.variant.arm
        template = draft.variant.template
        tries = draft.deferred?.attempts ?? 0
        self.envelope = envelope
    }

    /// The intent that must be durable before anything of the message, which is sealed from its envelope, leaves.
    package func intent(_ sealed: EmailComposition.Sealed) -> Ledger.Operation {
        .intend(
            MessageEntry(
                enrollment: enrollment, step: step, mailbox: mailbox, messageID: envelope.messageID,
                date: envelope.date, sha256: sealed.sha256, arm: arm,
                subject: envelope.subject))
    }

    /// The verdict, or that it was put off for longer than the mailbox wants: then it has failed.
    func final(_ verdict: Verdict, mailbox: Mailbox, now: Instant) -> (verdict: Verdict, retry: Instant?) {
        guard verdict.state == .deferred else { return (verdict, nil) }
        let retry = verdict.retry(after: attempts, first: envelope.date, now: now, retryFor: mailbox.retryFor)
        if let retry { return (verdict, retry) }
        var failed = verdict
        failed.state = .rejected
        failed.isExhausted = true
        return (failed, nil)
    }

    private var attempts: Int { tries + 1 }

    /// What a final verdict changes in the ledger, all in one commit.
    func operations(_ verdict: Verdict, message: Int, retry: Instant?, now: Instant) -> [Ledger.Operation] {
        guard let state = verdict.state else { return [] }
        switch state {
        case .sent:
            return [
                .settle(
                    message: message,
                    Settlement(
                        state: .sent, reply: verdict.reply, providerID: providerID(verdict), touchpoint: sent(now)),
                    at: now)
            ]
        case .unknown:
            let hold = Hold(.unknownDelivery, verdict.reply)
            return [.settle(message: message, Settlement(state: .unknown, reply: verdict.reply, hold: hold), at: now)]
        case .rejected where verdict.isExhausted:
            let hold = Hold(.failed, "tried \(attempts) times: \(verdict.reply)")
            return [.settle(message: message, Settlement(state: .rejected, reply: verdict.reply, hold: hold), at: now)]
        case .rejected: return rejected(verdict, message: message, now: now)
        default:
            let settlement = Settlement(state: .deferred, reply: verdict.reply, retryAt: retry ?? now)
            return [.settle(message: message, settlement, at: now)]
        }
    }

    /// The server's own id, where it gave one; some only repeat ours.
    private func providerID(_ verdict: Verdict) -> String? {
        verdict.providerID.flatMap { $0 == envelope.messageID ? nil : $0 }
    }

    private func sent(_ now: Instant) -> Touchpoint {
        Touchpoint(
            person: person, enrollment: enrollment, step: step, kind: .emailSent,
            at: now, recordedAt: now,
            detail: [
                "mailbox": .text(mailbox), "variant": .text(arm), "template": .text(template),
                "subject": .text(envelope.subject),
            ])
    }

    /// A refused recipient ends the person's way; a refused message or a policy only holds it.
    private func rejected(_ verdict: Verdict, message: Int, now: Instant) -> [Ledger.Operation] {
        guard verdict.fault == .recipient else {
            let hold = Hold(.refused, verdict.reply)
            return [.settle(message: message, Settlement(state: .rejected, reply: verdict.reply, hold: hold), at: now)]
        }
        let bounce = Touchpoint(
            person: person, enrollment: enrollment, step: step, kind: .bounceHard,
            at: now, recordedAt: now, sourceKey: "bounce:\(envelope.messageID)",
            detail: ["reply": .text(verdict.reply), "mailbox": .text(mailbox)])
        var operations: [Ledger.Operation] = [
            .settle(message: message, Settlement(state: .rejected, reply: verdict.reply), at: now),
            .record(bounce, .stopAll(reason: "address refused: \(verdict.reply)")),
        ]
        if verdict.isDeadAddress, let email {
            operations.append(
                .suppress(Suppression(scope: .address, value: email, reason: "hard bounce", channel: .email, at: now)))
        }
        return operations
    }
}
