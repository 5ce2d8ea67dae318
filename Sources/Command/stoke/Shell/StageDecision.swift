import Arguments
import CivilTime
import Facts
import Interchange
import Ledger
import Outreach
import Planning
import Qualification
import Reports

/// A person's decision about somebody's stage, as the command line says it.
struct StageDecision {
    let stage: Stage
    let detail: Record

    static let options = [
        Option("--accept", "they fit: they become prospects"),
        Option("--reject", value: "REASON", "they are disqualified, with a reason of qualification.yaml"),
        Option("--sql", "they become SQLs; needs a talk and evidence for every field"),
        Option("--opportunity", value: "STEP", "an SQL becomes an opportunity; the next step, with its day in --on"),
        Option("--on", value: "DATE", "the day of the next step: 2026-03-20, 5 business days"),
        Option("--won", value: "VALUE", "the opportunity is won; ends all outreach to them"),
        Option("--lost", value: "REASON", "the opportunity is lost"),
        Option("--recycle", value: "REASON", "not now: they are nurtured until a day"),
        Option("--until", value: "DATE", "when a recycled person is looked at again: 2026-09-01, 90d"),
        Option("--nurture", value: "SEQUENCE", "the sequence of the meantime", candidates: .named("sequences")),
        Option(
            "--back", value: "STAGE", "back to an earlier stage, with --reason",
            kind: .choice(["lead", "prospect", "iql", "mql", "sql", "opportunity"])),
        Option("--reason", value: "TEXT", "why they go back"),
        Option("--note", value: "TEXT", "for the history"),
    ]

    private static let deciding = [
        "--accept", "--reject", "--sql", "--opportunity", "--won", "--lost", "--recycle", "--back",
    ]

    /// What was decided; `nil` where nothing was.
    ///
    /// - Throws: `UsageError` for two decisions at once, and for what a decision lacks.
    init?(_ office: Office) throws {
        let invocation = office.desk.invocation
        let given = Self.deciding.filter(invocation.has)
        guard given.count <= 1 else {
            throw invocation.refusal("\(given.joined(separator: " and ")) exclude each other")
        }
        guard let option = given.first else { return nil }
        var detail = Record()
        if let note = invocation.value("--note") { detail["note"] = .text(note) }
        let value = invocation.value(option) ?? ""
        switch option {
        case "--accept": stage = .prospect
        case "--reject", "--lost":
            stage = option == "--lost" ? .lost : .disqualified
            detail[DetailKey.reason] = .text(value)
        case "--sql": stage = .sql
        case "--opportunity":
            stage = .opportunity
            detail[DetailKey.nextStep] = .text(value)
            detail[DetailKey.nextStepOn] = try office.comingDay("--on").map { .date($0) }
        case "--won":
            guard let number = Double(value), number.isFinite, number >= 0 else {
                throw invocation.refusal("--won: \(value) is no amount", hint: "--won 9000")
            }
            stage = .won
            detail[DetailKey.value] = .decimal(number)
        case "--recycle":
            stage = .recycled
            detail[DetailKey.reason] = .text(value)
            detail[DetailKey.until] = try office.comingDay("--until").map { .date($0) }
            detail[DetailKey.nurture] = try office.sequence("--nurture").map { .text($0) }
        default:
            stage = Stage(rawValue: value) ?? .lead
            detail[DetailKey.reason] = invocation.value("--reason").map { .text($0) }
            detail[DetailKey.nextStep] = detail[DetailKey.reason]
            detail[DetailKey.nextStepOn] = try office.comingDay("--on").map { .date($0) }
        }
        self.detail = detail
    }

    /// The facts that record it for somebody: the stage, and that an open answer or talk is decided about.
    ///
    /// - Throws: `Failure` with all that the gate misses.
    func facts(_ history: History, by: String, _ office: Office) throws -> [Touchpoint] {
        let entry: Touchpoint
        do {
            entry = try office.qualifier.decision(stage, by: by, detail: detail, of: history, at: office.now)
        } catch {
            throw Self.failure(error, history, office)
        }
        guard history.openTalk != nil else { return [entry] }
        let disposition = Touchpoint(
            person: history.person.id, kind: .disposition, at: office.now, recordedAt: office.now,
            detail: [DetailKey.by: .text(by), "outcome": .text(outcome)])
        return [disposition, entry]
    }

    /// What it says to a talk that waits for a decision.
    private var outcome: String {
        switch stage {
        case .disqualified, .lost: "disqualify"
        case .recycled: "nurture"
        default: "go_on"
        }
    }

    private static func failure(_ refusal: GateRefusal, _ history: History, _ office: Office) -> Failure {
        let missing = refusal.missing.map(GateText.words).joined(separator: "; ")
        let who = history.person.email ?? history.person.key
        return Failure(
            "\(Sink.line(history.person.displayName)) can't become \(StageText.being(refusal.stage)): missing \(missing)",
            hint: "stoke qualify \(who) shows what is there and what to do next")
    }
}

extension Office {
    /// The day that an option names: a date, or how long from today.
    ///
    /// - Throws: `UsageError` for what is no day, or a day that is over.
    func comingDay(_ option: String) throws -> LocalDate? {
        guard let text = desk.invocation.value(option) else { return nil }
        let today = zone.date(at: now)
        let windows = Windows(model.settings.calendar, in: zone)
        let day = LocalDate(text) ?? Delay(text).map { zone.date(at: windows.deadline($0, since: now)) }
        guard let day else {
            throw desk.invocation.refusal("\(option): \(text) is no day", hint: "2026-09-01, 90d, 5 business days")
        }
        guard day >= today else {
            throw desk.invocation.refusal("\(option): \(day) is over", hint: "a day to come")
        }
        return day
    }

    /// The sequence that an option names.
    func sequence(_ option: String) throws -> String? {
        guard let name = desk.invocation.value(option) else { return nil }
        guard model.sequences[name] != nil else {
            throw desk.invocation.refusal(
                "\(option): no sequence is called \(name)", hint: model.sequences.keys.sorted().joined(separator: ", "))
        }
        return name
    }
}
