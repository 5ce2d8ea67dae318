import CivilTime
import Facts
import Interchange
import Ledger
import Messages
import Outreach
import Planning
import Qualification
import Reports
import SQLiteLedger

/// Scores, stage and the next step of one person, each with its reason.
struct ExplanationText {
    private let office: Office
    private let history: History
    private let explanation: Explanation
    private let at: Instant

    init(_ office: Office, _ history: History, _ explanation: Explanation, at: Instant) {
        self.office = office
        self.history = history
        self.explanation = explanation
        self.at = at
    }

    private var standing: Standing { explanation.standing }

    func text() throws -> String {
        var lines = [
            office.desk.output.style.bold(Sink.line(history.person.displayName)),
            "\(standing.stage.rawValue) · \(standing.temperature.rawValue) · \(Dates.moment(at, in: office.zone))",
        ]
        lines += ["", "intent \(standing.intent.short)"] + points
        for fit in explanation.fits {
            lines += ["", "fit to \(fit.icp): \(fit.score.map(String.init) ?? "unknown")"] + self.fit(fit)
        }
        if !explanation.stages.isEmpty { lines += ["", "stages"] + explanation.stages.map(stage) }
        for enrollment in history.enrollments where [.active, .paused].contains(enrollment.state) {
            lines += [""] + (try next(enrollment))
        }
        return lines.joined(separator: "\n")
    }

    /// Every point with its touchpoint; the sum is the score.
    private var points: [String] {
        if explanation.points.isEmpty { return ["  nothing they did scores"] }
        return explanation.points.map { point in
            let share = Double(point.thousandths) / 1000
            let line = TouchpointText.line(point.touchpoint, in: office.zone)
            return "  \(share.short.leftPadded(to: 8))  \(Sink.line(line)) (\(point.rule): \(point.points.short))"
        }
    }

    private func fit(_ fit: FitJudgement) -> [String] {
        (fit.requirements + fit.preferences).map { line in
            let mark =
                switch line.truth {
                case .yes: "yes"
                case .no: "no"
                case .unknown(let facts): "unknown: no \(facts.joined(separator: ", "))"
                }
            let points = line.points.map { "+\($0)" } ?? "must"
            return "  \(points.padding(to: 6))\(Sink.line(line.criteria.description)): \(mark)"
        }
    }

    private func stage(_ entry: StageEntry) -> String {
        "  \(Dates.moment(entry.at, in: office.zone))  \(entry.stage.rawValue)"
    }

    // MARK: the next step

    /// The next step and what it waits for, the binding reason first.
    private func next(_ enrollment: Enrollment) throws -> [String] {
        guard let sequence = office.model.sequences[enrollment.sequence] else {
            return ["\(enrollment.sequence): not in the applied files; its people wait until it is back"]
        }
        if enrollment.state == .paused {
            let end = enrollment.pausedUntil.map { " until \(moment($0))" } ?? ""
            return ["\(enrollment.sequence): paused\(end), \(Sink.line(enrollment.reason ?? ""))"]
        }
        let (next, rendering) = try nextStep(enrollment, sequence)
        guard let step = next.step else { return ["\(enrollment.sequence): the end comes with the next run"] }
        var lines = ["\(enrollment.sequence): \(step.id)\(next.mailbox.map { " from \($0)" } ?? "")"]
        if let rendering { lines.append("  held        \(Sink.line(HoldText.words(rendering)))") }
        for (index, constraint) in next.constraints.enumerated() {
            let when =
                constraint.earliest <= office.now
                ? "open" : constraint.earliest >= .distantFuture ? "until somebody acts" : moment(constraint.earliest)
            let name = constraint.kind.rawValue.padding(to: 12)
            let binds = index == 0 && constraint.earliest > office.now ? "  <- binds" : ""
            lines.append("  \(name)\(when.padding(to: 20)) \(Sink.line(constraint.detail))\(binds)")
        }
        if next.earliest ?? office.now <= office.now, rendering == nil { lines.append("  due: the next run takes it") }
        return lines
    }

    private func moment(_ instant: Instant) -> String { Dates.moment(instant, in: office.zone) }

    /// What the step waits for, and why its text can't be rendered, if so.
    private func nextStep(
        _ enrollment: Enrollment, _ sequence: Outreach.Sequence
    ) throws -> (next: NextStep, rendering: Hold?) {
        let circumstances = Circumstances(
            model: office.model, now: office.now, zone: office.desk.zone, standing: office.standing,
            ready: { _ in .ready(text: "") })
        let next = try Planning.nextStep(of: enrollment, in: sequence, office.store, circumstances)
        guard let step = next.step, step.isEmail, let mailbox = next.mailbox else { return (next, nil) }
        let draft = Draft(
            step, of: sequence, for: history, enrollment: enrollment, mailbox: mailbox, at: next.earliest ?? office.now)
        guard case .hold(let hold) = office.templates.email(draft, at: office.now, unsubscribeURL: nil) else {
            return (next, nil)
        }
        return (next, hold)
    }

    private func nextJSON(_ enrollment: Enrollment) throws -> JSON? {
        guard let sequence = office.model.sequences[enrollment.sequence] else { return nil }
        let (next, rendering) = try nextStep(enrollment, sequence)
        let constraints = next.constraints.map { constraint -> JSON in
            [
                "kind": .string(constraint.kind.rawValue), "detail": .string(constraint.detail),
                "earliest": constraint.earliest >= .distantFuture ? .null : .string(constraint.earliest.description),
                "open": .bool(constraint.earliest <= office.now),
            ]
        }
        return [
            "sequence": .string(enrollment.sequence), "step": .text(next.step?.id), "mailbox": .text(next.mailbox),
            "held": .text(rendering.map { HoldText.words($0) }), "constraints": .array(constraints),
        ]
    }

    func json() throws -> JSON {
        [
            "next": .array(try history.enrollments.filter { $0.state == .active }.compactMap(nextJSON)),
            "person": .string(history.person.key), "at": .string(at.description),
            "stage": .string(standing.stage.rawValue), "temperature": .string(standing.temperature.rawValue),
            "fit": standing.fit.map { .integer($0) } ?? .null, "intent": .decimal(standing.intent),
            "points": .array(
                explanation.points.map {
                    [
                        "touchpoint": .integer($0.touchpoint.id), "kind": .string($0.touchpoint.kind.name),
                        "at": .string($0.touchpoint.at.description), "points": .decimal(Double($0.thousandths) / 1000),
                    ]
                }),
        ]
    }
}

extension String {
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(width - count, 0)) + self }
}

extension Criteria {
    /// As a file would have it: `title: words founder, CTO`.
    var description: String {
        switch self {
        case .all(let parts): parts.map(\.description).joined(separator: ", ")
        case .any(let parts): "any of " + parts.map(\.description).joined(separator: "; ")
        case .fact(let path, let test): "\(path) \(test.description)"
        }
    }
}

extension FactTest {
    fileprivate var description: String {
        switch self {
        case .equals(let value): value.plainText ?? "something"
        case .oneOf(let values): values.compactMap(\.plainText).joined(separator: ", ")
        case .range(let from, let to): "\(from.map(\.short) ?? "") to \(to.map(\.short) ?? "")"
        case .words(let words): "has \(words.joined(separator: ", "))"
        case .missing(let isMissing): isMissing ? "missing" : "known"
        case .not(let test): "not \(test.description)"
        }
    }
}
