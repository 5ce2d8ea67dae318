/// What a template uses, gathered on a walk through its tree.
struct Survey {
    private(set) var variables: [VariableUse] = []
    private(set) var filters: [FilterUse] = []
    private(set) var partials: [PartialUse] = []
    /// The texts between tags and outputs.
    private(set) var texts: [Range<Int>] = []
    /// What the template sets itself, from here on.
    private var bound: Set<String> = ["forloop", "tablerowloop", "self"]
    /// All that the template sets itself anywhere.
    private(set) var ownNames: Set<String> = []
    /// The paths that an `if` around asked for.
    private var guards: [Set<String>] = []

    /// A variable at one place.
    struct VariableUse {
        let lookup: Lookup
        let isGuarded: Bool
    }

    /// A filter at one place.
    struct FilterUse {
        let call: FilterCall
    }

    /// A template that is included; `name` is `nil` where it is worked out.
    struct PartialUse {
        let name: String?
        let range: Range<Int>
    }

    mutating func body(_ body: Body) {
        for node in body.nodes {
            switch node {
            case .text(let start, let end): texts.append(start..<end)
            case .output(let value): output(value)
            case .tag(let tag): tag.survey(&self)
            }
        }
    }

    mutating func output(_ output: Output) {
        if let value = output.value { expression(value, isGuarded: output.hasDefault) }
        for call in output.filters {
            filters.append(FilterUse(call: call))
            for argument in call.arguments { expression(argument, isGuarded: output.hasDefault) }
            for keyword in call.keywords { expression(keyword.value, isGuarded: output.hasDefault) }
        }
    }

    /// A value that must be there.
    mutating func expression(_ value: Expression) { expression(value, isGuarded: false) }

    /// A value that a question is asked about.
    mutating func asked(_ value: Expression) { expression(value, isGuarded: true) }

    private mutating func expression(_ value: Expression, isGuarded: Bool) {
        switch value {
        case .literal, .empty, .blank: break
        case .range(let first, let last):
            expression(first, isGuarded: true)
            expression(last, isGuarded: true)
        case .lookup(let lookup):
            if let name = lookup.nameExpression { asked(name) }
            for case .index(let index) in lookup.segments { asked(index) }
            guard let name = lookup.name, !bound.contains(name) else { return }
            let isGuarded = isGuarded || guards.contains { $0.contains(lookup.path) }
            variables.append(VariableUse(lookup: lookup, isGuarded: isGuarded))
        }
    }

    mutating func condition(_ condition: Condition) {
        for (test, _) in condition.tests {
            switch test {
            case .isTruthy(let value): asked(value)
            case .compares(let left, _, let right, _):
                asked(left)
                asked(right)
            }
        }
    }

    mutating func partial(_ name: Expression, _ range: Range<Int>) {
        asked(name)
        partials.append(PartialUse(name: name.constant?.string, range: range))
    }

    /// From here on the template itself sets `name`.
    mutating func bind(_ name: String) {
        bound.insert(name)
        ownNames.insert(name)
    }

    /// Walks a loop, which sets `names` inside.
    mutating func within(_ names: [String], _ walk: (inout Survey) -> Void) {
        let outer = bound
        bound.formUnion(names)
        ownNames.formUnion(names)
        walk(&self)
        // What the inside assigns goes on being set.
        bound = outer.union(bound.subtracting(names))
    }

    /// Walks what `condition` lets through: what it asks for is known to be there.
    mutating func guarded(by condition: Condition?, _ walk: (inout Survey) -> Void) {
        guards.append(condition.map(Self.paths) ?? [])
        walk(&self)
        guards.removeLast()
    }

    /// The variables that have a value where the condition holds.
    private static func paths(_ condition: Condition) -> Set<String> {
        guard let last = condition.tests.last else { return [] }
        return condition.tests.dropLast().reversed().reduce(paths(last.test)) { rest, test in
            test.isBeforeAnd ? rest.union(paths(test.test)) : rest.intersection(paths(test.test))
        }
    }

    private static func paths(_ test: Condition.Test) -> Set<String> {
        switch test {
        case .isTruthy(.lookup(let lookup)): [lookup.path]
        case .compares(.lookup(let lookup), .unequal, .blank, _), .compares(.lookup(let lookup), .unequal, .empty, _),
            .compares(.lookup(let lookup), .unequal, .literal(.none), _),
            .compares(.lookup(let lookup), .contains, _, _),
            .compares(.lookup(let lookup), .equal, .literal(.text), _), .compares(.lookup(let lookup), .above, _, _),
            .compares(.lookup(let lookup), .atLeast, _, _), .compares(.lookup(let lookup), .below, _, _),
            .compares(.lookup(let lookup), .atMost, _, _):
            [lookup.path]
        default: []
        }
    }
}
