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
            lines += ["", try next(enrollment)]
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

    /// The next step and what it waits for.
    private func next(_ enrollment: Enrollment) throws -> String {
        guard let sequence = office.model.sequences[enrollment.sequence] else {
            return "\(enrollment.sequence): not in the applied files; its people wait until it is back"
        }
        if enrollment.state == .paused {
            let end = enrollment.pausedUntil.map { " until \(Dates.moment($0, in: office.zone))" } ?? ""
            return "\(enrollment.sequence): paused\(end), \(Sink.line(enrollment.reason ?? ""))"
        }
        let order = try office.store.stepOrder(ofVersion: enrollment.version) ?? sequence.steps.map(\.id)
        let templates = office.templates
        let circumstances = Circumstances(
            model: office.model, now: office.now, zone: office.desk.zone, standing: office.standing,
            ready: { _ in .ready(text: "") })
        let outlook = Outlook(of: enrollment, in: sequence, order: order, history: history, circumstances)
        return "\(enrollment.sequence): " + (try words(outlook, enrollment, templates))
    }

    private func words(_ outlook: Outlook, _ enrollment: Enrollment, _ templates: TemplateLibrary) throws -> String {
        let step = outlook.step?.id ?? "the end"
        if let hold = outlook.hold ?? enrollment.hold { return "\(step) is held: \(Sink.line(HoldText.words(hold)))" }
        if let draft = outlook.draft {
            if case .hold(let hold) = templates.email(draft, at: office.now, unsubscribeURL: nil) {
                return "\(step) is held: \(Sink.line(HoldText.words(hold)))"
            }
            let state = enrollment.mailbox == nil ? "waits to be admitted" : "is due"
            return "\(step) \(state); it waits for a slot of \(enrollment.mailbox ?? "a mailbox")"
        }
        if outlook.task != nil { return "\(step) is due; it waits for room on the list" }
        if outlook.at >= .distantFuture { return "\(step) waits for a person's hand (stoke tasks)" }
        return "\(step) not before \(Dates.moment(outlook.at, in: office.zone))"
    }

    var json: JSON {
        [
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
