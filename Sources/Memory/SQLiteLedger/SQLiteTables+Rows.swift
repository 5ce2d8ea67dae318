import CivilTime
import Digest
import Facts
import Ledger
import Outreach
import Planning

extension SQLiteTables: LedgerTables {
    // MARK: enrollments

    func enrollmentRow(_ id: Enrollment.ID) throws(StoreError) -> Enrollment? {
        try db.first(.enrollment, { $0.bind(id.row) }, enrollment)
    }

    func enrollments(of person: Person.ID) throws(StoreError) -> [Enrollment] {
        try db.all(.enrollmentsOf, { $0.bind(person.row) }, enrollment)
    }

    func insert(_ enrollment: Enrollment) throws(StoreError) -> Enrollment.ID {
        let version = try versionID(enrollment.version, sequence: enrollment.sequence)
        try db.run(.insertEnrollment) {
            $0.bind(enrollment.person.row)
            $0.bind(enrollment.sequence)
            $0.bind(enrollment.round)
            $0.bind(enrollment.exclusive)
            $0.bind(version)
            $0.bind(enrollment.state.rawValue)
            $0.bind(enrollment.reason)
            $0.bind(enrollment.mailbox)
            $0.bind(enrollment.enrolledAt)
            $0.bind(enrollment.queue.rawValue)
            $0.bind(enrollment.wakeAt)
            $0.bind(enrollment.tie)
            Self.bindWait(enrollment, $0)
        }
        return Enrollment.ID(db.insertedRow)
    }

    func update(_ enrollment: Enrollment) throws(StoreError) {
        let version = try versionID(enrollment.version, sequence: enrollment.sequence)
        try db.run(.updateEnrollment) {
            $0.bind(enrollment.person.row)
            $0.bind(enrollment.round)
            $0.bind(version)
            $0.bind(enrollment.state.rawValue)
            $0.bind(enrollment.reason)
            $0.bind(enrollment.mailbox)
            $0.bind(enrollment.queue.rawValue)
            $0.bind(enrollment.wakeAt)
            Self.bindWait(enrollment, $0)
            $0.bind(enrollment.id.row)
        }
    }

    func reschedule(_ enrollment: Enrollment) throws(StoreError) {
        try db.run(.rescheduleEnrollment) {
            $0.bind(enrollment.mailbox)
            $0.bind(enrollment.queue.rawValue)
            $0.bind(enrollment.wakeAt)
            $0.bind(enrollment.hold?.reason.rawValue)
            $0.bind(enrollment.hold?.detail)
            $0.bind(enrollment.projected.text)
            $0.bind(enrollment.isReleased)
            $0.bind(enrollment.id.row)
        }
    }

    private static func bindWait(_ enrollment: Enrollment, _ statement: Statement) {
        statement.bind(enrollment.hold?.reason.rawValue)
        statement.bind(enrollment.hold?.detail)
        statement.bind(enrollment.pausedUntil)
        statement.bind(enrollment.projected.text)
        statement.bind(enrollment.isReleased)
    }

    func pausesOver(at now: Instant) throws(StoreError) -> [Enrollment.ID] {
        try db.all(.pausesOver) {
            $0.bind(now)
        } _: {
            $0.enrollmentID()
        }
    }

    func wake(sequence: String, at: Instant) throws(StoreError) {
        try db.run(.wakeSequence) {
            $0.bind(at)
            $0.bind(sequence)
        }
    }

    func note(_ version: SequenceVersion, at: Instant) throws(StoreError) {
        let order = FactsText.text(version.stepOrder)
        let known = try db.first(.stepOrder, { $0.bind(version.version) }, { $0.optionalText() })
        if known == order { return }
        let id = try versionID(version.version, sequence: version.sequence)
        try db.run(.setStepOrder) {
            $0.bind(version.sequence)
            $0.bind(order)
            $0.bind(at)
            $0.bind(id)
        }
    }

    func result(_ enrollment: Enrollment.ID, step: String, attempt: Int) throws(StoreError) -> StepResult? {
        try db.first(.result) {
            $0.bind(enrollment.row)
            $0.bind(step)
            $0.bind(attempt)
        } _: {
            Self.result($0)
        }
    }

    func put(_ result: StepResult) throws(StoreError) {
        try db.run(.putResult) {
            $0.bind(result.enrollment.row)
            $0.bind(result.step)
            $0.bind(result.attempt)
            $0.bind(result.result)
            $0.bind(result.at)
            $0.bind(result.jump)
        }
    }

    // MARK: messages

    func messageRow(_ id: Int) throws(StoreError) -> MessageRow? {
        try db.first(.message, { $0.bind(id) }, Self.message)
    }

