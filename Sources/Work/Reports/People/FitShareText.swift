import Diagnostics
package import Interchange
package import Qualification

/// What a list says to the ICPs, for `check --prospects`.
package struct FitShareText {
    private let share: FitShare

    package init(_ share: FitShare) { self.share = share }

    /// Every line ended by LF, at most `width` cells.
    package func text(width: Int = 80, style: TerminalStyle = .plain) -> String {
        let profiles = share.profiles.map { text($0, width, style) }.joined(separator: "\n")
        let isSmall = share.profiles.contains { $0.total < FitShare.leastPeople }
        let note = "\nFewer than \(FitShare.leastPeople) people say little about an ICP: no warnings.\n"
        return profiles + warnings(width - 2, style) + (isSmall ? style.dim(note) : "")
    }

    private func text(_ profile: FitShare.Profile, _ width: Int, _ style: TerminalStyle) -> String {
        let admitted = WilsonInterval(profile.admitted, of: profile.total)
        var text = style.bold(Sink.line("\(profile.icp): \(admitted.share.map(Numbers.percent) ?? "nobody") fit"))
        text += ", \(Numbers.grouped(profile.admitted)) of \(Numbers.grouped(profile.total))"
        text += "; \(Numbers.grouped(profile.excluded)) don't"
        text += profile.unknown > 0 ? ", \(Numbers.grouped(profile.unknown)) can't be told\n" : "\n"
        text += table(profile).text(width: width, style: style)
        if let strictest = profile.strictest {
            text += "  " + Sink.line("excludes most: \(CriteriaText.words(strictest.criteria))") + "\n"
        }
        let missing = profile.missingFacts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        if !missing.isEmpty {
            let facts = missing.map { "\($0.key) of \(Numbers.grouped($0.value))" }.joined(separator: ", ")
            text += "  " + Sink.line("missing facts: \(facts)") + "\n"
        }
        return text
    }

    private func table(_ profile: FitShare.Profile) -> Table {
        var table = Table(
            columns: [
                .init("criterion", minimum: 20), .init("admits", alignment: .right), .init("no", alignment: .right),
                .init("unknown", alignment: .right), .init("only this fails", alignment: .right),
            ], indent: 2)
        for line in profile.requirements { table.add(cells(line, profile.total, isRequired: true)) }
        for line in profile.preferences { table.add(cells(line, profile.total, isRequired: false)) }
        return table
    }

    private func cells(_ line: FitShare.Line, _ total: Int, isRequired: Bool) -> [Table.Cell] {
        [
            .init((isRequired ? "" : "prefer ") + CriteriaText.words(line.criteria)),
            .init(WilsonInterval(line.yes, of: total).share.map(Numbers.percent) ?? "-", isRequired ? [.bold] : []),
            .init(Numbers.grouped(line.no)), .init(Numbers.grouped(line.unknown)),
            .init(isRequired ? Numbers.grouped(line.excludedByThisAlone) : ""),
        ]
    }

    private func warnings(_ width: Int, _ style: TerminalStyle) -> String {
        share.concerns.map { concern in
            let lines = DisplayText.wrapped("warning: \(FitShareText.words(concern))", to: width)
            return "\n" + style.yellow(lines.joined(separator: "\n  ")) + "\n"
        }.joined()
    }

    /// What is wrong with an ICP, in a sentence.
    package static func words(_ concern: FitShare.Concern) -> String {
        switch concern {
        case .tooBroad(let profile):
            "\(profile.icp) is too broad for this list: \(Numbers.percent(profile.admittedShare)) fit, over 60 %; whoever fits nearly all selects nobody"
        case .tooNarrow(let profile):
            "\(profile.icp) is too narrow for this list: \(Numbers.percent(profile.admittedShare)) fit, under 5 %"
                + (profile.strictest.map { "; \(CriteriaText.words($0.criteria)) excludes most" } ?? "")
        case .cannotBeJudged(let profile):
            "\(profile.icp) cannot be judged from this list: a required fact is missing for \(Numbers.grouped(profile.unknown)) of \(Numbers.grouped(profile.total))"
        }
    }

    /// The report for programs.
    package func json() -> JSON {
        .array(
            share.profiles.map { profile in
                [
                    "icp": .string(profile.icp), "total": .integer(profile.total),
                    "admitted": .integer(profile.admitted),
                    "excluded": .integer(profile.excluded), "unknown": .integer(profile.unknown),
                    "criteria": .array((profile.requirements + profile.preferences).map(json)),
                    "missing_facts": .object(
                        JSONObject(profile.missingFacts.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })
                    ),
                ]
            })
    }

    private func json(_ line: FitShare.Line) -> JSON {
        [
            "criterion": .string(CriteriaText.words(line.criteria)), "yes": .integer(line.yes), "no": .integer(line.no),
            "unknown": .integer(line.unknown), "alone_excludes": .integer(line.excludedByThisAlone),
        ]
    }
}
