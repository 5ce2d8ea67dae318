package import CivilTime
import Facts
package import Interchange
package import Outreach
package import Qualification

/// What somebody's next gate asks for, what of it is there, and the command that records the rest: `qualify PERSON`.
package struct GateText {
    private let history: History
    private let qualifier: Qualifier
    private let zone: Zone
    private let now: Instant
    private let standing: Standing
    private let track: StageTrack

    /// As of `now`; times are shown on the clock of `zone`.
    package init(_ history: History, _ qualifier: Qualifier, zone: Zone, now: Instant) {
        self.history = history
        self.qualifier = qualifier
        self.zone = zone
        self.now = now
        standing = qualifier.standing(of: history, at: now)
        track = qualifier.stages(of: history, at: now)
    }

    /// The gates that a person of ours can open from `stage`, nearest first.
    package static func ahead(of stage: Stage) -> [Stage] {
        switch stage {
        case .lead: [.prospect]
        case .prospect, .iql, .mql, .recycled: [.sql]
        case .sql: [.opportunity]
        case .opportunity: [.won]
        case .won, .lost, .disqualified: []
        }
    }

    /// Every line ended by LF, at most `width` cells.
    package func text(width: Int = 80, style: TerminalStyle = .plain) -> String {
        var text = style.bold(PersonPage.headline(history.person, width)) + "\n" + Sink.line(standingLine) + "\n"
        if let table = thresholds { text += section("To become an MQL, by rule", table, width, style) }
        for stage in Self.ahead(of: standing.stage) where stage != .prospect {
            text += section("To become \(StageText.being(stage))", requirements(of: stage), width, style)
        }
        if standing.stage == .opportunity { text += section(fieldsTitle, fields, width, style) }
        let commands = next
        guard !commands.isEmpty else { return text }
        return text + "\n" + style.bold("Next") + "\n" + commands.map { "  \($0)\n" }.joined()
    }

    private func section(_ title: String, _ table: Table, _ width: Int, _ style: TerminalStyle) -> String {
        "\n" + style.bold(title) + "\n" + table.text(width: width, style: style)
    }

    private var standingLine: String {
        let since = track.present.map { " since \(Dates.full(zone.date(at: $0.at)))" } ?? ""
        return (["\(StageText.name(standing.stage))\(since)"] + PersonPage.scores(standing, history, qualifier))
            .joined(separator: " · ")
    }

    // MARK: what is there, what is missing

    /// Fit and intent against the MQL gate; `nil` for those whom rules propose no more.
    private var thresholds: Table? {
        guard [.lead, .prospect, .iql, .recycled].contains(standing.stage) else { return nil }
        let gates = qualifier.rules.gates
        var table = Table(columns: [.init(), .init(), .init(minimum: 30)], indent: 2)
        let fit = standing.fit.map(String.init) ?? "unknown"
        table.add([Self.mark((standing.fit ?? -1) >= gates.mqlFit), "fit", "\(fit), at least \(String(gates.mqlFit))"])
        table.add([
            Self.mark(standing.intent >= gates.mqlIntent), "intent",
            "\(CriteriaText.number(standing.intent)), at least \(CriteriaText.number(gates.mqlIntent))",
        ])
        return table
    }

    private func requirements(of stage: Stage) -> Table {
        var table = Table(columns: [.init(), .init(), .init(minimum: 30)], indent: 2)
        for requirement in qualifier.gate(stage, of: history, at: now).requirements {
            table.add([
                Self.mark(requirement.isMet), .init(Self.name(requirement.subject)), .init(remark(requirement)),
            ])
        }
        return table
    }

    private static func mark(_ isMet: Bool) -> Table.Cell { isMet ? .init("yes") : .init("no", [.yellow]) }

    private func remark(_ requirement: Gate.Requirement) -> String {
        if let touchpoint = history.touchpoints.first(where: { $0.id == requirement.touchpoint }) {
            let text = touchpoint.text(DetailKey.text)
            return text.map { "\($0), heard in #\(touchpoint.cited ?? 0)" }
                ?? "#\(touchpoint.id) \(TouchpointText.line(touchpoint, in: zone, year: year))"
        }
        if case .evidence(let field) = requirement.subject { return question(field) }
        return requirement.isMet ? StageText.name(standing.stage) : Self.how(requirement.subject)
    }

    private var year: Int { zone.date(at: now).components.year }

    private var tracked: [(field: String, touchpoint: Touchpoint?)] { qualifier.evidence(of: history, at: now) }

    private var fieldsTitle: String {
        let known = tracked.count { $0.touchpoint != nil }
        return "Known of the opportunity: \(known) of \(tracked.count)"
    }

    private var fields: Table {
        var table = Table(columns: [.init(), .init(), .init(minimum: 30)], indent: 2)
        for (field, touchpoint) in tracked {
            let said = touchpoint.map { "\($0.text(DetailKey.text) ?? ""), heard in #\($0.cited ?? 0)" }
            table.add([
                Self.mark(touchpoint != nil), .init(Self.spaced(field)), .init(said ?? question(field)),
            ])
        }
        return table
    }

    /// The question without the field's name, which stands before it.
    private func question(_ field: String) -> String {
        let question = HandoffText.question(field)
        return question.split(separator: ":", maxSplits: 1).last.map { "ask: \($0.drop { $0 == " " })" } ?? question
    }

    // MARK: words

    /// A requirement's name, short enough for a column.
    private static func name(_ subject: Gate.Requirement.Subject) -> String {
        switch subject {
        case .stageBefore: "stage before"
        case .conversation: "a talk"
        case .evidence(let field): spaced(field)
        case .acceptance: "a person's yes"
        case .nextStep: "next step"
        case .value: "value"
        case .reason, .reasonCode: "reason"
        case .returnDay: "day to return"
        }
    }

    private static func spaced(_ field: String) -> String { field.split(separator: "_").joined(separator: " ") }

    /// What would meet a requirement, to be read behind its name.
    private static func how(_ subject: Gate.Requirement.Subject) -> String {
        switch subject {
        case .conversation: "an answered call or a meeting"
        case .acceptance: "whoever decides says so; rules never do"
        case .nextStep: "what comes next, and on which day"
        case .value: "what it was won for"
        default: words(subject)
        }
    }

    /// What is missing, to be read after "missing:".
    package static func words(_ subject: Gate.Requirement.Subject) -> String {
        switch subject {
        case .stageBefore(let stages): "being \(CriteriaText.list(stages.map(StageText.being))) first"
        case .conversation: "a talk (an answered call, a meeting)"
        case .evidence(let field): "evidence for \(spaced(field))"
        case .acceptance: "the word of a person of ours"
        case .nextStep: "a next step with its day"
        case .value: "what it was won for"
        case .reason: "a reason"
        case .reasonCode(let codes): "a reason that qualification.yaml knows (\(codes.joined(separator: ", ")))"
        case .returnDay: "the day on which they are looked at again"
        }
    }

    // MARK: the way on

    /// The commands that lead on from here.
    package var next: [String] {
        let who = history.person.email ?? history.person.key
        switch standing.stage {
        case .lead: return ["stoke qualify \(who) --accept", "stoke qualify \(who) --reject REASON"]
        case .prospect, .iql, .mql, .recycled: return [towardsSQL(who)]
        case .sql:
            return ["stoke qualify \(who) --opportunity \"next step\" --on DATE"]
        case .opportunity:
            let missing = tracked.first { $0.touchpoint == nil }
            let learn = missing.map { ["stoke qualify \(who) --meddic \($0.field)=\"...\""] } ?? []
            return learn + ["stoke qualify \(who) --won VALUE", "stoke qualify \(who) --lost REASON"]
        case .won: return []
        case .lost, .disqualified: return ["stoke qualify \(who) --back prospect --reason \"why\""]
        }
    }

    private func towardsSQL(_ who: String) -> String {
        let gate = qualifier.gate(.sql, of: history, at: now)
        if gate.missing.contains(.conversation) { return "stoke touch \(who) call.connected   (or meeting)" }
        let framework = qualifier.rules.gates.sqlFramework.rawValue
        let fields = gate.missing.compactMap { subject -> String? in
            if case .evidence(let field) = subject { "--\(framework) \(field)=\"...\"" } else { nil }
        }
        return fields.isEmpty ? "stoke qualify \(who) --sql" : "stoke qualify \(who) \(fields[0])"
    }

    /// The gates for programs.
    package func json() -> JSON {
        [
            "person": .string(history.person.key), "name": .string(history.person.displayName),
            "stage": .string(standing.stage.rawValue), "temperature": .string(standing.temperature.rawValue),
            "fit": standing.fit.map { .integer($0) } ?? .null, "intent": .decimal(standing.intent),
            "gates": .array(
                Self.ahead(of: standing.stage).map { stage in
                    let gate = qualifier.gate(stage, of: history, at: now)
                    return ["stage": .string(stage.rawValue), "requirements": .array(gate.requirements.map(json))]
                }),
            "evidence": .object(
                JSONObject(tracked.map { ($0.field, .text($0.touchpoint?.text(DetailKey.text))) })),
        ]
    }

    private func json(_ requirement: Gate.Requirement) -> JSON {
        [
            "name": .string(Self.name(requirement.subject)), "met": .bool(requirement.isMet),
            "touchpoint": requirement.touchpoint.map { .integer($0) } ?? .null,
        ]
    }
}