    func messageRow(of enrollment: Enrollment.ID, step: String) throws(StoreError) -> MessageRow? {
        try db.first(.messageOfStep) {
            $0.bind(enrollment.row)
            $0.bind(step)
        } _: { (row) throws(StoreError) in
            try Self.message(row)
        }
    }

    func messageRows(of enrollment: Enrollment.ID) throws(StoreError) -> [MessageRow] {
        try db.all(.messagesOfEnrollment, { $0.bind(enrollment.row) }, Self.message)
    }

    func messageRows(in state: Message.State) throws(StoreError) -> [MessageRow] {
        try db.all(SQL.messages(in: state)) {
            $0.bind(state.rawValue)
            $0.bind(-1)
        } _: { (row) throws(StoreError) in
            try Self.message(row)
        }
    }

    func hasMessage(withID messageID: String) throws(StoreError) -> Bool {
        try db.has(.hasMessage) { $0.bind(messageID) }
    }

    func insert(_ message: MessageRow) throws(StoreError) -> Int? {
        try db.run(.insertMessage) {
            $0.bind(message.message.enrollment.row)
            $0.bind(message.message.step)
            $0.bind(message.message.state.rawValue)
            $0.bind(message.message.mailbox)
            $0.bind(message.message.messageID)
            Self.bindTry(message, $0)
        }
        return db.changes == 1 ? db.insertedRow : nil
    }

    func update(_ message: MessageRow) throws(StoreError) {
        try db.run(.updateMessage) {
            $0.bind(message.message.state.rawValue)
            $0.bind(message.message.mailbox)
            Self.bindTry(message, $0)
            $0.bind(message.message.id)
        }
    }

    func end(_ row: MessageRow) throws(StoreError) {
        try db.run(.endMessage) {
            $0.bind(row.message.state.rawValue)
            $0.bind(row.message.reply)
            $0.bind(row.message.providerID)
            $0.bind(row.message.retryAt)
            $0.bind(row.message.id)
        }
    }

    private static func bindTry(_ row: MessageRow, _ statement: Statement) {
        let message = row.message
        statement.bind(message.date)
        statement.bind(Hex.decode(message.sha256) ?? [])
        statement.bind(message.attempts)
        statement.bind(message.retryAt)
        statement.bind(message.fencedAt)
        statement.bind(message.reply)
        statement.bind(message.providerID)
        statement.bind(message.arm)
        statement.bind(message.subject)
        statement.bind(row.epoch.number)
    }

    func fence(message: Int, epoch: Epoch, at: Instant) throws(StoreError) -> Bool {
        try db.run(.fence) {
            $0.bind(at)
            $0.bind(message)
            $0.bind(epoch.number)
        }
        return db.changes == 1
    }

    func fenced(message: Int) throws(StoreError) -> Fenced? {
        try db.first(.fenced, { $0.bind(message) }) {
            Fenced(
                enrollment: $0.enrollmentID(), mailbox: $0.text(), attempt: $0.int(), company: $0.optionalInt(),
                isExpected: $0.bool())
        }
    }

    func situation(ofMessage id: Int) throws(StoreError) -> Situation? {
        try db.first(.situation, { $0.bind(id) }) { (row) throws(StoreError) in
            Situation(
                row: try Self.message(row), enrollment: try enrollment(row),
                person: PersonBrief(companyID: row.optionalInt(), isForgotten: row.bool()))
        }
    }

    func add(_ fence: Fence) throws(StoreError) {
        try db.run(.insertFence) {
            $0.bind(fence.mailbox)
            $0.bind(fence.at)
            $0.bind(fence.message)
            $0.bind(fence.attempt)
            $0.bind(fence.day)
            $0.bind(fence.company)
        }
        try db.run(.countFenced) {
            $0.bind(fence.mailbox)
            $0.bind(fence.day)
        }
    }

    func addProjected(_ count: Int, mailbox: String, day: LocalDate) throws(StoreError) {
        try db.run(.addProjected) {
            $0.bind(mailbox)
            $0.bind(day)
            $0.bind(count)
        }
    }

    // MARK: tasks

    func taskRow(_ id: Int) throws(StoreError) -> OutreachTask? {
        try db.first(.task, { $0.bind(id) }, Self.task)
    }

    func tasks(of enrollment: Enrollment.ID) throws(StoreError) -> [OutreachTask] {
        try db.all(.tasksOfEnrollment, { $0.bind(enrollment.row) }, Self.task)
    }

    func insert(_ task: OutreachTask) throws(StoreError) -> Int {
        try db.run(.insertTask) {
            $0.bind(task.enrollment.row)
            $0.bind(task.step)
            $0.bind(task.attempt)
            Self.bind(task, $0)
        }
        return db.insertedRow
    }

