import CivilTime
import Outreach

/// How much a mailbox may still send now, counted from its fences, and whom its next slot is for.
struct MailboxRoom {
    let mailbox: Mailbox
    let now: Instant
    let today: LocalDate
    /// `nil`: no cap.
    let cap: Int?
    /// On how many days before today it sent anything.
    let sendingDays: Int
    /// Fences of the last 24 hours and of today, this tick's sends among them, oldest first.
    private(set) var fences: [Instant]
    private(set) var sentToday: Int
    private let share: Double
    /// Follow-ups that are expected on coming days, this tick's admissions among them.
    var projected: [LocalDate: Int] = [:]
    /// People whom this tick has bound to it.
    private(set) var admitted = 0

    init(_ mailbox: Mailbox, now: Instant, fences: [Instant], sendingDays: Int, share: Double) {
        self.mailbox = mailbox
        self.now = now
        self.sendingDays = sendingDays
        self.share = share
        self.fences = fences
        today = mailbox.timezone.date(at: now)
        let start = mailbox.timezone.start(of: today)
        sentToday = fences.count { $0 >= start }
        cap = MailboxRoom.cap(of: mailbox, afterSendingDays: sendingDays)
    }

    /// The cap of a day that has so many sending days before it.
    static func cap(of mailbox: Mailbox, afterSendingDays days: Int) -> Int? {
        guard let ramp = mailbox.ramp else { return mailbox.dailyCap }
        let ramped = ramp.start + ramp.add * days
        return mailbox.dailyCap.map { min($0, ramped) } ?? ramped
    }

    /// How many messages may go now: the least of day, rolling 24 hours, hour and gap.
    var free: Int {
        var free = Int.max
        if let cap {
            free = min(cap - sentToday, cap - fences.count { $0 > now - .day })
        }
        if let hourly = mailbox.hourlyCap { free = min(free, hourly - fences.count { $0 > now - .hour }) }
        if mailbox.gap > 0 { free = min(free, fences.last.map { now - $0 >= mailbox.gap } ?? true ? 1 : 0) }
        return max(free, 0)
    }

    /// Whether the day's next slot is a fresh person's: the k-th is iff floor(k s) > floor((k-1) s).
    var isNextSlotFresh: Bool {
        freshSlots(upTo: sentToday + 1) > freshSlots(upTo: sentToday)
    }

    /// Floor(k s) as people reckon it: 100 x 0.29 is 29, though binary fractions make a little less of it.
    private func freshSlots(upTo k: Int) -> Int { Int((Double(k) * share + 1e-9).rounded(.down)) }

    /// Counts a send of this tick.
    mutating func take() {
        fences.append(now)
        sentToday += 1
    }

    /// Whether today's cap still has a slot that no follow-up of today will need.
    var hasSlotToSpare: Bool {
        cap.map { sentToday + projected[today, default: 0] < $0 } ?? true
    }

    /// Counts a person who is bound to it, with the days on which their emails are expected.
    mutating func admit(expecting days: [LocalDate]) {
        admitted += 1
        for day in days { projected[day, default: 0] += 1 }
    }

    /// How much of today's cap is left; without a cap, mailboxes still differ by what they have sent.
    var leftToday: Int { (cap ?? .max) - sentToday }

    /// How many emails it sent today and is expected to send, and how many people this tick has given it.
    var load: Int { sentToday + projected.values.reduce(0, +) + admitted }

    /// Whether one more person with emails on these days still fits the cap of every one of them.
    ///
    /// `others` of their emails go right now. On a ramp, a day before counts as a sending day only where something is expected on it.
    func fits(_ days: [LocalDate], besides others: Int) -> Bool { spare(days, besides: others) >= 0 }

    /// How many more such people would fit besides this one; below zero where not even this one does.
    func spare(_ days: [LocalDate], besides others: Int) -> Int {
        guard mailbox.dailyCap != nil || mailbox.ramp != nil else { return .max }
        var added: [LocalDate: Int] = [:]
        var spare = Int.max
        for day in days {
            added[day, default: 0] += 1
            let cap = MailboxRoom.cap(of: mailbox, afterSendingDays: sendingDays + sendingDays(before: day)) ?? .max
            let sent = day == today ? sentToday + others : 0
            spare = min(spare, cap - projected[day, default: 0] - added[day, default: 0] - sent)
            if spare < 0 { break }
        }
        return spare
    }

    /// How many days from today on, before `day`, are sure to have sends.
    private func sendingDays(before day: LocalDate) -> Int {
        guard mailbox.ramp != nil, today < day else { return 0 }
        return (today.dayNumber..<day.dayNumber).count { number in
            let date = LocalDate(dayNumber: number)
            return projected[date, default: 0] > 0 || (date == today && sentToday > 0)
        }
    }
}
