/// Compares two variants and may be looked at after every observation: under 5 % of comparisons of equal variants ever
/// name a winner, however often somebody looks.
///
/// The evidence is a test martingale (an e-process): each observation multiplies it by the likelihood of what happened
/// under the two rates learned so far, over the likelihood under one common rate. While both rates are the same its expected
/// value stays 1, whatever the rate, so by Ville's inequality it passes 20 with a chance of at most 1/20. Nothing in it is
/// an approximation for large samples. (Turner, Ly, Grünwald 2024, "Generic E-variables for exact sequential k-sample
/// tests that allow for optional stopping", with each observation a block of its own and arms drawn by weight.)
package struct SequentialTest: Sendable, Hashable {
    /// What is known of one variant.
    package struct Arm: Sendable, Hashable {
        /// Observations of it.
        package internal(set) var trials = 0
        /// Successes among them.
        package internal(set) var successes = 0

        /// Its rate as learned so far: the mean under a beta prior of 5 % with the weight of 20 observations. Replies are rare;
        /// a prior without weight would bet everything on the first of them.
        fileprivate var learned: Double { (Double(successes) + 1) / (Double(trials) + 20) }
    }

    /// What can be said.
    package enum Verdict: Sendable, Hashable {
        /// The rates differ, and this one is the better: 0 or 1.
        case better(Int)
        /// About so many more people in all before a difference of the declared size would show, four times in five.
        case cannotConclude(more: Int)
    }

    /// The share of people that the first variant gets, 0-1.
    private let share: Double
    /// The smallest difference worth finding, 0-1.
    package let minimumEffect: Double
    /// The chance to name a winner among equals.
    package let level: Double
    /// The two variants, in their order.
    package private(set) var arms = [Arm(), Arm()]
    /// How strongly what was seen speaks against equal rates; 1 is not at all.
    package private(set) var evidence = 1.0
    /// The greatest it ever was: a conclusion stays.
    package private(set) var greatest = 1.0

    package init(minimumEffect: Double, share: Double = 0.5, level: Double = 0.05) {
        self.minimumEffect = minimumEffect
        self.share = share
        self.level = level
    }

    /// Adds a person of variant 0 or 1 of whom it is settled whether they did what is measured; in the order of settling.
    package mutating func add(arm: Int, success: Bool) {
        let own = arms[arm].learned
        let common = share * arms[0].learned + (1 - share) * arms[1].learned
        evidence = min(evidence * (success ? own / common : (1 - own) / (1 - common)), 1e300)
        greatest = max(greatest, evidence)
        arms[arm].trials += 1
        if success { arms[arm].successes += 1 }
    }

    /// What can be said now.
    package var verdict: Verdict {
        guard greatest >= 1 / level else { return .cannotConclude(more: missing) }
        return .better(rate(1) > rate(0) ? 1 : 0)
    }

    /// The rate seen; 0 without trials.
    package func rate(_ arm: Int) -> Double {
        arms[arm].trials > 0 ? Double(arms[arm].successes) / Double(arms[arm].trials) : 0
    }

    /// How many are needed in all for four tests in five of a true difference of `minimumEffect` to conclude.
    ///
    /// The evidence grows by about `effect² / (8 p (1 - p))` a person in its logarithm and has to pass log 20 and what learning
    /// two rates costs; the factor is fitted to simulations, which the tests repeat.
    private var missing: Int {
        let trials = arms[0].trials + arms[1].trials
        let seen = Double(arms[0].successes + arms[1].successes)
        let p = min(max((seen + 1) / Double(trials + 20), minimumEffect / 2), 0.5)
        let effect = max(minimumEffect, 0.000_1)
        let needed = SequentialTest.cost * 8 * p * (1 - p) / (effect * effect)
        return max(1, Int(needed) - trials)
    }

    private static let cost = 7.2
}
