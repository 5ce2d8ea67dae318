package import CivilTime
package import Outreach

/// An owner's tasks of a day, ready to be shown: as text, Markdown, CSV, JSON, a calendar or a page.
package struct TaskListing: Sendable {
    /// What kind of work a task is; lists are grouped by it, in this order.
    package enum Group: String, Sendable, Hashable, CaseIterable {
        case answers, approvals, held, accepted, linkedin, calls, other

        /// As a heading shows it.
        package var title: String {
            switch self {
            case .answers: "Replies to answer"
            case .approvals: "Approvals"
            case .held: "Held"
            case .accepted: "Accepted?"
            case .linkedin: "LinkedIn"
            case .calls: "Calls"
            case .other: "Other"
            }
        }
    }

    /// What a line is about: what an outcome is recorded for.
    package enum Subject: Sendable, Hashable {
        /// An open task's row.
        case task(Int)
        /// A step that is held; the outcome is how it is released.
        case hold(Enrollment.ID, step: String)
        /// A way that waits to hear whether an invitation was accepted.
        case wait(Enrollment.ID, step: String)
    }

    /// One line of the list.
    package struct Item: Sendable {
        /// What the line is about in the ledger.
        package var subject: Subject
        /// The prospect's row.
        package var personID: Person.ID
        /// By which it is named on the command line.
        package var code: TaskCode
        /// The heading it stands under.
        package var group: Group
        /// What is to be done: `connect`, `call`, `answer`.
        package var action: String
        /// The owner's key.
        package var owner: String
        /// The prospect's name.
        package var person: String
        /// Their title; `nil` where it is not known.
        package var title: String?
        /// Their company; `nil` where it is not known.
        package var company: String?
        /// When it was to be done; before today it is late.
        package var due: Instant
        /// The sequence's name.
        package var sequence: String
        /// The step's id.
        package var step: String
        /// What is to be written, sent or said; `nil` where nothing is.
        package var text: String?
        /// SHA-256 of an email that waits for approval, 64 hex digits: an approval is bound to it.
        package var digest: String?
        /// The most characters that LinkedIn takes of it.
        package var limit: Int?
        /// When they may be called: inside their hours and ours.
        package var window: Range<Instant>?
        /// The prospect's clock.
        package var zone: Zone
        /// As it is dialled; for calls.
        package var phone: String?
        /// The page to open: an absolute https address.
        package var link: String?
        /// What was last between us: `10 Mar mailed, no reply`; for a hold its reason.
        package var context: String
        /// What came before, a line each, oldest first.
        package var history: [String]
        /// What a person may report.
        package var outcomes: [String]

        package init(
            subject: Subject, personID: Person.ID, code: TaskCode, group: Group, action: String, owner: String,
            person: String, title: String? = nil,
            company: String? = nil, due: Instant, sequence: String, step: String, text: String? = nil,
            digest: String? = nil, limit: Int? = nil, window: Range<Instant>? = nil, zone: Zone, phone: String? = nil,
            link: String? = nil,
            context: String = "", history: [String] = [], outcomes: [String]
        ) {
            self.subject = subject
            self.personID = personID
            self.code = code
            self.group = group
            self.action = action
            self.owner = owner
            self.person = person
            self.title = title
            self.company = company
            self.due = due
            self.sequence = sequence
            self.step = step
            self.text = text
            self.digest = digest
            self.limit = limit
            self.window = window
            self.zone = zone
            self.phone = phone
            self.link = link
            self.context = context
            self.history = history
            self.outcomes = outcomes
        }

        /// The mark of the text that a list shows, beside the box that approves it; `nil` where nothing is approved.
        package var mark: String? { digest.map { String($0.prefix(8)) } }

        /// The outcome that needs no saying; `nil` where a person has to say which: a talk ends all of somebody's
        /// sequences, a release sends.
        package var usualOutcome: String? {
            switch group {
            case .approvals, .accepted, .linkedin, .other: outcomes.first
            case .answers, .held, .calls: nil
            }
        }

        /// `Jonas Weber, CTO, Nordlicht`.
        package var who: String { [person, title, company].compactMap { $0 }.joined(separator: ", ") }

        /// `68/200`, or `68` where nothing limits it; `nil` without a text.
        package var length: String? {
            guard let text, group == .linkedin else { return nil }
            let length = LinkedInAction.length(of: text)
            return limit.map { "\(length)/\($0)" } ?? "\(length)"
        }

        /// Whether LinkedIn would not take all of it.
        package var isTooLong: Bool {
            guard let text, let limit else { return false }
            return LinkedInAction.length(of: text) > limit
        }
    }

    /// A LinkedIn quota and how much of it is used.
    package struct Quota: Sendable, Hashable {
        /// As the list calls it: `invites`.
        package var name: String
        /// How much of it is used.
        package var used: Int
        /// How much there is.
        package var limit: Int
        /// `week`, `month`.
        package var period: String

        package init(name: String, used: Int, limit: Int, period: String) {
            self.name = name
            self.used = used
            self.limit = limit
            self.period = period
        }

        /// `invites 61/80 this week`.
        package var text: String { "\(name) \(used)/\(limit) this \(period)" }
    }

    /// How the last run ended.
    package struct LastRun: Sendable, Hashable {
        /// When it finished.
        package var at: Instant
        /// Whether it did all it had to.
        package var isFine: Bool

        package init(at: Instant, isFine: Bool) {
            self.at = at
            self.isFine = isFine
        }
    }

    /// How the lines are put together.
    package enum Grouping: String, Sendable, Hashable, CaseIterable {
        /// By what is to be done.
        case kind
        /// By whom it is about.
        case person
    }

    /// Whose tasks: a key of `people:`, or everybody's.
    package var owner: String?
    /// The instant the list is of.
    package var now: Instant
    /// The clock that the day and the times are read on.
    package var zone: Zone
    /// The run before the list; `nil` before the first.
    package var lastRun: LastRun?
    /// The owner's LinkedIn quotas, those that bound anything.
    package var quotas: [Quota]
    /// How many open tasks each paused sequence keeps back.
    package var pausedTasks: [String: Int]
    /// In the order of the list.
    package private(set) var items: [Item]

    /// A list of these lines, in their order.
    package init(
        owner: String?, now: Instant, zone: Zone, lastRun: LastRun? = nil, quotas: [Quota] = [],
        pausedTasks: [String: Int] = [:], items: [Item]
    ) {
        self.owner = owner
        self.now = now
        self.zone = zone
        self.lastRun = lastRun
        self.quotas = quotas
        self.pausedTasks = pausedTasks
        self.items = items.sorted { TaskListing.order($0) < TaskListing.order($1) }
    }

    /// Calls by the moment their window closes, all else by when it was due.
    private static func order(_ item: Item) -> (Int, Instant, String, String) {
        let group = Group.allCases.firstIndex(of: item.group) ?? 0
        let moment = item.group == .calls ? item.window?.upperBound ?? .distantFuture : item.due
        return (group, moment, item.person, item.code.full)
    }

    /// The groups that have something, with their lines.
    package func groups(by grouping: Grouping = .kind) -> [(title: String, items: [Item])] {
        switch grouping {
        case .kind:
            return Group.allCases.compactMap { group in
                let those = items.filter { $0.group == group }
                return those.isEmpty ? nil : (title(of: group), those)
            }
        case .person:
            var people: [String] = []
            for item in items where !people.contains(item.who) { people.append(item.who) }
            return people.map { who in (who, items.filter { $0.who == who }) }
        }
    }

    /// A group's title, with the quotas that bound it and the clocks that its times are on.
    private func title(of group: Group) -> String {
        switch group {
        case .linkedin where !quotas.isEmpty: "LinkedIn · " + quotas.map(\.text).joined(separator: ", ")
        case .calls: "Calls · your hours (theirs)"
        default: group.title
        }
    }

    /// `Thu 12 Mar · ana · 2 due · last run 08:55 ok`.
    package var headline: String {
        let day = zone.date(at: now)
        let late = items.count { zone.date(at: $0.due) < day }
        var parts = [Dates.weekday(day)]
        if let owner { parts.append(owner) }
        parts.append("\(items.count) due" + (late > 0 ? ", \(late) late" : ""))
        if let lastRun {
            let when =
                zone.date(at: lastRun.at) == day
                ? Dates.time(lastRun.at, in: zone) : Dates.moment(lastRun.at, in: zone)
            parts.append("last run \(when) \(lastRun.isFine ? "ok" : "failed")")
        } else {
            parts.append("no run yet")
        }
        return parts.joined(separator: " · ")
    }

    /// What stands behind the name, each in its own column.
    struct Remarks {
        /// Of the text, or the hours of a call.
        var measure: String?
        var phone: String?
        /// What happened; lateness first.
        var context: String?
    }

    func remarks(_ item: Item) -> Remarks {
        guard item.group != .calls else {
            return Remarks(measure: item.window.map { hours($0, item) } ?? "not today", phone: item.phone)
        }
        let context = [lateness(item), item.context.isEmpty ? nil : item.context].compactMap { $0 }
        return Remarks(measure: item.length, context: context.isEmpty ? nil : context.joined(separator: ", "))
    }

    /// `since 8 Mar`; `nil` for what is due today.
    func lateness(_ item: Item) -> String? {
        let due = zone.date(at: item.due)
        return due < zone.date(at: now) ? "since \(Dates.short(due))" : nil
    }

    /// `15:00-17:00 (09:00-11:00)`: ours, and theirs where the clocks differ.
    func hours(_ window: Range<Instant>, _ item: Item) -> String {
        let ours = Dates.span(window, in: zone)
        let theirs = Dates.span(window, in: item.zone)
        return ours == theirs ? ours : "\(ours) (\(theirs))"
    }
}
