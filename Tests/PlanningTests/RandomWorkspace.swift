import CivilTime
import Facts
import Ledger
import Outreach
import TestKit

/// A workspace that nobody would write, with its people: everything of it follows from the seed.
struct RandomWorkspace {
    let seed: UInt64
    let start: Instant
    private(set) var model: Model
    private(set) var people: [RandomPerson] = []
    private var random: SeededRandom

    struct RandomPerson {
        var entry: PersonEntry
        var sequences: [String]
        /// When they are enrolled, counted from the start; seconds.
        var delay: Int
    }

    /// What a workspace may have.
    struct Traits: OptionSet {
        let rawValue: Int
        /// Only emails, on one clock, with daily caps alone: everybody must be on time.
        static let plain = Traits(rawValue: 1)
    }

    static let zones = [
        "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC", "America/St_Johns",
    ].compactMap(World.zone)

    init(seed: UInt64, _ traits: Traits = []) {
        self.seed = seed
        random = SeededRandom(seed: seed)
        let every = random.pick([900, 1800, 3600, 3600, 7200])
        // Some begin right before a change of clocks, in either hemisphere.
        let base = random.pick([1_772_438_400, 1_774_400_400, 1_772_700_000, 1_792_900_800, 1_775_000_000])
        start = Instant((base + random.int(0...6) * .day) / every * every)
        var settings = Settings(
            timezone: random.pick(RandomWorkspace.zones), company: "Acme", postalAddress: "Berlin", every: every)
        settings.newShare = random.pick([0.1, 0.4, 0.5, 1])
        settings.personGap = random.pick([0, 3600, 20 * .hour])
        settings.calendar = RandomWorkspace.calendar(&random, from: start)
        model = Model(hash: "h", settings: settings, owners: [:], mailboxes: [:], sequences: [:], templates: [:])
        if traits.contains(.plain) {
            // The rolling day of a cap and a change of clocks, or windows that differ, may cost somebody a day.
            model.settings.personGap = 0
            model.settings.timezone = random.pick(
                RandomWorkspace.zones.filter { ["UTC", "Asia/Kolkata"].contains($0.name) })
        }
        addOwners()
        addMailboxes(traits)
        addSequences(traits)
        addPeople(traits)
    }

    private static func calendar(_ random: inout SeededRandom, from start: Instant) -> BusinessCalendar {
        let first = LocalDate(dayNumber: start.seconds / .day)
        let holidays = Set((0..<random.pick([0, 0, 1, 3])).map { _ in first + random.int(0...13) })
        let hours = random.pick([
            Hours([9 * .hour..<17 * .hour]), Hours([9 * .hour..<12 * .hour, 13 * .hour..<18 * .hour]),
            Hours([8 * .hour..<20 * .hour]), .always,
        ])
        return BusinessCalendar(
            days: random.oneIn(4) ? .all : .workdays, hours: hours, holidays: Holidays(dates: holidays))
    }

    private mutating func addOwners() {
        for name in ["ana", "bob"] {
            var owner = Owner(key: name, name: name, timezone: random.pick(RandomWorkspace.zones))
            owner.tasksPerDay = random.oneIn(2) ? random.int(1...4) : nil
            owner.invitesPerWeek = random.oneIn(2) ? random.int(1...4) : nil
            owner.notesPerMonth = random.oneIn(2) ? random.int(1...3) : nil
            model.owners[name] = owner
        }
    }

    private mutating func addMailboxes(_ traits: Traits) {
        for name in ["m1", "m2", "m3"].prefix(random.int(1...3)) {
            var mailbox = Mailbox(
                name: name, owner: random.pick(["ana", "bob"]), fromName: name, fromAddress: "\(name)@acme.example",
                timezone: random.pick(RandomWorkspace.zones), dailyCap: random.oneIn(3) ? nil : random.int(1...6),
                gap: 0)
            if traits.contains(.plain) {
                mailbox.timezone = model.settings.timezone
                mailbox.dailyCap = random.int(1...6)
            } else {
                mailbox.hourlyCap = random.oneIn(3) ? random.int(1...3) : nil
                mailbox.gap = random.pick([0, 0, 90, 1800, 5400])
                mailbox.companyCap = random.oneIn(3) ? random.int(1...2) : nil
                if random.oneIn(3) { mailbox.ramp = Mailbox.Ramp(start: random.int(1...2), add: random.int(0...2)) }
                if random.oneIn(4) {
                    let first = mailbox.timezone.date(at: start) + random.int(0...6)
                    mailbox.freeze = [DateRange(first, through: first + random.int(0...3))].compactMap { $0 }
                }
                if random.oneIn(4) { mailbox.calendar = BusinessCalendar(hours: Hours([10 * .hour..<16 * .hour])) }
            }
            model.mailboxes[name] = mailbox
        }
    }

