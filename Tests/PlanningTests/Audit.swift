import CivilTime
import Facts
import Ledger
import Outreach
import Planning

/// Judges what a life has come to, from its ledger and its files; it shares no code with the planner.
struct Audit {
    /// Whether stored `wakeAt`s are compared with computed ones, which takes as long as all the rest.
    var judgesWakes = true

    // MARK: after each turn

    func check(_ life: RandomLife, _ decisions: [Decision], _ circumstances: Circumstances) throws {
        let now = life.now
        let touched = Set(decisions.compactMap(\.enrollment))
        for mailbox in life.model.mailboxes.values where circumstances.unread[mailbox.name] == nil {
            try checkShare(of: mailbox, life, decisions, touched)
        }
        let paused = Set(try life.store.pauses(at: now).map(\.subject))
        for enrollment in try life.store.enrollments(sequence: nil, state: .active, after: nil, limit: 1000) {
            guard let sequence = life.model.sequences[enrollment.sequence] else { continue }
            if enrollment.wakeAt <= now, enrollment.enrolledAt < now, !touched.contains(enrollment.id) {
                let names = enrollment.mailbox.map { [$0] } ?? sequence.mailboxes
                let open = try names.filter {
                    try !paused.contains(.mailbox($0)) && free($0, life) > 0
                        && (enrollment.mailbox == nil || circumstances.unread[$0] == nil)
                }
                let isExcused: Bool
                switch enrollment.queue {
                case .open: isExcused = paused.contains(.mailbox(enrollment.mailbox ?? ""))
                case .followUp: isExcused = open.isEmpty
                case .fresh:
                    // Others may have to wait for a mailbox's windows or an owner's list.
                    isExcused = !isAlwaysTaken(sequence, open, life)
                }
                if !isExcused { life.findings.append("\(now.seconds): \(enrollment) was not looked at") }
            }
            if judgesWakes, now.seconds / life.model.settings.every % 5 == 0, enrollment.hold == nil {
                try checkWake(enrollment, sequence, life, circumstances)
            }
        }
    }

    /// The k-th slot of a mailbox's day is a new person's iff floor(k s) > floor((k-1) s); one without a taker goes to
    /// the other class, and one for new people to a follow-up that is a day late.
    private func checkShare(
        of mailbox: Mailbox, _ life: RandomLife, _ decisions: [Decision], _ touched: Set<Enrollment.ID>
    ) throws {
        let now = life.now
        let own = life.sends.filter { $0.at == now && $0.draft.mailbox == mailbox.name }
        guard !own.isEmpty else { return }
        let today = mailbox.timezone.date(at: now)
        let before = try life.store.fences(of: mailbox.name, since: now - 2 * .day)
            .count { $0 < now && mailbox.timezone.date(at: $0) == today }
        let all = try life.store.enrollments(sequence: nil, state: .active, after: nil, limit: 1000)
        let left = all.filter { $0.mailbox == mailbox.name && $0.queue == .followUp && $0.wakeAt <= now }
        let isLate = (own.map(\.draft.enrollment) + left).contains { $0.queue != .fresh && $0.wakeAt < now - .day }
        let fresh = all.contains { enrollment in
            guard enrollment.queue == .fresh, enrollment.wakeAt <= now, enrollment.enrolledAt < now,
                !touched.contains(enrollment.id),
                let sequence = life.model.sequences[enrollment.sequence]
            else { return false }
            return sequence.mailboxes.contains(mailbox.name) && isAlwaysTaken(sequence, sequence.mailboxes, life)
        }
        let tenths = Int((life.model.settings.newShare * 10).rounded())
        for (index, sent) in own.enumerated() {
            let k = before + index + 1
            let isForFresh = k * tenths / 10 > (k - 1) * tenths / 10
            // Whom a first task has brought in is on the way already.
            let wentToFresh =
                sent.draft.enrollment.queue == .fresh
                && life.model.sequences[sent.draft.sequence].map(startsWithEmail) ?? false
            if wentToFresh, !isForFresh, !left.isEmpty {
                life.findings.append("\(now.seconds): slot \(k) of \(mailbox.name) was a follow-up's: \(sent.name)")
            }
            if !wentToFresh, isForFresh, !isLate, fresh {
                life.findings.append("\(now.seconds): slot \(k) of \(mailbox.name) was a new person's: \(sent.name)")
            }
        }
    }

