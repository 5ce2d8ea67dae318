import CivilTime
import Mail
import Outreach
import Testing

@testable import Delivery

/// The truth table of the delivery promise: each phase and ending, and what they mean.
@Suite struct `The verdict` {
    /// One row: how it ended, and what the ledger is told.
    struct Row: Sendable, CustomTestStringConvertible {
        var phase: WirePhase
        var reply: String
        var state: Message.State
        var fault: Fault
        var stopsMailbox = false

        var testDescription: String { "\(phase): \(reply)" }
    }

    private static let before: [WirePhase] = [.reset, .mail, .rcpt, .data, .body, .fence]
    private static let broken: [Ending] = [.dropped("reset"), .timedOut, .outOfStep("what?")]

    private static let rows: [Row] = [
        Row(phase: .mail, reply: "451 4.3.0 later", state: .deferred, fault: .sender),
        Row(phase: .mail, reply: "550 5.1.8 bad sender", state: .deferred, fault: .sender, stopsMailbox: true),
        Row(phase: .mail, reply: "530 5.7.0 log in first", state: .deferred, fault: .sender, stopsMailbox: true),
        Row(phase: .mail, reply: "552 5.3.4 too big", state: .rejected, fault: .message),
        Row(phase: .mail, reply: "552 too big", state: .rejected, fault: .message),
        Row(phase: .mail, reply: "553 5.6.7 no SMTPUTF8", state: .rejected, fault: .message),
        Row(
            phase: .mail, reply: "552 5.2.2 your mailbox is full", state: .deferred, fault: .sender, stopsMailbox: true),
        Row(phase: .rcpt, reply: "450 4.2.0 greylisted", state: .deferred, fault: .recipient),
        Row(phase: .rcpt, reply: "452 4.2.2 full", state: .deferred, fault: .recipient),
        Row(phase: .rcpt, reply: "550 5.1.1 no such user", state: .rejected, fault: .recipient),
        Row(phase: .rcpt, reply: "550 no such user", state: .rejected, fault: .recipient),
        Row(phase: .rcpt, reply: "550 5.7.1 blocked", state: .rejected, fault: .policy),
        Row(phase: .rcpt, reply: "450 4.7.1 slow down", state: .deferred, fault: .policy),
        Row(phase: .data, reply: "451 4.3.0 later", state: .deferred, fault: .message),
        Row(phase: .data, reply: "554 5.6.0 never", state: .rejected, fault: .message),
        Row(phase: .body, reply: "552 5.3.4 too big", state: .rejected, fault: .message),
        Row(phase: .dot, reply: "451 4.3.0 later", state: .deferred, fault: .message),
        Row(phase: .dot, reply: "554 5.6.0 never", state: .rejected, fault: .message),
        Row(phase: .dot, reply: "554 5.7.1 spam", state: .rejected, fault: .policy),
        Row(phase: .reset, reply: "500 5.5.1 what?", state: .deferred, fault: .mailbox, stopsMailbox: true),
    ]

    @Test(arguments: rows) func `a refusal is charged to whom it is about`(row: Row) throws {
        let verdict = Verdict(Handover(phase: row.phase, ending: .refused(try reply(row.reply))))
        #expect(verdict.state == row.state)
        #expect(verdict.fault == row.fault)
        #expect(verdict.stopsMailbox == row.stopsMailbox)
        #expect(verdict.reply == row.reply, "the whole reply is kept")
    }

    @Test(arguments: before + [.dot]) func `421 stops the mailbox and charges nobody, in every phase`(
        phase: WirePhase
    ) throws {
        let ending = Ending.refused(try reply("421 4.3.2 going down"))
        let verdict = Verdict(
            Handover(phase: phase, ending: ending, isFenced: phase == .dot, mayHaveLeft: phase == .dot))
        #expect(verdict.state == .deferred && verdict.fault == .mailbox && verdict.stopsMailbox && verdict.isTemporary)
    }

    @Test(arguments: before, broken) func `a break before the dot delivers nothing`(phase: WirePhase, ending: Ending) {
        let verdict = Verdict(Handover(phase: phase, ending: ending))
        #expect(verdict.state == .deferred && verdict.isTemporary)
        #expect(!verdict.stopsMailbox)
    }

    @Test(arguments: broken) func `a break after the dot is unknown`(ending: Ending) {
        let verdict = Verdict(Handover(phase: .dot, ending: ending, isFenced: true, mayHaveLeft: true))
        #expect(verdict.state == .unknown && verdict.fault == .network)
        #expect(verdict.reply.contains("after the final dot"))
    }

