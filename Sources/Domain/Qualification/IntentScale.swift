package import CivilTime
package import Outreach

/// The intent rules, ready to score: which rule a kind falls under, and what a touchpoint of it is still worth.
package struct IntentScale: Sendable {
    /// One rule of the file.
    struct Rule: Sendable {
        var kind: TouchpointKind
        var points: Double
        /// Seconds; `nil`: the points stay.
        var halfLife: Int?
        var cap: Points?
        /// The seconds after which a touchpoint is worth nothing; `nil` where it never fades.
        var lifetime: Int?
    }

    /// By kind, so that a slot means the same in every run.
    let rules: [Rule]
    private let slots: [String: Int]
    private let fading = Fading()

    /// Of the rules by kind, as the file has them.
    package init(_ intent: [TouchpointKind: QualificationRules.IntentRule]) {
        let sorted = intent.sorted { $0.key.name < $1.key.name }
        rules = sorted.map { Rule($0.key, $0.value) }
        slots = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1.key.name, $0) })
    }

    /// How many rules there are; slots count from 0.
    package var slotCount: Int { rules.count }

    /// The rule that `kind` falls under: its own, else its family's (`form` for `form.demo`); `nil` where none.
    package func slot(of kind: TouchpointKind) -> Int? {
        if let slot = slots[kind.name] { return slot }
        var family = kind.name.utf8[...]
        while let dot = family.lastIndex(of: UInt8(ascii: ".")) {
            family = family[..<dot]
            if let slot = slots[String(Substring(family))] { return slot }
        }
        return nil
    }

    /// What a touchpoint of `slot` at `at` is worth at `midnight`, seconds of UTC; whole until the first midnight after it.
    @inline(__always)
    func worth(_ slot: Int, at: Int, midnight: Int) -> Points {
        let rule = rules[slot]
        guard let halfLife = rule.halfLife, midnight > at else { return Points(rule.points) }
        return Points(rule.points * fading.share(age: midnight - at, halfLife: halfLife))
    }

    /// Thousandths of a point: every rule's sum, capped and rounded, added up.
    @inline(__always)
    func thousandths(_ sums: [Points]) -> Int {
        var total = 0
        for slot in rules.indices { total += sums[slot].clamped(to: rules[slot].cap).thousandths }
        return total
    }
}

extension IntentScale.Rule {
    fileprivate init(_ kind: TouchpointKind, _ rule: QualificationRules.IntentRule) {
        self.kind = kind
        points = rule.points
        halfLife = rule.halfLife
        cap = rule.cap.map { Points($0) }
        lifetime = rule.halfLife.map { $0 * IntentScale.Rule.halvings(of: rule.points) }
    }

    /// After how many halvings `points` count as nothing.
    private static func halvings(of points: Double) -> Int {
        var halvings = 0
        var left = points.magnitude
        while left >= Points.least, halvings < 2000 {
            left /= 2
            halvings += 1
        }
        return halvings
    }
}

extension IntentScale {
    /// The least and the most that intent can be, in thousandths, while every rule's sum lies between two values.
    func bounds(_ a: [Points], _ b: [Points]) -> (least: Int, most: Int) {
        var (least, most) = (0, 0)
        for slot in rules.indices {
            let x = a[slot].clamped(to: rules[slot].cap).thousandths
            let y = b[slot].clamped(to: rules[slot].cap).thousandths
            least += min(x, y)
            most += max(x, y)
        }
        return (least, most)
    }
}

/// A touchpoint that a rule gives points for.
struct IntentTerm: Sendable, Hashable {
    var slot: Int
    /// Seconds of UTC.
    var at: Int
}

/// Adds up one person's intent at one midnight, touchpoint by touchpoint; used again for the next person.
///
/// For those who score many people: nothing is allocated, and the order of touchpoints does not matter.
package struct IntentTally: Sendable {
    private let scale: IntentScale
    private let midnight: Int
    private var sums: [Points]

    /// `midnight` is the last one of the workspace before the instant of scoring.
    package init(_ scale: IntentScale, midnight: Instant) {
        self.scale = scale
        self.midnight = midnight.seconds
        sums = Array(repeating: .zero, count: scale.rules.count)
    }

    /// Adds a touchpoint of the rule `slot` (`IntentScale.slot(of:)`) at `at`, seconds of UTC.
    @inline(__always)
    package mutating func add(_ slot: Int, at: Int) { sums[slot] += scale.worth(slot, at: at, midnight: midnight) }

    /// The intent, in thousandths of a point.
    package var thousandths: Int { scale.thousandths(sums) }

    /// Begins the next person.
    package mutating func reset() { for slot in sums.indices { sums[slot] = .zero } }

    /// What remains of each touchpoint's points so that they add up to the score; in the order of `terms`.
    static func shares(_ terms: [IntentTerm], _ scale: IntentScale, midnight: Int) -> [Int] {
        var sums = Array(repeating: Points.zero, count: scale.rules.count)
        return terms.map { term in
            let cap = scale.rules[term.slot].cap
            let before = sums[term.slot].clamped(to: cap).thousandths
            sums[term.slot] += scale.worth(term.slot, at: term.at, midnight: midnight)
            return sums[term.slot].clamped(to: cap).thousandths - before
        }
    }
}
