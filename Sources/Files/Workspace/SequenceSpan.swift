import CivilTime
import Outreach

/// How long a way through a sequence may take, in days from enrollment to the last step's end.
///
/// Counted on the workspace's calendar without holidays, for the weekday of enrollment that makes it shortest or
/// longest; caps and holds come on top.
package struct SequenceSpan: Sendable, Hashable {
    /// Everything is done at once, nothing waits longer than it must.
    package let shortest: Int
    /// Every wait and every task takes all the time it has; `nil` where a task may stay open for ever.
    package let longest: Int?
    /// The steps whose tasks may stay open for ever.
    package let openEnded: [String]

    init(_ sequence: Sequence, calendar: BusinessCalendar) {
        let graph = StepGraph(sequence.steps)
        let own = sequence.calendar.map { calendar.narrowed(by: $0) } ?? calendar
        let week = OpenWeek(own.isNeverOpen ? .standard : own)
        let spans = (0..<7).map { start in
            (
                SequenceSpan.days(graph, week, from: start, patient: false),
                SequenceSpan.days(graph, week, from: start, patient: true)
            )
        }
        let reachable = graph.reachable
        openEnded = sequence.steps.indices.filter { index in
            let step = sequence.steps[index]
            return reachable.contains(index) && step.isManual && !step.parallel && step.expire == nil
        }.map { sequence.steps[$0].id }
        shortest = spans.map(\.0).min() ?? 0
        longest = openEnded.isEmpty ? spans.map(\.1).max() : nil
    }

    /// The day on which the last step is over, counted from day `start` of the first week.
    private static func days(_ graph: StepGraph, _ week: OpenWeek, from start: Int, patient: Bool) -> Int {
        var days = [Int?](repeating: nil, count: graph.steps.count + 1)
        days[0] = start
        var ends: [Int] = []
        for (index, step) in graph.steps.enumerated() {
            guard let arrival = days[index] else { continue }
            let edges = graph.edges(from: index)
            for edge in edges {
                let end = duration(step, edge.cause, week, from: arrival, patient: patient)
                let known = days[edge.target]
                days[edge.target] = known.map { patient ? max($0, end) : min($0, end) } ?? end
            }
            if step.outcomes.contains(where: { $0.onward == .stop }) || edges.isEmpty {
                ends.append(duration(step, .next, week, from: arrival, patient: patient))
            }
        }
        // An end before the last step is a way out, not a way through, unless there is no other.
        let last = days[graph.steps.count] ?? (patient ? ends.max() : ends.min()) ?? start
        return (patient ? max(last, ends.max() ?? last) : last) - start
    }

    /// The day on which `step` is over when it is left by `cause`.
    private static func duration(
        _ step: Step, _ cause: StepGraph.Edge.Cause, _ week: OpenWeek, from arrival: Int, patient: Bool
    ) -> Int {
        var end = week.day(step.after, from: arrival)
        if let wait = step.wait, patient || cause == .timeUp { end = max(end, week.day(wait.atMost, from: arrival)) }
        guard patient, step.isManual, !step.parallel else { return end }
        for case .retry(let times, let after) in step.outcomes.map(\.onward) {
            for _ in 0..<times { end = week.day(after, from: week.day(step.expire, from: end)) }
        }
        return week.day(step.expire, from: end)
    }
}

extension SequenceSpan: CustomStringConvertible {
    /// `14 to 22 days`; `14 days or more, for nothing closes the task of call`.
    package var description: String {
        func days(_ count: Int) -> String { "\(count) \(count == 1 ? "day" : "days")" }
        guard let longest else {
            let tasks = openEnded.count == 1 ? "the task" : "the tasks"
            return "\(days(shortest)) or more, for nothing closes \(tasks) of \(openEnded.joined(separator: ", "))"
        }
        return longest == shortest ? days(longest) : "\(shortest) to \(days(longest))"
    }
}

/// The open days of a week without holidays.
private struct OpenWeek {
    /// By days since a Monday.
    let isOpen: [Bool]

    init(_ calendar: BusinessCalendar) {
        isOpen = Weekday.allCases.map { calendar.days.contains($0) }
    }

    /// The open day on which a delay from `day` is over; no delay is over on the same day.
    func day(_ delay: Delay?, from day: Int) -> Int {
        switch delay {
        case nil: open(day)
        case .days(let count): open(day + count)
        case .elapsed(let seconds): open(day + (seconds + .day - 1) / .day)
        case .businessDays(let count): (0..<count).reduce(day) { day, _ in open(day + 1) }
        }
    }

    private func open(_ day: Int) -> Int {
        (day..<day + 7).first { isOpen[$0 % 7] } ?? day
    }
}
