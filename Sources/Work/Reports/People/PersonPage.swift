package import CivilTime
import Diagnostics
import Facts
package import Interchange
package import Outreach
package import Qualification

/// Everything that is known of a person, for `show`.
package struct PersonPage {
    private let history: History
    private let standing: Standing
    private let qualifier: Qualifier
    private let zone: Zone
    private let now: Instant

    /// What was known at `now`; times are shown on the clock of `zone`.
    package init(_ history: History, qualifier: Qualifier, zone: Zone, now: Instant) {
        self.history = history
        self.qualifier = qualifier
        self.zone = zone
        self.now = now
        standing = qualifier.standing(of: history, at: now)
    }

    private var touchpoints: [Touchpoint] { KnownHistory(history, at: now).touchpoints }

    /// Every line ended by LF, at most `width` cells.
    package func text(width: Int = 80, style: TerminalStyle = .plain) -> String {
        var text = style.bold(Self.headline(history.person, width)) + "\n" + Sink.line(standingLine) + "\n"
        text += section("Facts", facts, width, style)
        text += section("Sequences", enrollments, width, style)
        text += section("Open tasks", tasks, width, style)
        text += section("History", historyTable, width, style)
        return text
    }

    private func section(_ title: String, _ table: Table, _ width: Int, _ style: TerminalStyle) -> String {
        table.isEmpty ? "" : "\n" + style.bold(title) + "\n" + table.text(width: width, style: style)
    }

    /// Name, title and company, on one line of `width` cells.
    static func headline(_ person: Person, _ width: Int) -> String {
        if person.isForgotten { return "A person who was forgotten at their wish" }
        let company = person.facts[path: ["company", "name"]]?.plainText
        let parts = [person.displayName, person.facts["title"]?.plainText, company].compactMap { $0 }
        return DisplayText.fitted(Sink.line(parts.filter { !$0.isEmpty }.joined(separator: ", ")), to: width)
    }

    /// Temperature, fit and intent; fit and intent are two numbers, never one.
    static func scores(_ standing: Standing, _ history: History, _ qualifier: Qualifier) -> [String] {
        let fit = standing.fit.map(String.init) ?? "unknown"
        let icp = qualifier.fit(of: history.person).map { " for \($0.icp)" } ?? ""
        return [standing.temperature.rawValue, "fit \(fit)\(icp)", "intent \(CriteriaText.number(standing.intent))"]
    }

    private var standingLine: String {
        var parts = [StageText.name(standing.stage)] + Self.scores(standing, history, qualifier)
        if !history.blockedChannels.isEmpty {
            let isAll = history.blockedChannels.count == Channel.allCases.count
            let channels = history.blockedChannels.map(\.rawValue).sorted().joined(separator: ", ")
            parts.append(isAll ? "suppressed on every channel" : "suppressed by \(channels)")
        }
        return parts.joined(separator: " · ")
    }

    private var facts: Table {
        var table = Table(columns: [.init(), .init(minimum: 30)], indent: 2)
        if history.person.facts["email"] == nil, let email = history.person.email {
            table.add(["email", .init(email)])
        }
        for (key, value) in flat(history.person.facts, "") { table.add(["\(key)", "\(CriteriaText.words(value))"]) }
        return table
    }

    private func flat(_ record: Record, _ prefix: String) -> [(String, Value)] {
        record.elements.flatMap { key, value -> [(String, Value)] in
            if case .record(let inner) = value { return flat(inner, "\(prefix)\(key).") }
            return value.isBlank ? [] : [("\(prefix)\(key)", value)]
        }
    }

    private var enrollments: Table {
        var table = Table(columns: [.init(), .init(), .init(), .init(minimum: 20)], indent: 2)
        for enrollment in history.enrollments {
            let round = enrollment.round > 1 ? " (\(enrollment.round). time)" : ""
            let last = history.results.last { $0.enrollment == enrollment.id }.map { "\($0.step) \($0.result)" }
            let why = enrollment.hold.map { "held: \(HoldText.words($0))" } ?? enrollment.reason.map(Self.words)
            table.add([
                "\(enrollment.sequence)\(round)", "\(enrollment.state.rawValue)",
                "\(Dates.short(zone.date(at: enrollment.enrolledAt)))",
                "\([enrollment.mailbox.map { "from \($0)" }, last, why].compactMap { $0 }.joined(separator: " · "))",
            ])
        }
        return table
    }

    /// A way that a touchpoint ended says so in words: `answered (positive)`.
    private static func words(_ reason: String) -> String {
        reason.contains(where: \.isWhitespace) ? reason : TouchpointText.verb(TouchpointKind(reason))
    }

    private var tasks: Table {
        var table = Table(columns: [.init(), .init(), .init(), .init(minimum: 10)], indent: 2)
        for task in history.tasks where task.state == .open {
            guard let enrollment = history.enrollments.first(where: { $0.id == task.enrollment }) else { continue }
            let code = TaskCode(
                person: history.person.key, sequence: enrollment.sequence, round: enrollment.round, step: task.step,
                attempt: task.attempt)
            table.add([
                .init(code.description, [.cyan]), "\(task.kind.rawValue)",
                "due \(Dates.short(zone.date(at: task.dueAt)))", "\(task.owner)",
            ])
        }
        return table
    }

    private var historyTable: Table {
        var table = Table(
            columns: [.init(alignment: .right), .init(), .init(minimum: 14), .init(minimum: 20)], indent: 2)
        let year = zone.date(at: now).components.year
        for touchpoint in touchpoints {
            table.add([
                "#\(String(touchpoint.id))", "\(Dates.moment(touchpoint.at, in: zone, year: year))",
                "\(TouchpointText.verb(touchpoint.kind))", "\(TouchpointText.remark(touchpoint))",
            ])
        }
        return table
    }

    /// The page for programs.
    package func json() -> JSON {
        [
            "key": .string(history.person.key), "name": .string(history.person.displayName),
            "email": .text(history.person.email), "stage": .string(standing.stage.rawValue),
            "temperature": .string(standing.temperature.rawValue),
            "fit": standing.fit.map { .integer($0) } ?? .null, "intent": .decimal(standing.intent),
            "next_change": .text(standing.nextChange.map { $0.description(in: zone) }),
            "facts": .object(
                JSONObject(flat(history.person.facts, "").map { ($0.0, .string(CriteriaText.words($0.1))) })),
            "enrollments": .array(history.enrollments.map(json)), "touchpoints": .array(touchpoints.map(json)),
        ]
    }

    private func json(_ enrollment: Enrollment) -> JSON {
        [
            "sequence": .string(enrollment.sequence), "round": .integer(enrollment.round),
            "state": .string(enrollment.state.rawValue), "mailbox": .text(enrollment.mailbox),
            "enrolled": .string(enrollment.enrolledAt.description(in: zone)), "reason": .text(enrollment.reason),
            "hold": .text(enrollment.hold.map(HoldText.words)),
        ]
    }

    private func json(_ touchpoint: Touchpoint) -> JSON {
        [
            "id": .integer(touchpoint.id), "at": .string(touchpoint.at.description(in: zone)),
            "recorded": .string(touchpoint.recordedAt.description(in: zone)), "kind": .string(touchpoint.kind.name),
            "step": .text(touchpoint.step),
            "detail": .object(
                JSONObject(touchpoint.detail.elements.map { ($0.key, .string(CriteriaText.words($0.value))) })),
        ]
    }
}
