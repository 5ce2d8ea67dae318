import CivilTime
import Mail
import Outreach
import TestKit
import Testing

@testable import Delivery

/// Each failure says what happened, whose fault it is, what was done and what somebody can do.
@Suite struct `The words of a failure` {
    private static let endings: [(WirePhase, Ending)] = [
        (.mail, refused("451 4.3.0 later")), (.mail, refused("552 5.3.4 too big")),
        (.rcpt, refused("450 4.2.0 greylisted")), (.rcpt, refused("550 5.1.1 <ann@fathom.example> is unknown")),
        (.rcpt, refused("550 5.2.2 full")), (.rcpt, refused("550 5.7.1 blocked")),
        (.rcpt, refused("450 4.7.1 slow down")),
        (.data, refused("451 4.3.0 later")), (.data, refused("554 5.6.0 never")),
        (.dot, refused("451 4.3.0 later")), (.dot, refused("554 5.7.1 spam")),
        (.mail, .dropped("reset")), (.rcpt, .timedOut), (.data, .outOfStep("what?")), (.body, .dropped("reset")),
        (.dot, .dropped("reset")), (.dot, .timedOut), (.mail, .unsupported("SMTPUTF8")),
    ]

    private static let stops: [TransportError] = [
        TransportError(phase: .connect, ending: .dropped("connection refused")),
        TransportError(phase: .connect, ending: .timedOut),
        TransportError(phase: .banner, ending: refused("554 5.7.1 go away")),
        TransportError(phase: .ehlo, ending: .unsupported("STARTTLS")),
        TransportError(phase: .tls, ending: .untrusted("certificate has expired")),
        TransportError(phase: .auth, ending: refused("535 5.7.8 wrong password")),
        TransportError(phase: .auth, ending: refused("454 4.7.0 later")),
        TransportError(phase: .auth, ending: .failed("can't read the secret secrets/ana: it is empty")),
    ]

    @Test func `answers four questions, in words that somebody looked at`() {
        let retryFor = 2 * Int.day
        var failures = Self.endings.flatMap { phase, ending -> [FailureText] in
            let verdict = Verdict(Handover(phase: phase, ending: ending, mayHaveLeft: phase == .dot))
            return [verdict.kind].compactMap { $0 }.compactMap { FailureText($0, count: 3, retryFor: retryFor) }
        }
        var tired = Verdict(Handover(phase: .rcpt, ending: Self.refused("450 4.2.0 greylisted")))
        (tired.state, tired.isExhausted) = (.rejected, true)
        failures += [tired.kind].compactMap { $0 }.compactMap { FailureText($0, count: 1, retryFor: retryFor) }
        var mailbox = Mailbox(
            name: "ana", owner: "ana", fromName: "Ana", fromAddress: "ana@acme.example", timezone: .utc)
        mailbox.smtp = "smtp://smtp.acme.example:587"
        failures += Self.stops.map { FailureText(stopped: mailbox, Verdict($0), waiting: 12) }
        let sender = Verdict(Handover(phase: .mail, ending: Self.refused("550 5.1.8 who are you?")))
        let bounces = Verdict(
            state: .deferred, fault: .mailbox,
            reply: "6 of 50 mails of the last 7 days bounced, more than bounce_limit", stopsMailbox: true)
        failures += [sender, bounces].map { FailureText(stopped: mailbox, $0, waiting: 1) }
        failures += [
            FailureText(paused: "founders", reason: "refused for reasons of policy (5.7) by a.example, b.example"),
            FailureText(unread: "ana", reason: "at login: no answer in time"),
        ]
        failures += [FailureText(uncopied: "ana", count: 2, reason: "NO over quota"), FailureText(overtaken: 3)]
        let text = failures.map { "\($0.what)\n  fault  \($0.fault)\n  done   \($0.done)\n  next   \($0.next)\n" }
            .joined(separator: "\n")
        #expect(Golden.difference("delivery/failures.txt", text) == nil)
        for failure in failures {
            let answers = [failure.what, failure.fault, failure.done, failure.next]
            #expect(answers.allSatisfy { !$0.isEmpty && !$0.hasSuffix(".") && !$0.hasSuffix(" ") }, "\(failure)")
            #expect(!answers.joined().contains("fathom.example"), "addresses stay out of logs: \(failure)")
        }
        print("wording: \(failures.count) failures, each with four answers")
    }

    @Test func `what is no failure has no words`() {
        let sent = Verdict(
            Handover(phase: .dot, ending: .accepted(Reply(code: 250)), isFenced: true, mayHaveLeft: true))
        let cancelled = Verdict(Handover(phase: .fence, ending: .fenceRefused))
        #expect(sent.kind == nil && cancelled.kind == nil)
    }

    /// A refusal as a server writes it.
    private static func refused(_ text: String) -> Ending {
        let rest = String(text.dropFirst(4))
        return .refused(Reply(code: Int(text.prefix(3)) ?? 0, enhanced: EnhancedCode(prefixOf: rest), lines: [rest]))
    }
}
