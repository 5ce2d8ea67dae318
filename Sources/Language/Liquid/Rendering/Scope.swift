import Facts

/// The variables a template sees while it renders; a template shown by `render` has one of its own.
final class Scope: @unchecked Sendable {
    // Lives within one render, on one thread; only the class of values it is in asks for Sendable.
    /// The data, the nearest first.
    private let layers: [Record]
    /// What `assign` and `capture` set.
    @exclusivity(unchecked) private var assigned: [String: Operand]
    /// What loops and includes set, the innermost last.
    @exclusivity(unchecked) var frames: [Frame] = []
    /// What `increment` and `decrement` count.
    @exclusivity(unchecked) var counters: [String: Operand] = [:]
    /// Whose turn it is in each cycle.
    var cycles: [String: Int] = [:]
    /// How far each loop came, for `offset: continue`.
    var offsets: [String: Int] = [:]
    var loops: [ForLoop] = []
    var lastUnlessChanged: String?
    let refusesInclude: Bool

    init(layers: [Record], given: [String: Operand] = [:], refusesInclude: Bool = false) {
        self.layers = layers
        self.assigned = given
        self.refusesInclude = refusesInclude
    }

    /// The value of a variable; `nil` for one that was never set.
    func find(_ name: String) -> Operand? {
        if let value = local(name) ?? data(name) { return value }
        return name == "self" ? .scope(self) : nil
    }

    /// The value of a variable in the data; what is known to be missing is looked for in the layers behind.
    private func data(_ name: String) -> Operand? {
        for index in layers.indices {
            switch layers[index][name] {
            case nil, .missing?: continue
            case let value?: return Operand(value)
            }
        }
        return nil
    }

    /// The value of a variable that the template itself set.
    func local(_ name: String) -> Operand? {
        if !frames.isEmpty {
            for index in frames.indices.reversed() {
                if let value = frames[index][name] { return value }
            }
        }
        if !assigned.isEmpty, let value = assigned[name] { return value }
        if !counters.isEmpty, let value = counters[name] { return value }
        return nil
    }

    func assign(_ name: String, _ value: Operand) { assigned[name] = value }

    /// What a counter stands at: what was counted, else what the data says.
    func counter(_ name: String) -> Operand {
        counters[name] ?? data(name) ?? .none
    }

    /// The names of all variables, for suggestions.
    var names: [String] { layers.flatMap(\.keys) + assigned.keys + frames.flatMap(\.names) }
}

/// The few variables of a loop or an include.
struct Frame {
    private(set) var names: [String]
    private var values: [Operand]

    init(_ variables: KeyValuePairs<String, Operand>) {
        names = variables.map(\.key)
        values = variables.map(\.value)
    }

    subscript(name: String) -> Operand? {
        get {
            for index in names.indices.reversed() where names[index] == name { return values[index] }
            return nil
        }
        set {
            guard let newValue else { return }
            if let index = names.lastIndex(of: name) {
                values[index] = newValue
            } else {
                names.append(name)
                values.append(newValue)
            }
        }
    }

    /// Sets the variable that was named last: a loop's own.
    mutating func setLast(_ value: Operand) { values[values.count - 1] = value }
}