    /// Whether a free slot is all that a new person of the sequence needs.
    private func isAlwaysTaken(_ sequence: Outreach.Sequence, _ open: [String], _ life: RandomLife) -> Bool {
        guard open.count == sequence.mailboxes.count, open.count == 1, startsWithEmail(sequence) else { return false }
        let mailbox = life.model.mailboxes[open[0]]
        let isLimited = life.model.owners.values.contains {
            $0.hasLimits
        }
        return mailbox?.dailyCap == nil && mailbox?.ramp == nil
            && (!isLimited || !sequence.steps.contains { $0.isManual })
    }

    private func startsWithEmail(_ sequence: Outreach.Sequence) -> Bool {
        if case .email? = sequence.steps.first?.kind { true } else { false }
    }

    private func checkWake(
        _ enrollment: Enrollment, _ sequence: Outreach.Sequence, _ life: RandomLife, _ circumstances: Circumstances
    ) throws {
        guard enrollment.wakeAt > life.now else { return }
        let order = try life.store.stepOrder(ofVersion: enrollment.version) ?? []
        let outlook = Outlook(
            of: enrollment, in: sequence, order: order, history: try life.store.history(of: enrollment.person),
            circumstances)
        if outlook.hold != nil { return }
        // A try that a server refused leaves the gap that its fence had opened.
        let messages = try life.store.history(of: enrollment.person).messages
        if messages.contains(where: { $0.state != .sent }) { return }
        // A day's caps are full until midnight.
        let isCapped = sequence.mailboxes.contains { life.model.mailboxes[$0]?.companyCap != nil }
        if isCapped, outlook.step?.channel == .email { return }
        let isLimited = life.model.owners.values.contains {
            $0.hasLimits
        }
        if isLimited, outlook.step?.isManual ?? false { return }
        if outlook.draft != nil,
            life.sends.contains(where: {
                $0.at == life.now && $0.draft.enrollment.person == enrollment.person
            })
        {
            return
        }
        if enrollment.wakeAt > outlook.at {
            life.findings.append(
                "\(life.now.seconds): wakes at \(enrollment.wakeAt.seconds), may act at \(outlook.at.seconds):"
                    + " step \(outlook.step.map { "\($0)" } ?? "end"), \(outlook.draft == nil ? "no" : "a") draft,"
                    + " \(outlook.task.map { "\($0)" } ?? "no task") \(enrollment)")
        }
    }

    // MARK: caps

    private func free(_ name: String, _ life: RandomLife) throws -> Int {
        guard let mailbox = life.model.mailboxes[name] else { return 0 }
        let now = life.now
        // A try that ended before its fence had taken a slot, too.
        let fences =
            try life.store.fences(of: name, since: now - 2 * .day).filter { $0 < now }
            + life.sends.filter { $0.at == now && $0.draft.mailbox == name }.map(\.at)
        var free = Int.max
        if let cap = try cap(mailbox, at: now, life) {
            let today = mailbox.timezone.date(at: now)
            free = min(
                cap - fences.count { mailbox.timezone.date(at: $0) == today }, cap - fences.count { now - $0 < .day })
        }
        if let hourly = mailbox.hourlyCap { free = min(free, hourly - fences.count { now - $0 < .hour }) }
        if mailbox.gap > 0, let last = fences.last, now - last < mailbox.gap { free = 0 }
        return mailbox.gap > 0 && fences.last == now ? 0 : free
    }

    private func cap(_ mailbox: Mailbox, at now: Instant, _ life: RandomLife) throws -> Int? {
        guard let ramp = mailbox.ramp else { return mailbox.dailyCap }
        let today = mailbox.timezone.date(at: now)
        let days = Set(
            try life.store.fences(of: mailbox.name, since: .distantPast).map { mailbox.timezone.date(at: $0) }
                .filter { $0 < today })
        return min(ramp.start + ramp.add * days.count, mailbox.dailyCap ?? .max)
    }

    /// Everything that can be told from the whole life.
    func finish(_ life: RandomLife) throws -> [String] {
        var findings = life.findings
        for mailbox in life.model.mailboxes.values { findings += try capFindings(mailbox, life) }
        findings += try ownerFindings(life) + sendFindings(life) + windowFindings(life) + ledgerFindings(life)
        return findings + (try life.store.verify(at: life.now))
    }

