package import CivilTime
package import Facts
package import Outreach

/// The facts that criteria may ask about one person in one sequence at one instant.
package struct CriteriaFacts {
    let history: History
    let enrollment: Enrollment.ID?
    let standing: () -> Standing
    let now: Instant

    /// `standing` is asked only when criteria name temperature, stage, fit or intent.
    package init(
        _ history: History, enrollment: Enrollment.ID? = nil, at now: Instant, standing: @escaping () -> Standing
    ) {
        self.history = history
        self.enrollment = enrollment
        self.standing = standing
        self.now = now
    }

    /// Judges criteria about the person.
    package func judge(_ criteria: Criteria) -> Truth { criteria.judge(value) }

    /// The fact at a dotted path; `nil` where nothing is known.
    package func value(_ path: String) -> Value? {
        let parts = path.split(separator: ".").map(String.init)
        switch parts.first {
        case "temperature": return .text(standing().temperature.rawValue)
        case "stage": return .text(standing().stage.rawValue)
        case "fit": return standing().fit.map { .integer($0) }
        case "intent": return .decimal(standing().intent)
        case "replied": return .bool(has(.reply))
        case "linkedin" where parts == ["linkedin", "connected"]: return .bool(has(.linkedinConnected))
        case "steps" where parts.count == 3 && parts[2] == "outcome": return outcome(of: parts[1])
        case "touchpoints" where parts.count > 2: return touchpoints(parts.dropFirst())
        default: return history.person.facts[path: parts]
        }
    }

    private func has(_ kind: TouchpointKind) -> Bool {
        history.touchpoints.contains { $0.kind.isA(kind) && $0.at <= now }
    }

    /// What a person said came of the step's task, else the step's own result.
    private func outcome(of step: String) -> Value? {
        guard let enrollment else { return nil }
        let task = history.tasks.last { $0.enrollment == enrollment && $0.step == step && $0.outcome != nil }
        let result = history.results.last { $0.enrollment == enrollment && $0.step == step }
        return (task?.outcome ?? result?.result).map { .text($0) }
    }

    /// `touchpoints.KIND.count` and `touchpoints.KIND.days_ago`; a kind may have dots of its own.
    private func touchpoints(_ parts: ArraySlice<String>) -> Value? {
        let kind = TouchpointKind(parts.dropLast().joined(separator: "."))
        let those = history.touchpoints.filter { $0.kind.isA(kind) && $0.at <= now }
        switch parts.last {
        case "count": return .integer(those.count)
        case "days_ago": return those.map(\.at).max().map { .integer((now - $0) / .day) }
        default: return nil
        }
    }
}

extension Criteria {
    /// When its answer may change by time alone; `nil` when only an event can change it.
    ///
    /// Scores decay at the workspace's midnight; `days_ago` grows at the touchpoint's own time of day.
    package func nextChange(of touchpoints: [Touchpoint], after now: Instant, in zone: Zone) -> Instant? {
        paths.compactMap { path -> Instant? in
            if ["temperature", "intent"].contains(path) { return zone.nextMidnight(after: now) }
            guard path.hasPrefix("touchpoints."), path.hasSuffix(".days_ago") else { return nil }
            let kind = TouchpointKind(String(path.dropFirst("touchpoints.".count).dropLast(".days_ago".count)))
            let last = touchpoints.filter { $0.kind.isA(kind) && $0.at <= now }.map(\.at).max()
            return last.map { $0 + ((now - $0) / .day + 1) * .day }
        }.min()
    }
}
