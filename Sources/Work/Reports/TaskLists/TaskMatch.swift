package import Diagnostics

/// Brings what people typed or ticked together with the open tasks.
package struct TaskMatch: Sendable {
    /// One task with the outcome that somebody gave it.
    package struct Done: Sendable {
        package var item: TaskListing.Item
        package var outcome: String
        package var note: String?
    }

    package private(set) var done: [Done] = []
    package private(set) var findings: [Finding] = []

    /// Matches a sheet's ticks; a task that is gone is a warning, so that a sheet may be read twice.
    package init(_ sheet: TaskSheet, _ items: [TaskListing.Item]) {
        findings = sheet.findings
        for tick in sheet.ticks {
            switch TaskMatch.find(tick.code, items) {
            case .failure(let problem): findings.append(problem.finding(tick.place))
            case .success(let item):
                if item.outcomes.contains(tick.outcome) {
                    done.append(Done(item: item, outcome: tick.outcome, note: tick.note))
                } else {
                    findings.append(TaskMatch.unknownOutcome(tick.outcome, item, at: tick.place))
                }
            }
        }
    }

    /// Why a code names no task.
    package enum Problem: Error, Sendable, Hashable {
        case gone(String)
        /// The codes that begin so, as they are shown.
        case ambiguous(String, [String])

        /// What to show the person who typed or ticked it.
        package func finding(_ place: Place?) -> Finding {
            switch self {
            case .gone(let code):
                Finding(
                    .taskGone, "no open task is called \(code)", at: place,
                    hint: "`stoke tasks` lists what is open")
            case .ambiguous(let code, let codes):
                Finding(.taskAmbiguous, "\(code) may be any of \(codes.joined(separator: ", "))", at: place)
            }
        }
    }

    /// The open task that a code names.
    package static func find(_ code: String, _ items: [TaskListing.Item]) -> Result<TaskListing.Item, Problem> {
        let found = items.filter { $0.code.matches(code) }
        guard let item = found.first else { return .failure(.gone(code)) }
        if found.count == 1 { return .success(item) }
        return .failure(.ambiguous(code, TaskCode.shown(found.map(\.code))))
    }

    /// What to say of an outcome that the task does not know.
    package static func unknownOutcome(
        _ outcome: String, _ item: TaskListing.Item, at place: Place?
    ) -> Finding {
        let near = NearestName.hint(among: item.outcomes, to: outcome)
        return Finding(
            .taskOutcome, "\(item.code) has no outcome \(outcome)", at: place,
            hint: near ?? "one of \(item.outcomes.joined(separator: ", "))")
    }
}
