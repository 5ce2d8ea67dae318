package import CivilTime
import Facts
import Outreach
import Planning

extension Bookkeeper {
    func intend(_ entry: MessageEntry) throws(StoreError) -> Outcome {
        guard let mine, !isOvertaken else { return .refused(.oldEpoch) }
        guard entry.sha256.isSHA256 else { return .refused(.wrongState("the SHA-256 is none")) }
        guard let enrollment = try tables.enrollmentRow(entry.enrollment) else { return .refused(.notFound) }
        guard enrollment.state == .active else { return .refused(.wrongState(enrollment.state.rawValue)) }
        if let row = try tables.messageRow(of: entry.enrollment, step: entry.step) {
            return try intendAgain(row, entry, mine)
        }
        if try tables.hasMessage(withID: entry.messageID) { return .refused(.duplicate) }
        let message = Message(
            id: 0, enrollment: entry.enrollment, step: entry.step, state: .sending, mailbox: entry.mailbox,
            messageID: entry.messageID, date: entry.date, sha256: entry.sha256, arm: entry.arm,
            subject: entry.subject)
        return .row(try tables.insert(MessageRow(message, epoch: mine)), isNew: true)
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
            let message = try tables.messageRow(id)?.message,
            var enrollment = try tables.enrollmentRow(message.enrollment)
        else { return .granted(false) }
        let company = try tables.personRow(enrollment.person)?.person.companyID
        try tables.add(
            Fence(message: id, attempt: message.attempts, mailbox: message.mailbox, at: at, day: day, company: company))
        // From now on the fence counts, no longer the expectation.
        if let first = enrollment.projected.first, first <= day {
            try project(&enrollment, enrollment.projected.filter { $0 > day })
            try tables.update(enrollment)
        }
        return .granted(true)
    }

    func settle(_ id: Int, _ settlement: Settlement, at: Instant) throws(StoreError) -> Outcome {
        guard let row = try tables.messageRow(id) else { return .refused(.notFound) }
        if let refusal = refusal(row, settlement) { return .refused(refusal) }
        return try end(row.message, row.epoch, settlement, at: at)
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

    private func end(
        _ before: Message, _ epoch: Epoch, _ settlement: Settlement, at: Instant
    ) throws(StoreError) -> Outcome {
        guard var enrollment = try tables.enrollmentRow(before.enrollment) else { return .refused(.notFound) }
        var message = before
        message.state = settlement.state
        message.reply = settlement.reply
        message.retryAt = nil
        switch settlement.state {
        case .sent:
            try tables.put(
                StepResult(enrollment: message.enrollment, step: message.step, result: "sent", at: at))
            if enrollment.state == .active { enrollment.makeDue(at: at) }
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
        try tables.update(MessageRow(message, epoch: epoch))
        try tables.update(enrollment)
        if var touchpoint = settlement.touchpoint {
            touchpoint.enrollment = touchpoint.enrollment ?? message.enrollment
            touchpoint.step = touchpoint.step ?? message.step
            _ = try note(touchpoint)
        }
        if let reason = settlement.suppress, let person = try tables.personRow(enrollment.person)?.person,
            let email = person.email
        {
            _ = try suppress(Suppression(scope: .address, value: email, reason: reason, at: at))
        }
        return .done
    }

    func resolve(_ id: Int, sent: Bool, evidence: String, at: Instant) throws(StoreError) -> Outcome {
        guard let row = try tables.messageRow(id) else { return .refused(.notFound) }
        let message = row.message
        guard message.state == .unknown else { return .refused(.wrongState(message.state.rawValue)) }
        guard let enrollment = try tables.enrollmentRow(message.enrollment) else { return .refused(.notFound) }
        var settlement = Settlement(state: sent ? .sent : .deferred, reply: evidence, retryAt: at)
        if sent {
            settlement.touchpoint = Touchpoint(
                person: enrollment.person, enrollment: message.enrollment, step: message.step, kind: .emailSent,
                at: message.fencedAt ?? at, recordedAt: at,
                detail: ["mailbox": .text(message.mailbox), "evidence": .text(evidence)])
        }
        return try end(message, row.epoch, settlement, at: at)
    }

    /// What an earlier run left: before the fence it is tried again, behind it nobody knows.
    package func settleOrphans(at now: Instant) throws(StoreError) {
        for row in try tables.messageRows(in: .sending) {
            let settlement = Settlement(state: .deferred, reply: "the run ended before the message", retryAt: now)
            _ = try end(row.message, row.epoch, settlement, at: now)
        }
        for row in try tables.messageRows(in: .finalDot) {
            let settlement = Settlement(state: .unknown, reply: "the run ended before the server's answer")
            _ = try end(row.message, row.epoch, settlement, at: now)
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
        utf8.count == 64
            && utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
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
