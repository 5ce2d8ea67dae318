import Arguments
import CivilTime
import Diagnostics
import Interchange
import Ledger
import Outreach
import Planning
import Reports
import SQLiteLedger

/// Stops a person, a sequence or a mailbox for a while.
enum PauseCommand: StokeCommand {
    static let table = Command(
        "pause", summary: "stop a person, a sequence or a mailbox for a while",
        positionals: [Positional("WHAT", "a person, a sequence or a mailbox", candidates: .named("pausable"))],
        options: [
            Option("--until", value: "WHEN", "a date, or how long: 5d; without it: until it is resumed"),
            Option("--reason", value: "TEXT", "for whoever asks"),
        ],
        examples: [
            Example("stoke pause founders --until 2026-04-07", "over Easter"),
            Example("stoke pause ann@fathom.example", "one person"),
        ], group: "Every day")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.writing(desk)
        let what = desk.invocation.value("WHAT") ?? ""
        let until = try until(office)
        let reason = desk.invocation.value("--reason") ?? "paused by hand"
        switch PauseSubject.find(what, office.model) {
        case let subject?:
            _ = try office.store.commit([.pause(Pause(subject, until: until, reason: reason))], epoch: nil)
        case nil:
            let history = try office.store.history(of: PauseSubject.person(what, office).id)
            let active = history.enrollments.filter { $0.state == .active }
            guard !active.isEmpty else { throw Failure("\(Sink.line(history.person.displayName)) is in no sequence") }
            let halts = active.map {
                Operation.halt($0.id, state: .paused, reason: reason, until: until, at: office.now)
            }
            _ = try office.store.commit(halts, epoch: nil)
        }
        let end = until.map { "until \(Dates.moment($0, in: office.zone))" } ?? "until: stoke resume \(what)"
        desk.output.print("paused: \(Sink.line(what)), \(end)")
        return .fine
    }

    private static func until(_ office: Office) throws -> Instant? {
        guard let text = office.desk.invocation.value("--until") else { return nil }
        let until =
            Delay(text).map { Windows([], days: office.zone).deadline($0, since: office.now) }
            ?? Desk.instant(text, in: office.zone)
        guard let until, until > office.now else {
            throw office.desk.invocation.refusal("--until: \(text) is no time to come", hint: "5d, 2026-04-07")
        }
        return until
    }
}

/// What a word names besides a person.
enum PauseSubject {
    static func find(_ text: String, _ model: Model) -> Pause.Subject? {
        if model.sequences[text] != nil { return .sequence(text) }
        return model.mailboxes[text] != nil ? .mailbox(text) : nil
    }

    /// The person, where it names nothing else; near names of all three kinds are suggested.
    static func person(_ text: String, _ office: Office) throws -> Person {
        if try office.store.people(matching: text, limit: 1).isEmpty {
            let names = office.model.sequences.keys.sorted() + office.model.mailboxes.keys.sorted()
            if let hint = NearestName.hint(among: names, to: text) {
                throw Failure("no sequence, mailbox or person is called \(text)", hint: hint)
            }
        }
        return try office.person(text)
    }
}

/// Lets them go on.
enum ResumeCommand: StokeCommand {
    static let table = Command(
        "resume", summary: "let a paused or stopped person, sequence or mailbox go on",
        discussion: """
            After an outage, mails that are later than `max_lateness` are held. --spread lets them go, those of one \
            mailbox evenly over the open hours of the time it names, instead of all at once.
            """,
        positionals: [
            Positional(
                "WHAT", "a person, a sequence or a mailbox; with --spread: all without it", arity: .optional,
                candidates: .named("pausable"))
        ],
        options: [
            Option("--spread", value: "TERM", "overdue mails go evenly over the open hours of so long: 3d, 8h")
        ],
        examples: [
            Example("stoke resume ana", "the mailbox, when its password is mended"),
            Example("stoke resume --spread 3d", "after an outage, without a burst"),
        ], group: "Every day")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.writing(desk)
        if desk.invocation.has("--spread") { return try SpreadOut(office).run() }
        guard let what = desk.invocation.value("WHAT") else {
            throw desk.invocation.refusal("resume whom?", hint: "a person, a sequence, a mailbox; or --spread 3d")
        }
        if let subject = PauseSubject.find(what, office.model) {
            _ = try office.store.commit([.unpause(subject)], epoch: nil)
            desk.output.print("goes on: \(what)")
            return .fine
        }
        let history = try office.store.history(of: PauseSubject.person(what, office).id)
        let halted = history.enrollments.filter { [.paused, .stopped].contains($0.state) }
        guard let last = halted.last else {
            throw Failure("\(Sink.line(history.person.displayName)) is neither paused nor stopped")
        }
        let paused = halted.filter { $0.state == .paused }
        let outcomes = try office.store.commit(
            (paused.isEmpty ? [last] : paused).map { .resume($0.id, at: office.now) }, epoch: nil)
        for case .refused(let refusal) in outcomes { throw Failure("not resumed: \(refusal)") }
        desk.output.print("goes on: \(Sink.line(history.person.displayName))")
        return .fine
    }
}

/// Lets a held step go on.
enum ReleaseCommand: StokeCommand {
    static let table = Command(
        "release", summary: "let a held step go on: send, skip or stop",
        usage: ["PERSON (--send | --skip | --stop)"],
        positionals: [Positional("PERSON", "an address or a name", candidates: .named("people"))],
        options: [
            Option("--send", "judge the step again, now"), Option("--skip", "leave the step out"),
            Option("--stop", "end the sequence for this person"),
        ],
        examples: [Example("stoke release ann@fathom.example --skip", "on with the next step")], group: "Every day")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.writing(desk)
        let chosen = Release.allCases.filter { desk.invocation.has("--\($0.rawValue)") }
        guard chosen.count == 1, let release = chosen.first else {
            throw desk.invocation.refusal("say one of --send, --skip, --stop")
        }
        let history = try office.store.history(of: office.person(desk.invocation.value("PERSON") ?? "").id)
        let held = history.enrollments.filter { $0.hold != nil && $0.state == .active }
        guard !held.isEmpty else {
            throw Failure(
                "\(Sink.line(history.person.displayName)) is not held", hint: "stoke explain says what they wait for")
        }
        let operations = try held.map { enrollment -> Operation in
            .release(enrollment.id, release, step: try step(of: enrollment, history, office), at: office.now)
        }
        for case .refused(let refusal) in try office.store.commit(operations, epoch: nil) {
            throw Failure("not released: \(refusal)")
        }
        desk.output.print("released (\(release.rawValue)): \(Sink.line(history.person.displayName))")
        return .fine
    }

    /// The step at which the person stands.
    private static func step(of enrollment: Enrollment, _ history: History, _ office: Office) throws -> String? {
        guard let sequence = office.model.sequences[enrollment.sequence] else { return nil }
        let order = try office.store.stepOrder(ofVersion: enrollment.version) ?? sequence.steps.map(\.id)
        let results = history.results.filter { $0.enrollment == enrollment.id }
        let index = Position(in: sequence, results: results, storedOrder: order).index
        return sequence.steps.indices.contains(index) ? sequence.steps[index].id : nil
    }
}
