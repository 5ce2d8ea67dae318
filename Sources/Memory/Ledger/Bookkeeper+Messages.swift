package import CivilTime
import Facts
import Outreach
import Planning

extension Bookkeeper {
    func intend(_ entry: MessageEntry) throws(StoreError) -> Outcome {
        guard let mine, !isOvertaken else { return .refused(.oldEpoch) }
        guard entry.sha256.isSHA256 else { return .refused(.wrongState("the SHA-256 is none")) }
        let message = Message(
            id: 0, enrollment: entry.enrollment, step: entry.step, state: .sending, mailbox: entry.mailbox,
            messageID: entry.messageID, date: entry.date, sha256: entry.sha256, arm: entry.arm,
            subject: entry.subject)
        if let id = try tables.insert(MessageRow(message, epoch: mine)) { return .row(id, isNew: true) }
        guard let enrollment = try tables.enrollmentRow(entry.enrollment) else { return .refused(.notFound) }
        guard enrollment.state == .active else { return .refused(.wrongState(enrollment.state.rawValue)) }
        if let row = try tables.messageRow(of: entry.enrollment, step: entry.step) {
            return try intendAgain(row, entry, mine)
        }
        return .refused(.duplicate)
    }

    /// Another try of a deferred message, or of one that a pause had cancelled: neither was ever delivered.
    private func intendAgain(
        _ row: MessageRow, _ entry: MessageEntry, _ mine: Epoch
    ) throws(StoreError) -> Outcome {
        guard row.message.state == .deferred || row.message.state == .cancelled else {
            return .refused(.wrongState(row.message.state.rawValue))
        }
        guard row.message.messageID == entry.messageID else { return .refused(.wrongState("another Message-ID")) }
        var row = row
        row.epoch = mine
        row.message.state = .sending
        row.message.attempts += 1
        row.message.retryAt = nil
        row.message.mailbox = entry.mailbox
        row.message.date = entry.date
        row.message.sha256 = entry.sha256
        row.message.arm = entry.arm
        row.message.subject = entry.subject
        try tables.update(row)
        return .row(row.message.id, isNew: false)
    }

    func fence(_ id: Int, at: Instant, day: LocalDate) throws(StoreError) -> Outcome {
        guard let mine, !isOvertaken, try tables.fence(message: id, epoch: mine, at: at),
            let fenced = try tables.fenced(message: id)
        else { return .granted(false) }
        try tables.add(
            Fence(
                message: id, attempt: fenced.attempt, mailbox: fenced.mailbox, at: at, day: day, company: fenced.company
            ))
        // From now on the fence counts, no longer the expectation.
        if fenced.isExpected, let old = try tables.enrollmentRow(fenced.enrollment),
            old.projected.contains(where: { $0 <= day })
        {
            var enrollment = old
            try project(&enrollment, old.projected.filter { $0 > day })
            try tables.update(enrollment, was: old)
        }
        return .granted(true)
    }

    func settle(_ id: Int, _ settlement: Settlement, at: Instant) throws(StoreError) -> Outcome {
        guard let situation = try tables.situation(ofMessage: id) else { return .refused(.notFound) }
        if let refusal = refusal(situation.row, settlement) { return .refused(refusal) }
        try end(situation, settlement, at: at)
        return .done
    }

    /// Why a delivery's end is not believed: it is another epoch's, or impossible from where the message stands.
    private func refusal(_ row: MessageRow, _ settlement: Settlement) -> Refusal? {
        let from = row.message.state
        let isKnown = [.sent, .deferred, .rejected, .unknown].contains(settlement.state)
        let isFenced = from == .finalDot || from == .unknown
        let isOwn = mine.map { $0 == row.epoch } ?? false
        // A late 250 for an orphan is evidence, whichever run saw it.
        let mayEnd = isFenced || (from == .sending && settlement.state != .sent && settlement.state != .unknown)
        guard isKnown, mayEnd else { return .wrongState(from.rawValue) }
        return isOwn || from == .unknown ? nil : .oldEpoch
    }

