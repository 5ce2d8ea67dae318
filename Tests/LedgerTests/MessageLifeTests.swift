import CivilTime
import Ledger
import Outreach
import Planning
import Testing

@Suite struct MessageLifeTests {
    @Test(arguments: StoreKind.allCases)
    func `a message goes from its intent over its fence to sent`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let id = try bed.admitted("jonas")
        let message = try bed.intend(id, epoch)
        #expect(try bed.message(message).state == .sending)
        #expect(try bed.fence(message, epoch))
        #expect(try bed.message(message).state == .finalDot)
        let person = try bed.enrollment(id).person
        let later = Bed.start + 5
        let touchpoint = Touchpoint(person: person, kind: .emailSent, at: later, recordedAt: later, sourceKey: "m1")
        let settlement = Settlement(state: .sent, reply: "250 2.0.0 Ok", touchpoint: touchpoint)
        #expect(try bed.do(.settle(message: message, settlement, at: later), epoch) == .done)

        let history = try bed.store.history(of: person)
        #expect(history.messages.map(\.state) == [.sent])
        #expect(history.messages[0].reply == "250 2.0.0 Ok")
        #expect(history.messages[0].subject == "Grüße 👋")
        #expect(history.messages[0].fencedAt == Bed.start)
        #expect(history.results == [StepResult(enrollment: id, step: "intro", result: "sent", at: later)])
        #expect(history.touchpoints.map(\.kind) == [.emailSent])
        #expect(history.touchpoints[0].step == "intro")
        let enrollment = try bed.enrollment(id)
        #expect(enrollment.queue == .open)
        #expect(enrollment.wakeAt == Bed.start, "due since it was admitted")
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `whoever slept until a mail, in whatever queue, is judged again once it is sent`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let later = Bed.start + 5
        for (index, queue) in [Enrollment.Queue.followUp, .open].enumerated() {
            let id = try bed.admitted("a\(index)")
            let message = try bed.intend(id, epoch)
            let sleep = Decision.wake(id, at: queue == .open ? later + 60 : Bed.start, queue: queue, hold: nil)
            _ = try bed.do(.decide(sleep, at: Bed.start), epoch)
            #expect(try bed.fence(message, epoch, at: Bed.start))
            _ = try bed.do(.settle(message: message, Settlement(state: .sent, reply: "250"), at: later), epoch)
            let enrollment = try bed.enrollment(id)
            #expect(enrollment.queue == .open)
            #expect(enrollment.wakeAt == later)
            #expect(enrollment.hold == nil)
        }
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `a second intent for a step is refused, whatever became of the first`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let id = try bed.admitted("jonas")
        let message = try bed.intend(id, epoch)
        #expect(try bed.do(.intend(bed.message(id)), epoch) == .refused(.wrongState("sending")))
        #expect(try bed.fence(message, epoch))
        #expect(try bed.do(.intend(bed.message(id)), epoch) == .refused(.wrongState("final_dot")))
        _ = try bed.do(.settle(message: message, Settlement(state: .sent, reply: "250"), at: Bed.start), epoch)
        #expect(try bed.do(.intend(bed.message(id)), epoch) == .refused(.wrongState("sent")))
    }

    @Test(arguments: StoreKind.allCases)
    func `a pause of the mailbox or the sequence keeps the fence shut, and what waits goes later`(
        _ kind: StoreKind
    ) throws {
        for subject in [Pause.Subject.mailbox("ana"), .sequence("outbound")] {
            let bed = try Bed(kind)
            let epoch = try bed.begin()
            let id = try bed.admitted("jonas")
            let message = try bed.intend(id, epoch)
            #expect(try bed.do(.pause(Pause(.mailbox("else"), until: nil, reason: "r")), nil) == .done)
            #expect(try bed.message(message).state == .sending)
            #expect(try bed.do(.pause(Pause(subject, until: nil, reason: "r")), nil) == .done)
            #expect(try bed.message(message).state == .deferred)
            #expect(try !bed.fence(message, epoch))
            #expect(try bed.do(.unpause(subject), nil) == .done)
            #expect(try bed.intend(id, epoch) == message)
            #expect(try bed.fence(message, epoch))
            try bed.verify()
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `a message is found by the id that its server gave it, unless two bear it`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        var messages: [Int] = []
        for name in ["jonas", "maya"] {
            let message = try bed.intend(try bed.admitted(name), epoch)
            #expect(try bed.fence(message, epoch))
            messages.append(message)
        }
        let ends = [("0102-a", messages[0]), ("0102-b", messages[1])]
        for (id, message) in ends {
            let end = Settlement(state: .sent, reply: "250 Ok \(id)", providerID: id)
            #expect(try bed.do(.settle(message: message, end, at: Bed.start), epoch) == .done)
        }
        #expect(try bed.store.message(withProviderID: "0102-b")?.id == messages[1])
        #expect(try bed.store.message(withProviderID: "0102-c") == nil)
        let third = try bed.intend(try bed.admitted("ines"), epoch)
        #expect(try bed.fence(third, epoch))
        let end = Settlement(state: .sent, reply: "250 Ok 0102-a", providerID: "0102-a")
        #expect(try bed.do(.settle(message: third, end, at: Bed.start), epoch) == .done)
        #expect(try bed.store.message(withProviderID: "0102-a") == nil)
    }

    @Test(arguments: StoreKind.allCases)
    func `whoever is stopped before the fence gets no final dot`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let stops: [(Enrollment) -> Operation] = [
            { .halt($0.id, state: .stopped, reason: "by hand", until: nil, at: Bed.start) },
            { .halt($0.id, state: .paused, reason: "away", until: Bed.start + .day, at: Bed.start) },
            {
                .record(
                    Touchpoint(person: $0.person, kind: .reply, at: Bed.start, recordedAt: Bed.start),
                    .stopAll(reason: "replied"))
            },
            { .suppress(Suppression(scope: .address, value: "p3@p3.example", reason: "asked", at: $0.enrolledAt)) },
            { .suppress(Suppression(scope: .domain, value: "p4.example", reason: "asked", at: $0.enrolledAt)) },
            { .forget($0.person, keyedHash: "abc", at: Bed.start) },
            { .decide(.end($0.id, state: .stopped, reason: "out"), at: Bed.start) },
        ]
        for (index, stop) in stops.enumerated() {
            let id = try bed.admitted("p\(index)", company: "p\(index).example")
            let message = try bed.intend(id, epoch)
            let outcome = try bed.do(stop(bed.enrollment(id)), epoch)
            if case .refused = outcome { Issue.record("stop \(index) was refused") }
            #expect(try !bed.fence(message, epoch), "stop \(index)")
            #expect(try bed.message(message).state == .cancelled, "stop \(index)")
        }
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `an older run gets neither intent nor fence`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let old = try bed.begin()
        let first = try bed.admitted("jonas")
        let second = try bed.admitted("maya")
        let message = try bed.intend(first, old)
        let new = try bed.begin()
        #expect(new > old)
        #expect(try !bed.fence(message, old))
        #expect(try bed.do(.intend(bed.message(second)), old) == .refused(.oldEpoch))
        #expect(try bed.do(.intend(bed.message(second)), nil) == .refused(.oldEpoch))
        #expect(try bed.message(message).state == .deferred)
    }

    @Test(arguments: StoreKind.allCases)
    func `orphans before the fence are tried again, behind it nobody knows`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let old = try bed.begin()
        let (a, b) = (try bed.admitted("jonas"), try bed.admitted("maya"))
        let (before, behind) = (try bed.intend(a, old), try bed.intend(b, old))
        #expect(try bed.fence(behind, old))
        let later = Bed.start + .hour
        let new = try bed.begin(at: later)
        #expect(try bed.message(before).state == .deferred)
        #expect(try bed.message(before).retryAt == later)
        #expect(try bed.enrollment(a).queue == .followUp)
        #expect(try bed.message(behind).state == .unknown)
        #expect(try bed.enrollment(b).hold?.reason == .unknownDelivery)
        #expect(try bed.store.held(limit: 10).map(\.id) == [b])
        #expect(try bed.store.messages(in: .unknown, limit: 10).map(\.id) == [behind])

        #expect(try bed.do(.intend(bed.message(b)), new) == .refused(.wrongState("unknown")))
        #expect(try bed.do(.intend(bed.message(a)), new) == .row(before, isNew: false))
        #expect(try bed.message(before).attempts == 2)
        #expect(try bed.fence(before, new))
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `a late 250 settles an unknown message, whichever run saw it`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let old = try bed.begin()
        let id = try bed.admitted("jonas")
        let message = try bed.intend(id, old)
        #expect(try bed.fence(message, old))
        _ = try bed.begin()
        let settlement = Settlement(state: .sent, reply: "250 late")
        #expect(try bed.do(.settle(message: message, settlement, at: Bed.start), old) == .done)
        #expect(try bed.message(message).state == .sent)
        #expect(try bed.enrollment(id).hold == nil)
    }

    @Test(arguments: StoreKind.allCases, [true, false])
    func `a person settles an unknown message`(_ kind: StoreKind, sent: Bool) throws {
        let bed = try Bed(kind)
        let old = try bed.begin()
        let id = try bed.admitted("jonas")
        let message = try bed.intend(id, old)
        #expect(try bed.fence(message, old))
        let new = try bed.begin()
        #expect(
            try bed.do(.resolve(message: message, sent: sent, evidence: "seen in Sent", at: Bed.start)) == .done)
        #expect(try bed.message(message).state == (sent ? .sent : .deferred))
        let history = try bed.store.history(of: try bed.enrollment(id).person)
        #expect(history.touchpoints.map(\.kind) == (sent ? [.emailSent] : []))
        #expect(history.results.map(\.result) == (sent ? ["sent"] : []))
        if !sent { #expect(try bed.do(.intend(bed.message(id)), new) == .row(message, isNew: false)) }
        #expect(
            try bed.do(.resolve(message: message, sent: true, evidence: "", at: Bed.start))
                == .refused(.wrongState(sent ? "sent" : "sending")))
    }

    @Test(arguments: StoreKind.allCases)
    func `a refusal or an unknown end holds, a deferral waits, a bad address is suppressed`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let ids = try ["p0", "p1", "p2", "p3"].map { try bed.admitted($0) }
        let messages = try ids.map { try bed.intend($0, epoch) }
        for message in messages[1...] { #expect(try bed.fence(message, epoch)) }
        let later = Bed.start + 1800
        let settlements = [
            Settlement(state: .deferred, reply: "451 greylisted", retryAt: later),
            Settlement(state: .rejected, reply: "554 no"),
            Settlement(state: .unknown, reply: "reset", hold: Hold(.unknownDelivery, "reset")),
            Settlement(state: .rejected, reply: "550 5.1.1 nobody", suppress: "no such address"),
        ]
        for (message, settlement) in zip(messages, settlements) {
            #expect(try bed.do(.settle(message: message, settlement, at: Bed.start), epoch) == .done)
        }
        let rows = try ids.map { try bed.enrollment($0) }
        #expect(rows[0].queue == .followUp)
        #expect(rows[0].wakeAt == later)
        #expect(rows[1].hold == Hold(.refused, "554 no"))
        #expect(rows[1].wakeAt == .distantFuture)
        #expect(rows[2].hold == Hold(.unknownDelivery, "reset"))
        #expect(rows[3].state == .stopped)
        #expect(try bed.store.suppressions().map(\.value) == ["p3@example.org"])
        try bed.verify()
    }

    @Test(arguments: StoreKind.allCases)
    func `an end that can't be is refused`(_ kind: StoreKind) throws {
        let bed = try Bed(kind)
        let epoch = try bed.begin()
        let message = try bed.intend(try bed.admitted("jonas"), epoch)
        let sent = Operation.settle(message: message, Settlement(state: .sent, reply: "250"), at: Bed.start)
        #expect(try bed.do(sent, epoch) == .refused(.wrongState("sending")))
        #expect(try bed.fence(message, epoch))
        #expect(try !bed.fence(message, epoch))
        #expect(try bed.do(sent, epoch) == .done)
        #expect(try bed.do(sent, epoch) == .refused(.wrongState("sent")))
        #expect(
            try bed.do(.settle(message: 999, Settlement(state: .sent, reply: ""), at: Bed.start)) == .refused(.notFound)
        )
        #expect(try bed.do(.fence(message: 999, at: Bed.start, day: Bed.today), epoch) == .granted(false))
    }
}