    private mutating func addSequences(_ traits: Traits) {
        let mailboxes = model.mailboxes.keys.sorted()
        for name in ["s", "t"].prefix(random.int(1...2)) {
            var sequence = Outreach.Sequence(
                name: name, mailboxes: Array(mailboxes.prefix(random.int(1...mailboxes.count))),
                clock: traits.contains(.plain) ? .workspace : random.pick([.prospect, .owner, .workspace]),
                exclusive: random.oneIn(2), steps: steps(traits), version: "\(name)1")
            if name == "s", random.oneIn(3) { sequence.finish = .nurture("t") }
            if !traits.contains(.plain), random.oneIn(4) {
                sequence.calendar = BusinessCalendar(hours: Hours([10 * .hour..<15 * .hour]))
            }
            model.sequences[name] = sequence
        }
        if model.sequences["t"] == nil { model.sequences["s"]?.finish = .none("") }
    }

    private mutating func steps(_ traits: Traits) -> [Step] {
        let count = random.int(1...6)
        let ids = (0..<count).map { "e\($0)" }
        return ids.enumerated().map { index, id in
            let later = Array(ids.dropFirst(index + 1))
            var step = Step(id: id, kind: traits.contains(.plain) ? .plainEmail : kind(later))
            step.after = index == 0 && random.oneIn(2) ? nil : delay()
            if traits.contains(.plain), index > 0 {
                // Elapsed time may begin late on one day and so end on another than was expected.
                step.after = random.oneIn(2) ? .businessDays(random.int(1...4)) : .days(random.int(1...4))
            }
            guard !traits.contains(.plain) else { return step }
            decorate(&step, later)
            return step
        }
    }

    private mutating func delay() -> Delay? {
        switch random.int(0...6) {
        case 0: nil
        case 1, 2: .businessDays(random.int(1...3))
        case 3, 4: .days(random.int(1...4))
        default: .elapsed(seconds: random.int(1...50) * .hour + random.int(0...3599))
        }
    }

    private mutating func kind(_ later: [String]) -> Step.Kind {
        switch random.int(0...11) {
        case 0: .call(template: "c")
        case 1: .linkedin(.connect, template: random.oneIn(2) ? "n" : nil)
        case 2: .linkedin(.message, template: "n")
        case 3: .task(template: "t")
        case 4 where later.count > 1: .branch(criteria(), then: random.pick(later), else: random.pick(later))
        case 5 where later.count > 1:
            .split(later.prefix(2).map { Step.Weighted(step: $0, weight: 50) })
        case 6: .linkedin(.view, template: nil)
        default: .plainEmail
        }
    }

    private mutating func criteria() -> Criteria {
        random.pick([
            .fact("linkedin.connected", .equals(.bool(true))), .fact("linkedin.connected", .equals(.bool(false))),
            .fact("touchpoints.email.sent.days_ago", .range(from: 2, to: nil)),
            .fact("touchpoints.email.sent.count", .range(from: 1, to: nil)), .fact("title", .missing(false)),
        ])
    }

    private mutating func onward(_ later: [String]) -> Step.Onward {
        switch random.int(0...3) {
        case 0: .stop
        case 1 where !later.isEmpty: .step(random.pick(later))
        case 2: .retry(times: random.int(1...2), after: .businessDays(1))
        default: .next
        }
    }

    private mutating func decorate(_ step: inout Step, _ later: [String]) {
        if random.oneIn(5) { step.when = criteria() }
        if random.oneIn(6) {
            let otherwise: Step.Onward = later.isEmpty ? .next : random.oneIn(2) ? .step(random.pick(later)) : .next
            step.wait = Step.Wait(
                condition: criteria(), atMost: .days(random.int(1...4)), otherwise: otherwise)
        }
        if step.isManual {
            if random.oneIn(2) { step.expire = .days(random.int(1...3)) }
            step.onExpire = onward(later)
            step.parallel = random.oneIn(4)
            if !step.parallel {
                step.outcomes = ["good", "bad"].map { Step.Outcome(name: $0, onward: onward(later)) }
            } else {
                step.onExpire = .next
            }
        } else if case .email = step.kind {
            step.review = random.oneIn(8)
            if step.review { step.expire = .days(2) }
        }
    }

    private mutating func addPeople(_ traits: Traits) {
        for index in 0..<random.int(1...20) {
            var facts: Record = [:]
            if random.oneIn(2) { facts["timezone"] = .text(random.pick(RandomWorkspace.zones).name) }
            if !random.oneIn(5) { facts["phone"] = .text("+4930\(index)") }
            if !random.oneIn(5) { facts["linkedin"] = .text("https://linkedin.example/p\(index)") }
            if random.oneIn(2) { facts["title"] = .text("CTO") }
            let domain = "c\(random.int(0...4)).example"
            let email = traits.contains(.plain) || !random.oneIn(15) ? "p\(index)@\(domain)" : nil
            if email == nil { facts["linkedin"] = .text("https://linkedin.example/p\(index)") }
            let entry = PersonEntry(
                email: email, linkedin: facts["linkedin"]?.plainText, phone: facts["phone"]?.plainText, facts: facts,
                company: ["name": .text(domain)], companyDomain: domain, source: "test", at: start)
            let names = model.sequences.keys.sorted()
            let sequences = random.oneIn(3) ? names : [random.pick(names)]
            let delay = random.oneIn(3) ? random.int(0...5) * .day : 0
            people.append(RandomPerson(entry: entry, sequences: sequences, delay: delay))
        }
    }
}

extension Step.Kind {
    static let plainEmail = Step.Kind.email([Step.Variant(arm: "t", template: "t")])
}
