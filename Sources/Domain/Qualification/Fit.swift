package import Facts
package import Outreach

/// How well a person's attributes match an ICP, requirement by requirement.
package struct FitJudgement: Sendable, Hashable {
    /// One criterion and what the facts say to it.
    package struct Line: Sendable, Hashable {
        /// As the file has it.
        package var criteria: Criteria
        /// Whether it holds, or that the facts don't say.
        package var truth: Truth
        /// What it is worth; `nil` for a requirement.
        package var points: Int?
    }

    /// The ICP's name.
    package var icp: String
    /// In the file's order; all must hold.
    package var requirements: [Line]
    /// In the file's order; each that holds adds its points.
    package var preferences: [Line]
    /// 0 when a requirement fails, `nil` when a required fact is missing, else 50 + 50 x the share of preferred points;
    /// 100 where nothing is preferred.
    package var score: Int?

    /// The facts whose absence keeps it from being judged, or keeps preferences from counting; in order, each once.
    package var missingFacts: [String] {
        let lines = score == nil ? requirements : score == 0 ? [] : preferences
        return lines.reduce(into: []) { facts, line in
            guard case .unknown(let paths) = line.truth else { return }
            facts += paths.filter { !facts.contains($0) }
        }
    }

    /// Judges `person` by `icp`.
    package init(_ person: Person, _ icp: QualificationRules.ICP) {
        let fact = { (path: String) in person.attribute(path) }
        self.icp = icp.name
        requirements = icp.require.map { Line(criteria: $0, truth: $0.judge(fact), points: nil) }
        preferences = icp.prefer.map {
            Line(criteria: $0.criteria, truth: $0.criteria.judge(fact), points: $0.points)
        }
        score = FitJudgement.score(requirements, preferences)
    }

    private static func score(_ requirements: [Line], _ preferences: [Line]) -> Int? {
        if requirements.contains(where: { $0.truth == .no }) { return 0 }
        if requirements.contains(where: { $0.truth != .yes }) { return nil }
        let most = preferences.reduce(0) { $0 + max($1.points ?? 0, 0) }
        guard most > 0 else { return 100 }
        let earned = preferences.reduce(0) { $0 + ($1.truth.holds ? $1.points ?? 0 : 0) }
        return 50 + (100 * min(max(earned, 0), most) + most) / (2 * most)
    }
}

extension Person {
    /// The attribute at a dotted path: a fact, or the address.
    package func attribute(_ path: String) -> Value? {
        let value = facts[path] ?? facts[path: path.split(separator: ".").map(String.init)]
        if value == nil, path == "email" { return email.map { .text($0) } }
        return value
    }
}