    @Test func `a dot of which no octet left is tried again`() {
        let verdict = Verdict(Handover(phase: .dot, ending: .fenceExpired, isFenced: true))
        #expect(verdict.state == .deferred && verdict.fault == .none)
    }

    @Test func `250 to the dot is sent, and only that`() throws {
        let ending = Ending.accepted(try reply("250 2.0.0 queued"))
        #expect(Verdict(Handover(phase: .dot, ending: ending, isFenced: true, mayHaveLeft: true)).state == .sent)
        #expect(Verdict(Handover(phase: .rcpt, ending: ending)).state != .sent)
    }

    @Test func `a refused fence leaves the state that the stop gave`() {
        let verdict = Verdict(Handover(phase: .fence, ending: .fenceRefused))
        #expect(verdict.state == nil && !verdict.stopsMailbox)
    }

    @Test(arguments: [WirePhase.connect, .banner, .ehlo, .starttls, .tls, .auth])
    func `no connection stops the mailbox; waiting mends only what may pass`(phase: WirePhase) throws {
        for (ending, mayPass) in [
            (Ending.refused(try reply("454 4.7.0 later")), true), (.refused(try reply("535 5.7.8 no")), false),
            (.dropped("refused"), true), (.timedOut, true), (.untrusted("expired"), false),
            (.unsupported("STARTTLS"), false),
        ] {
            let verdict = Verdict(TransportError(phase: phase, ending: ending))
            #expect(verdict.state == .deferred && verdict.fault == .mailbox && verdict.stopsMailbox)
            #expect(verdict.isTemporary == mayPass, "\(ending)")
            #expect(verdict.reply.hasPrefix(phase.rawValue))
        }
    }

    @Test(arguments: [
        ("5.1.1", true), ("5.1.2", true), ("5.1.3", true), ("5.1.6", true), ("5.1.10", true), ("5.2.1", true),
        ("5.1.0", false), ("5.1.8", false), ("5.2.2", false), ("5.3.0", false), ("5.4.1", false), ("5.7.1", false),
    ]) func `only codes that say so make an address dead`(code: String, isDead: Bool) throws {
        let ending = Ending.refused(try reply("550 \(code) no"))
        #expect(Verdict(Handover(phase: .rcpt, ending: ending)).isDeadAddress == isDead)
        #expect(!Verdict(Handover(phase: .dot, ending: ending, isFenced: true)).isDeadAddress)
        let later = Ending.refused(try reply("450 \(code.replacing("5.", with: "4.", maxReplacements: 1)) no"))
        #expect(!Verdict(Handover(phase: .rcpt, ending: later)).isDeadAddress)
    }

    @Test func `greylisting waits half an hour, then twice as long, six hours at most, and fails in the end`() throws {
        let verdict = Verdict(Handover(phase: .rcpt, ending: .refused(try reply("450 4.2.0 greylisted"))))
        let first = Instant(1_000_000)
        let waits = (1...7).map { verdict.retry(after: $0, first: first, now: first, retryFor: 2 * .day)?.seconds }
        #expect(waits == [1800, 3600, 7200, 14_400, 21_600, 21_600, 21_600].map { $0 + first.seconds })
        #expect(verdict.retry(after: 5, first: first, now: first + 2 * .day - .hour, retryFor: 2 * .day) == nil)
        #expect(verdict.retry(after: .max, first: first, now: first, retryFor: 2 * .day) != nil)
    }

    @Test func `a broken line is tried again soon, a mailbox's own fault at once`() {
        let (first, now) = (Instant(0), Instant(9))
        let dropped = Verdict(Handover(phase: .data, ending: .dropped("reset")))
        #expect(dropped.retry(after: 1, first: first, now: now, retryFor: .day) == now + 5 * .minute)
        let later = Verdict(
            Handover(phase: .mail, ending: .refused(Reply(code: 451, lines: ["4.3.0 later"]))))
        #expect(later.retry(after: 1, first: first, now: now, retryFor: .day) == now + 5 * .minute)
        #expect(later.retry(after: 9, first: first, now: now + .day, retryFor: .day) == nil, "it fails in the end, too")
        let closed = Verdict(TransportError(phase: .auth, ending: .timedOut))
        #expect(closed.retry(after: 40, first: first, now: now + 30 * .day, retryFor: .day) == now + 30 * .day)
    }

    /// A reply as a server writes it.
    private func reply(_ text: String) throws -> Reply {
        let code = try #require(Int(text.prefix(3)))
        let rest = String(text.dropFirst(4))
        return Reply(code: code, enhanced: EnhancedCode(prefixOf: rest), lines: [rest])
    }
}