    func update(_ task: OutreachTask) throws(StoreError) {
        try db.run(.updateTask) {
            Self.bind(task, $0)
            $0.bind(task.id)
        }
    }

    private static func bind(_ task: OutreachTask, _ statement: Statement) {
        statement.bind(task.kind.rawValue)
        statement.bind(task.owner)
        statement.bind(task.state.rawValue)
        statement.bind(task.dueAt)
        statement.bind(task.openedAt)
        statement.bind(task.expiresAt)
        statement.bind(task.snoozedUntil)
        statement.bind(task.approvedSHA256.flatMap(Hex.decode))
        statement.bind(task.editedText)
        statement.bind(task.outcome)
        statement.bind(task.closedAt)
    }

    // MARK: facts

    func hasTouchpoint(sourceKey: String) throws(StoreError) -> Bool {
        try db.has(.touchpointByKey) { $0.bind(sourceKey) }
    }

    func insert(_ touchpoint: Touchpoint) throws(StoreError) -> Int? {
        try db.run(.insertTouchpoint) {
            $0.bind(touchpoint.person.row)
            $0.bind(touchpoint.enrollment?.row)
            $0.bind(touchpoint.step)
            $0.bind(touchpoint.kind.name)
            $0.bind(touchpoint.at)
            $0.bind(touchpoint.recordedAt)
            $0.bind(touchpoint.sourceKey)
            $0.bind(touchpoint.detail.isEmpty ? nil : FactsText.text(touchpoint.detail))
        }
        return db.changes == 1 ? db.insertedRow : nil
    }

    func blankTouchpoints(of person: Person.ID) throws(StoreError) {
        try db.run(.blankTouchpoints) { $0.bind(person.row) }
    }

    func moveTouchpoints(from: Person.ID, to: Person.ID) throws(StoreError) {
        try db.run(.moveTouchpoints) {
            $0.bind(to.row)
            $0.bind(from.row)
        }
    }

    func put(_ standing: Standing?, rules: String, of person: Person.ID) throws(StoreError) {
        guard let standing else { return try db.run(.deleteStanding) { $0.bind(person.row) } }
        try db.run(.putStanding) {
            $0.bind(person.row)
            $0.bind(rules)
            $0.bind(standing.fit)
            $0.bind(standing.intent)
            $0.bind(standing.temperature.rawValue)
            $0.bind(standing.stage.rawValue)
            $0.bind(standing.nextChange)
        }
    }

    // MARK: the workspace

    func put(_ pause: Pause) throws(StoreError) {
        try db.run(.putPause) {
            Self.bind(pause.subject, $0)
            $0.bind(pause.until)
            $0.bind(pause.reason)
        }
    }

    func removePause(of subject: Pause.Subject) throws(StoreError) {
        try db.run(.deletePause) { Self.bind(subject, $0) }
    }

    private static func bind(_ subject: Pause.Subject, _ statement: Statement) {
        switch subject {
        case .mailbox(let name):
            statement.bind("mailbox")
            statement.bind(name)
        case .sequence(let name):
            statement.bind("sequence")
            statement.bind(name)
        }
    }

    func put(_ snapshot: Snapshot, at: Instant) throws(StoreError) {
        try db.run(.insertSnapshot) {
            $0.bind(snapshot.hash)
            $0.bind(at)
        }
        let id = db.insertedRow
        // Nothing asks for an older one, and it may name somebody who wants to be forgotten.
        try db.run(.deleteOldSnapshotFiles) { $0.bind(id) }
        try db.run(.deleteOldSnapshots) { $0.bind(id) }
        for file in snapshot.files {
            try db.run(.insertSnapshotFile) {
                $0.bind(id)
                $0.bind(file.path)
                $0.bind(file.bytes)
            }
        }
    }

    func put(_ mark: FolderMark, at: Instant) throws(StoreError) {
        try db.run(.putFolder) {
            $0.bind(mark.mailbox)
            $0.bind(mark.folder)
            $0.bind(mark.uidValidity)
            $0.bind(mark.uid)
            $0.bind(at)
        }
    }

    func add(_ conclusion: Conclusion) throws(StoreError) {
        try db.run(.insertConclusion) {
            $0.bind(conclusion.sequence)
            $0.bind(conclusion.step)
            $0.bind(conclusion.templates)
            $0.bind(conclusion.arm)
            $0.bind(conclusion.at)
        }
    }

    func addOutage(_ outage: Range<Instant>) throws(StoreError) {
        try db.run(.insertOutage) {
            $0.bind(outage.lowerBound)
            $0.bind(outage.upperBound)
        }
    }

    func lastRunEnd() throws(StoreError) -> Instant? {
        try db.first(.lastRunEnd, { $0.optionalInstant() }) ?? nil
    }
}