    private func end(_ situation: Situation, _ settlement: Settlement, at: Instant) throws(StoreError) {
        var enrollment = situation.enrollment
        var message = situation.row.message
        message.state = settlement.state
        message.reply = settlement.reply
        message.providerID = settlement.providerID
        message.retryAt = nil
        switch settlement.state {
        case .sent:
            try tables.put(
                StepResult(enrollment: message.enrollment, step: message.step, result: "sent", at: at))
            enrollment.isReleased = false
            // Whom the tick has just admitted is due already; an earlier instant is as true.
            if enrollment.state == .active, !enrollment.isDue(by: at) { enrollment.makeDue(at: at) }
        case .deferred:
            // Whoever was stopped meanwhile is not tried again.
            if enrollment.state.isLive {
                message.retryAt = settlement.retryAt ?? at
            } else {
                message.state = .cancelled
            }
            if enrollment.state == .active {
                enrollment.queue = .followUp
                enrollment.wakeAt = message.retryAt ?? at
                enrollment.hold = settlement.hold
            }
        default:
            if enrollment.state == .active { enrollment.hold(settlement.defaultedHold) }
        }
        try tables.end(MessageRow(message, epoch: situation.row.epoch))
        try tables.update(enrollment, was: situation.enrollment)
        if var touchpoint = settlement.touchpoint {
            touchpoint.enrollment = touchpoint.enrollment ?? message.enrollment
            touchpoint.step = touchpoint.step ?? message.step
            _ = try note(
                touchpoint, isForgotten: touchpoint.person == enrollment.person && situation.person.isForgotten)
        }
        if let reason = settlement.suppress, let person = try tables.personRow(enrollment.person)?.person,
            let email = person.email
        {
            _ = try suppress(Suppression(scope: .address, value: email, reason: reason, at: at))
        }
    }

    func resolve(_ id: Int, sent: Bool, evidence: String, at: Instant) throws(StoreError) -> Outcome {
        guard let situation = try tables.situation(ofMessage: id) else { return .refused(.notFound) }
        let (message, enrollment) = (situation.row.message, situation.enrollment)
        guard message.state == .unknown else { return .refused(.wrongState(message.state.rawValue)) }
        var settlement = Settlement(state: sent ? .sent : .deferred, reply: evidence, retryAt: at)
        if sent {
            settlement.touchpoint = Touchpoint(
                person: enrollment.person, enrollment: message.enrollment, step: message.step, kind: .emailSent,
                at: message.fencedAt ?? at, recordedAt: at,
                detail: ["mailbox": .text(message.mailbox), "evidence": .text(evidence)])
        }
        try end(situation, settlement, at: at)
        return .done
    }

    /// What was about to be sent by a paused mailbox or for a paused sequence gets no fence: it waits for the end of the
    /// pause.
    func pause(_ pause: Pause) throws(StoreError) -> Outcome {
        try tables.put(pause)
        for row in try tables.messageRows(in: .sending) {
            guard let situation = try tables.situation(ofMessage: row.message.id) else { continue }
            let subjects: [Pause.Subject] = [
                .mailbox(row.message.mailbox), .sequence(situation.enrollment.sequence),
            ]
            guard subjects.contains(pause.subject) else { continue }
            let due = situation.enrollment.wakeAt
            try end(situation, Settlement(state: .deferred, reply: "paused before the message", retryAt: due), at: due)
        }
        return .done
    }

    /// What an earlier run left: before the fence it is tried again, behind it nobody knows.
    package func settleOrphans(at now: Instant) throws(StoreError) {
        let before = Settlement(state: .deferred, reply: "the run ended before the message", retryAt: now)
        let behind = Settlement(state: .unknown, reply: "the run ended before the server's answer")
        for (state, settlement) in [(Message.State.sending, before), (.finalDot, behind)] {
            for row in try tables.messageRows(in: state) {
                guard let situation = try tables.situation(ofMessage: row.message.id) else { continue }
                try end(situation, settlement, at: now)
            }
        }
    }

    /// An outage is more than an hour without a finished run.
    package func noteOutage(before now: Instant) throws(StoreError) {
        guard let last = try tables.lastRunEnd(), now - last > .hour else { return }
        try tables.addOutage(last..<now)
    }
}

extension String {
    /// Whether it is 64 hex digits in lower case.
    var isSHA256: Bool {
        var text = self
        return text.withUTF8 { octets in
            octets.count == 64
                && octets.allSatisfy {
                    ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
                        || ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "f"))
                }
        }
    }
}

extension Settlement {
    fileprivate var defaultedHold: Hold {
        hold ?? Hold(state == .unknown ? .unknownDelivery : .refused, reply)
    }
}

extension Enrollment {
    /// Waits until somebody or some event says otherwise.
    mutating func hold(_ hold: Hold) {
        queue = mailbox == nil ? .fresh : .open
        wakeAt = .distantFuture
        self.hold = hold
    }
}
