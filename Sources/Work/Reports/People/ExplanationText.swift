package import CivilTime
import Facts
package import Interchange
import Outreach
package import Qualification

/// Why a person stands where they stand, for `explain`.
package struct ExplanationText {
    private let explanation: Explanation
    private let name: String
    private let zone: Zone

    /// Times are shown on the clock of `zone`.
    package init(_ explanation: Explanation, name: String, zone: Zone) {
        self.explanation = explanation
        self.name = name
        self.zone = zone
    }

    /// Every line ended by LF, at most `width` cells.
    package func text(width: Int = 80, style: TerminalStyle = .plain) -> String {
        let standing = explanation.standing
        var text = style.bold(Sink.line("\(name) at \(moment(explanation.at))")) + "\n"
        text += "\n" + style.bold("Stage: \(StageText.name(standing.stage))") + "\n" + stages(width, style)
        text += "\n" + style.bold("Temperature: \(standing.temperature.rawValue)") + "\n" + temperatures(width, style)
        text += "\n" + style.bold("Intent: \(Numbers.points(explanation.sum))") + "\n" + points(width, style)
        for fit in explanation.fits {
            let score = fit.score.map(String.init) ?? "unknown"
            text += "\n" + style.bold(Sink.line("Fit for \(fit.icp): \(score)")) + "\n"
            text += FitText.table(fit).text(width: width, style: style)
            if !fit.missingFacts.isEmpty {
                text += "  " + Sink.line("missing: \(fit.missingFacts.joined(separator: ", "))") + "\n"
            }
        }
        return text
    }

    private func stages(_ width: Int, _ style: TerminalStyle) -> String {
        guard !explanation.stages.isEmpty else { return "  a lead: nobody reviewed them yet\n" }
        var table = Table(columns: [.init(), .init(), .init(minimum: 20)], indent: 2)
        for entry in explanation.stages {
            let verb = TouchpointText.verb(entry.touchpoint.kind)
            table.add(["\(moment(entry.at))", "\(verb)", "\(TouchpointText.remark(entry.touchpoint))"])
        }
        return table.text(width: width, style: style)
    }

    private func temperatures(_ width: Int, _ style: TerminalStyle) -> String {
        var table = Table(columns: [.init(), .init(), .init(minimum: 20)], indent: 2)
        for change in explanation.temperatures.suffix(10) {
            let cause = change.cause.flatMap { id in
                explanation.points.first { $0.touchpoint.id == id }.map {
                    "#\(id) \(TouchpointText.verb($0.touchpoint.kind))"
                }
            }
            table.add([
                "\(moment(change.at))", "\(change.from.rawValue) → \(change.to.rawValue)", "\(cause ?? "decay")",
            ])
        }
        var text = table.isEmpty ? "  never warmer\n" : table.text(width: width, style: style)
        if let next = explanation.standing.nextChange {
            text += "  changes by decay alone on \(Dates.full(zone.date(at: next)))\n"
        }
        return text
    }

    private func points(_ width: Int, _ style: TerminalStyle) -> String {
        guard !explanation.points.isEmpty else { return "  no touchpoint has points\n" }
        var table = Table(
            columns: [
                .init(), .init(), .init(minimum: 16), .init("gave", alignment: .right),
                .init("age", alignment: .right), .init("adds now", alignment: .right),
            ], indent: 2)
        for point in explanation.points {
            table.add([
                "#\(String(point.touchpoint.id))", "\(moment(point.touchpoint.at))",
                "\(point.touchpoint.kind == point.rule ? "\(point.rule)" : "\(point.touchpoint.kind) as \(point.rule)")",
                "\(CriteriaText.number(point.points))", "\(Dates.duration(point.age))",
                "\(Numbers.points(point.thousandths))",
            ])
        }
        table.add(["", "", "sum", "", "", .init(Numbers.points(explanation.sum), [.bold])])
        let midnight = "  decay as of \(moment(explanation.midnight))"
        return table.text(width: width, style: style) + style.dim(midnight) + "\n"
    }

    /// The explanation for programs.
    package func json() -> JSON {
        [
            "person": .string(name), "at": .string(instant(explanation.at)),
            "stage": .string(explanation.standing.stage.rawValue),
            "temperature": .string(explanation.standing.temperature.rawValue),
            "intent": .decimal(explanation.standing.intent),
            "next_change": .text(explanation.standing.nextChange.map(instant)),
            "points": .array(
                explanation.points.map { point in
                    [
                        "touchpoint": .integer(point.touchpoint.id), "at": .string(instant(point.touchpoint.at)),
                        "kind": .string(point.touchpoint.kind.name), "rule": .string(point.rule.name),
                        "gave": .decimal(point.points), "adds": .decimal(Double(point.thousandths) / 1000),
                    ]
                }),
            "fits": .array(explanation.fits.map(FitText.json)),
            "temperatures": .array(
                explanation.temperatures.map { change in
                    [
                        "at": .string(instant(change.at)), "from": .string(change.from.rawValue),
                        "to": .string(change.to.rawValue), "cause": change.cause.map { .integer($0) } ?? "decay",
                    ]
                }),
            "stages": .array(
                explanation.stages.map { entry in
                    [
                        "at": .string(instant(entry.at)), "stage": .string(entry.stage.rawValue),
                        "touchpoint": .integer(entry.touchpoint.id),
                    ]
                }),
        ]
    }

    private func moment(_ instant: Instant) -> String {
        Dates.moment(instant, in: zone, year: zone.date(at: explanation.at).components.year)
    }

    private func instant(_ instant: Instant) -> String { instant.description(in: zone) }
}

/// How well a person fits an ICP, line by line.
package enum FitText {
    static func table(_ fit: FitJudgement) -> Table {
        var table = Table(columns: [.init(), .init(minimum: 30), .init(alignment: .right)], indent: 2)
        for line in fit.requirements {
            table.add(["\(mark(line))", "\(CriteriaText.words(line.criteria))", "required"])
        }
        for line in fit.preferences {
            table.add(["\(mark(line))", "\(CriteriaText.words(line.criteria))", "\(String(line.points ?? 0)) points"])
        }
        return table
    }

    private static func mark(_ line: FitJudgement.Line) -> String {
        switch line.truth {
        case .yes: "yes"
        case .no: "no"
        case .unknown: "?"
        }
    }

    /// The judgement for programs.
    package static func json(_ fit: FitJudgement) -> JSON {
        [
            "icp": .string(fit.icp), "score": fit.score.map { .integer($0) } ?? .null,
            "missing": .array(fit.missingFacts.map { .string($0) }),
            "requirements": .array(fit.requirements.map(json)), "preferences": .array(fit.preferences.map(json)),
        ]
    }

    private static func json(_ line: FitJudgement.Line) -> JSON {
        var object: JSONObject = [
            "criteria": .string(CriteriaText.words(line.criteria)), "answer": .string(mark(line)),
        ]
        if let points = line.points { object["points"] = .integer(points) }
        return .object(object)
    }
}