    private func capFindings(_ mailbox: Mailbox, _ life: RandomLife) throws -> [String] {
        let fences = try life.store.fences(of: mailbox.name, since: .distantPast)
        var findings: [String] = []
        for (index, at) in fences.enumerated() {
            let before = fences[...index]
            let today = mailbox.timezone.date(at: at)
            if let cap = try cap(mailbox, at: at, life) {
                if before.count(where: { mailbox.timezone.date(at: $0) == today }) > cap {
                    findings.append("\(mailbox.name): over \(cap) on \(today)")
                }
                if before.count(where: { at - $0 < .day }) > cap { findings.append("\(mailbox.name): over in 24 h") }
            }
            if let hourly = mailbox.hourlyCap, before.count(where: { at - $0 < .hour }) > hourly {
                findings.append("\(mailbox.name): over in an hour")
            }
            if index > 0, at - fences[index - 1] < mailbox.gap { findings.append("\(mailbox.name): gap") }
        }
        if let cap = mailbox.companyCap {
            let days = Dictionary(grouping: life.sends.filter { $0.draft.mailbox == mailbox.name && $0.isFenced }) {
                "\($0.draft.history.person.companyID ?? 0) \(mailbox.timezone.date(at: $0.at))"
            }
            for (day, sends) in days where sends.count > cap { findings.append("company \(day)") }
        }
        return findings
    }

    private func ownerFindings(_ life: RandomLife) -> [String] {
        var findings: [String] = []
        for owner in life.model.owners.values {
            let own = life.opened.filter { $0.task.owner == owner.key && $0.task.kind != .approve }
            let invites = own.filter { [.connect, .connectNote].contains($0.task.kind) }
            let notes = own.filter { $0.task.kind == .connectNote }
            for one in own {
                let day = owner.timezone.date(at: one.at)
                let today = own.count { owner.timezone.date(at: $0.at) == day }
                if let cap = owner.tasksPerDay, today > cap {
                    findings.append("\(owner.key): \(today) tasks on \(day)")
                }
                let week = invites.count { $0.at <= one.at && one.at - $0.at < 7 * .day }
                if let cap = owner.invitesPerWeek, week > cap { findings.append("\(owner.key): invites") }
                let month = notes.count { $0.at <= one.at && one.at - $0.at < 30 * .day }
                if let cap = owner.notesPerMonth, month > cap { findings.append("\(owner.key): notes") }
            }
        }
        return findings
    }

    /// The caps of companies and owners once more, from the rows of the ledger alone.
    private func ledgerFindings(_ life: RandomLife) throws -> [String] {
        let histories = try life.store.people(after: nil, limit: 100).map { try life.store.history(of: $0.id) }
        var findings: [String] = []
        for mailbox in life.model.mailboxes.values {
            guard let cap = mailbox.companyCap else { continue }
            let fences = histories.flatMap { history in
                history.messages.filter { $0.mailbox == mailbox.name }.compactMap(\.fencedAt)
                    .map { "company \(history.person.companyID ?? 0), \(mailbox.timezone.date(at: $0))" }
            }
            for (day, own) in Dictionary(grouping: fences, by: \.self) where own.count > cap { findings.append(day) }
        }
        for owner in life.model.owners.values {
            guard let cap = owner.tasksPerDay else { continue }
            let days = histories.flatMap(\.tasks).filter { $0.owner == owner.key && $0.kind != .approve }
                .map { owner.timezone.date(at: $0.openedAt) }
            for (day, own) in Dictionary(grouping: days, by: \.self) where own.count > cap {
                findings.append("\(owner.key): \(own.count) tasks in the ledger on \(day)")
            }
        }
        return findings
    }

    // MARK: each send

    private func sendFindings(_ life: RandomLife) throws -> [String] {
        var findings: [String] = []
        var mailboxes: [Enrollment.ID: Set<String>] = [:]
        var touches: [Person.ID: [(Instant, Bool)]] = [:]
        for sent in life.sends {
            let draft = sent.draft
            mailboxes[draft.enrollment.id, default: []].insert(draft.mailbox)
            let known = draft.history.results.filter { $0.enrollment == draft.enrollment.id }
            if known.contains(where: { $0.step == draft.step.id }) { findings.append("again: \(sent.name)") }
            if let since = known.map(\.at).max(), since > sent.at { findings.append("before its time: \(sent.name)") }
            touches[draft.enrollment.person, default: []].append((sent.at, draft.deferred != nil))
        }
        for (id, names) in mailboxes where names.count > 1 { findings.append("\(id) has mailboxes \(names)") }
        for list in touches.values {
            for (a, b) in zip(list, list.dropFirst()) where !b.1 && b.0 - a.0 < life.model.settings.personGap {
                // The first of two may have ended before it touched anybody.
                if !life.isNoisy { findings.append("person gap") }
            }
        }
        for person in try life.store.people(after: nil, limit: 100) {
            let history = try life.store.history(of: person.id)
            let steps = history.results.map { "\($0.enrollment.row) \($0.step) \($0.attempt)" }
            if Set(steps).count != steps.count { findings.append("a step twice: \(steps)") }
            let mails = history.messages.map { "\($0.enrollment.row) \($0.step)" }
            if Set(mails).count != mails.count { findings.append("two messages of a step: \(mails)") }
        }
        return findings
    }

