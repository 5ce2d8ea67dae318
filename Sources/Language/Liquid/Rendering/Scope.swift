import Facts

/// The variables a template sees while it renders; a template shown by `render` has one of its own.
final class Scope: @unchecked Sendable {
    // Lives within one render, on one thread; only the class of values it is in asks for Sendable.
    /// The data: the nearest record, and those behind it.
    private let nearest: Record
    private let layers: ArraySlice<Record>
    /// What `assign` and `capture` set.
    @exclusivity(unchecked) private var assigned: [String: Operand]
    /// What loops and includes set, the innermost last.
    @exclusivity(unchecked) var frames: [Frame] = []
    /// What `increment` and `decrement` count.
    @exclusivity(unchecked) var counters: [String: Operand] = [:]
    /// Whose turn it is in each cycle.
    var cycles: [String: Int] = [:]
    /// How far each loop came, for `offset: continue`.
    @exclusivity(unchecked) var offsets = LoopOffsets()
    @exclusivity(unchecked) var loops: [ForLoop] = []
    var lastUnlessChanged: String?
    let refusesInclude: Bool

    init(layers: [Record], given: [String: Operand] = [:], refusesInclude: Bool = false) {
        self.nearest = layers.first ?? Record()
        self.layers = layers.dropFirst()
        self.assigned = given
        self.refusesInclude = refusesInclude
    }

    /// The value of a variable; `nil` for one that was never set.
    func find(_ name: String) -> Operand? {
        if let value = local(name) ?? data(name) { return value }
        return name == "self" ? .scope(self) : nil
    }

    /// The value of the variable that `lookup` begins with, whose name is known.
    func find(_ name: String, for lookup: Lookup) -> Operand? {
        if let value = local(name) { return value }
        let hint = lookup.hint
        guard let (value, place) = nearest.find(name, near: hint) else { return find(name) }
        if place != hint { lookup.hint = place }
        if case .missing = value { return find(name) }
        return Operand(value)
    }

    /// The value of a variable in the data; what is known to be missing is looked for in the layers behind.
    private func data(_ name: String) -> Operand? {
        if let value = nearest[name] {
            if case .missing = value {} else { return Operand(value) }
        }
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
    var names: [String] { nearest.keys + layers.flatMap(\.keys) + assigned.keys + frames.flatMap(\.names) }
}

/// The few variables of a loop or an include; the first two need no memory of their own.
struct Frame {
    private var ownName: String
    private var own: Operand
    private let loopName: String
    private let loop: Operand
    private var others: [(name: String, value: Operand)] = []

    /// A loop's frame: its object, and its variable.
    init(loop: Operand, named loopName: String, variable: String) {
        self.loop = loop
        self.loopName = loopName
        ownName = variable
        own = .none
    }

    /// The frame of an included template.
    init() { self.init(loop: .none, named: "", variable: "") }

    var names: [String] { [ownName, loopName].filter { !$0.isEmpty } + others.map(\.name) }

    subscript(name: String) -> Operand? {
        get {
            if name == ownName { return own }
            if name == loopName { return loop }
            if others.isEmpty { return nil }
            return others.last { $0.name == name }?.value
        }
        set {
            guard let newValue else { return }
            others.removeAll { $0.name == name }
            others.append((name, newValue))
        }
    }

    /// Sets the loop's variable.
    mutating func setVariable(_ value: Operand) { own = value }
}

/// How far each loop came. One loop alone, which is most of what there is, needs no memory for it.
struct LoopOffsets {
    private var last: (name: String, offset: Int)?
    private var others: [String: Int] = [:]

    subscript(name: String) -> Int? {
        get { last?.name == name ? last?.offset : others[name] }
        set {
            if let last, last.name != name { others[last.name] = last.offset }
            last = newValue.map { (name, $0) }
        }
    }
}
