import Outreach

/// The ways through a sequence: from each step to those that may come next.
///
/// Every way leads forward, so indices grow along it; the end is the number of steps.
struct StepGraph {
    let steps: [Step]
    /// The index of each id; of one that comes twice, the first.
    private let places: [String: Int]

    init(_ steps: [Step]) {
        self.steps = steps
        places = Dictionary(steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// A way from one step to another.
    struct Edge: Hashable {
        /// What leads there.
        enum Cause: Hashable {
            case next, waited, timeUp, expired, outcome(String), then, otherwise, way
        }
        var cause: Cause
        /// An index of `steps`, or their number for the end.
        var target: Int
    }

    /// A step that another one names, with the keys that lead to the name.
    struct Jump {
        var path: [String]
        var target: String
    }

    func index(of id: String) -> Int? { places[id] }

    /// The steps that `step` names.
    func jumps(of step: Step) -> [Jump] {
        var jumps: [Jump] = []
        func add(_ onward: Step.Onward?, _ path: [String]) {
            if case .step(let id) = onward { jumps.append(Jump(path: path, target: id)) }
        }
        add(step.wait?.otherwise, ["wait", "else"])
        add(step.onExpire, ["on_expire"])
        for outcome in step.outcomes { add(outcome.onward, ["outcomes", outcome.name]) }
        switch step.kind {
        case .branch(_, let then, let otherwise):
            jumps.append(Jump(path: ["branch", "then"], target: then))
            jumps.append(Jump(path: ["branch", "else"], target: otherwise))
        case .split(let ways): jumps += ways.map { Jump(path: ["split", $0.step], target: $0.step) }
        case .email, .linkedin, .call, .task, .pause: break
        }
        return jumps.filter { !$0.target.isEmpty }
    }

    /// The ways out of the step at `index` that lead forward; those to nowhere are findings of their own.
    func edges(from index: Int) -> [Edge] {
        let step = steps[index]
        var edges: [Edge] = []
        func add(_ cause: Edge.Cause, _ target: Int?) {
            if let target, target > index { edges.append(Edge(cause: cause, target: target)) }
        }
        func add(_ cause: Edge.Cause, _ onward: Step.Onward) {
            switch onward {
            case .next, .retry: add(cause, index + 1)
            case .stop: break
            case .step(let id): add(cause, places[id])
            }
        }
        if let wait = step.wait { add(.timeUp, wait.otherwise) }
        switch step.kind {
        case .branch(_, let then, let otherwise):
            add(.then, places[then])
            add(.otherwise, places[otherwise])
        case .split(let ways):
            for way in ways { add(.way, places[way.step]) }
        case .pause: add(.waited, index + 1)
        case .email: add(.next, index + 1)
        case .linkedin, .call, .task:
            add(.next, index + 1)
            for outcome in step.outcomes { add(.outcome(outcome.name), outcome.onward) }
            if step.expire != nil { add(.expired, step.onExpire) }
        }
        // A step that its `when` skips goes on to the next one.
        if step.when != nil, !edges.contains(Edge(cause: .next, target: index + 1)) { add(.next, index + 1) }
        return edges
    }

    /// The steps that some way reaches, by index.
    var reachable: Set<Int> {
        var reached: Set<Int> = [0]
        for index in steps.indices where reached.contains(index) {
            reached.formUnion(edges(from: index).map(\.target))
        }
        return reached
    }
}
