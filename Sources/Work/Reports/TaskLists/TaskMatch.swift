package import CivilTime
package import Diagnostics

/// Brings what people typed or ticked together with the open tasks.
package struct TaskMatch: Sendable {
    /// One task with the outcome that somebody gave it.
    package struct Done: Sendable {
        /// The open task.
        package var item: TaskListing.Item
        /// What came of it.
        package var outcome: String
        /// What the person wrote beside it; `nil`: nothing.
        package var note: String?
    }

    /// In the order of the sheet.
    package private(set) var done: [Done] = []
    /// Ticks that were recorded before, as an earlier reading of the same list did.
    package private(set) var known = 0
    /// What is wrong with the sheet and its ticks.
    package private(set) var findings: [Finding] = []

    /// Matches a sheet's ticks, so that a sheet may be read twice.
    ///
    /// - Parameters:
    ///   - closed: tasks that ended lately: the same outcome again is no news, another one is said.
    ///   - zone: the clock that days are told on.
    package init(_ sheet: TaskSheet, _ items: [TaskListing.Item], closed: [ClosedTask], in zone: Zone) {
        findings = sheet.findings
        for tick in sheet.ticks {
            switch TaskMatch.find(tick.code, items) {
            case .success(let item): take(tick, item)
            case .failure(.ambiguous(let code, let codes)):
                findings.append(Problem.ambiguous(code, codes).finding(tick.place))
            case .failure(.gone(let code)):
                let earlier = closed.last { $0.code.matches(code) }
                if let earlier, earlier.ending == tick.outcome {
                    known += 1
                } else {
                    findings.append(TaskMatch.gone(tick, earlier, in: zone))
                }
            }
        }
    }

    private mutating func take(_ tick: TaskSheet.Tick, _ item: TaskListing.Item) {
        guard item.outcomes.contains(tick.outcome) else {
            findings.append(TaskMatch.unknownOutcome(tick.outcome, item, at: tick.place))
            return
        }
        if tick.outcome == "approve", let mark = item.mark, tick.mark != mark {
            findings.append(
                Finding(
                    .taskTextChanged, "\(item.code) has another text than the list shows", at: tick.place,
                    hint: "look at it with `stoke tasks show \(item.code)`, then approve that"))
            return
        }
        done.append(Done(item: item, outcome: tick.outcome, note: tick.note))
    }

    /// What to say of a tick whose task is not open.
    private static func gone(_ tick: TaskSheet.Tick, _ earlier: ClosedTask?, in zone: Zone) -> Finding {
        guard let earlier else { return Problem.gone(tick.code).finding(tick.place) }
        let day = Dates.short(zone.date(at: earlier.at))
        return Finding(
            .taskGone,
            "\(earlier.code) (\(earlier.person)) ended as \(earlier.ending) on \(day), not as \(tick.outcome)",
            at: tick.place, hint: "what was recorded stays; `stoke touch` adds what else happened")
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