    private func windowFindings(_ life: RandomLife) -> [String] {
        var findings: [String] = []
        for sent in life.sends {
            guard let sequence = life.workspace.model.sequences[sent.draft.sequence],
                let mailbox = life.model.mailboxes[sent.draft.mailbox]
            else { continue }
            let zone = clock(sequence, mailbox, sent.draft.history.person, life)
            let calendars = [life.model.settings.calendar, mailbox.calendar, sequence.calendar].compactMap { $0 }
            if !calendars.allSatisfy({ isOpen($0, zone.local(at: sent.at)) }) {
                findings.append("closed: \(sent.name)")
            }
            let day = mailbox.timezone.date(at: sent.at)
            if mailbox.freeze.contains(where: { $0.first <= day && day <= $0.last }) {
                findings.append("frozen: \(sent.name)")
            }
            findings += delayFindings(sent, sequence, zone, calendars, life)
        }
        for one in life.opened where one.task.kind != .approve {
            guard let owner = life.model.owners[one.task.owner] else { continue }
            if !isOpen(life.model.settings.calendar, owner.timezone.local(at: one.at)) {
                findings.append("closed for \(owner.key): \(one.name)")
            }
        }
        return findings
    }

    private func clock(
        _ sequence: Outreach.Sequence, _ mailbox: Mailbox, _ person: Person, _ life: RandomLife
    ) -> Zone {
        switch sequence.clock {
        case .workspace: return life.model.settings.timezone
        case .owner: return life.model.owners[mailbox.owner]?.timezone ?? life.model.settings.timezone
        case .prospect:
            let name = person.facts["timezone"]?.plainText
            return RandomWorkspace.zones.first { $0.name == name } ?? life.model.settings.timezone
        }
    }

    private func isOpen(_ calendar: BusinessCalendar, _ local: LocalDateTime) -> Bool {
        calendar.days.contains(local.date.weekday) && !calendar.holidays.dates.contains(local.date)
            && calendar.hours.windows.contains { $0.contains(local.time.secondOfDay) }
    }

    /// Delays count from the actual completion of the step before.
    private func delayFindings(
        _ sent: RandomLife.Sent, _ sequence: Outreach.Sequence, _ zone: Zone, _ calendars: [BusinessCalendar],
        _ life: RandomLife
    ) -> [String] {
        // After an edit the step before may be another one.
        guard life.model.sequences[sequence.name]?.version == sequence.version else { return [] }
        let ids = sequence.steps.map(\.id)
        let results = sent.draft.history.results.filter { $0.enrollment == sent.draft.enrollment.id }
        let last = results.max {
            (ids.firstIndex(of: $0.step) ?? 0, $0.attempt) < (ids.firstIndex(of: $1.step) ?? 0, $1.attempt)
        }
        let since = last?.at ?? sent.draft.enrollment.enrolledAt
        guard let step = sequence.step(sent.draft.step.id), let after = step.after else { return [] }
        let (from, to) = (zone.date(at: since), zone.date(at: sent.at))
        let isLongEnough: Bool
        switch after {
        case .elapsed(let seconds): isLongEnough = sent.at - since >= seconds
        case .days(let days): isLongEnough = to - from >= days
        case .businessDays(let count):
            let hours = calendars.reduce(Hours.always) { $0.intersection($1.hours) }
            let days = (0..<max(to - from, 0)).count { offset in
                let date = from + offset + 1
                return !hours.isEmpty
                    && calendars.allSatisfy { $0.days.contains(date.weekday) && !$0.holidays.dates.contains(date) }
            }
            isLongEnough = days >= count
        }
        return isLongEnough ? [] : ["\(after) not over: \(sent.name) at \(sent.at.seconds), since \(since.seconds)"]
    }
}
