import Facts
import Outreach

/// Which LinkedIn messages may be due for somebody who is not connected.
///
/// Walks every way forward with what is known to hold on it: a `wait`, a `when` or a branch on `linkedin.connected`.
struct ConnectionGuard {
    /// Indices of message steps that some way reaches without knowing.
    let unguarded: [Int]

    init(_ graph: StepGraph) {
        let steps = graph.steps
        // At a step's start: whether every way there knows; nil where none was seen.
        var knows = [Bool?](repeating: nil, count: steps.count + 1)
        knows[0] = false
        var unguarded: [Int] = []
        for index in steps.indices {
            guard let atStart = knows[index] else { continue }
            let step = steps[index]
            let isGuarded = [step.wait?.condition, step.when].contains { $0?.impliesConnection == true }
            if case .linkedin(.message, _) = step.kind, !atStart, !isGuarded { unguarded.append(index) }
            for edge in graph.edges(from: index) {
                let after = atStart || ConnectionGuard.learns(step, edge.cause)
                knows[edge.target] = (knows[edge.target] ?? true) && after
            }
        }
        self.unguarded = unguarded
    }

    /// Whether taking this way out of the step tells that they are connected.
    private static func learns(_ step: Step, _ cause: StepGraph.Edge.Cause) -> Bool {
        // A step that its `when` skips goes on to the next one without having waited.
        if step.when == nil, cause != .timeUp, step.wait?.condition.impliesConnection == true { return true }
        guard case .branch(let condition, _, _) = step.kind else { return false }
        switch cause {
        case .then: return condition.impliesConnection
        case .otherwise: return condition == .fact("linkedin.connected", .equals(.bool(false)))
        case .next, .waited, .timeUp, .expired, .outcome, .way: return false
        }
    }
}

extension Criteria {
    /// Whether the criteria can only hold for a LinkedIn connection.
    fileprivate var impliesConnection: Bool {
        switch self {
        case .all(let parts): parts.contains(where: \.impliesConnection)
        case .any(let parts): !parts.isEmpty && parts.allSatisfy(\.impliesConnection)
        case .fact("linkedin.connected", .equals(.bool(true))): true
        case .fact("linkedin.connected", .not(.equals(.bool(false)))): true
        case .fact: false
        }
    }
}
