package import CivilTime

/// What an experiment with `winner: keep` came to: the arm that people get from now on.
package struct Conclusion: Sendable, Hashable {
    /// The sequence's name.
    package var sequence: String
    /// The id of the email step.
    package var step: String
    /// The arm that won: `a`.
    package var arm: String
    /// The templates that were compared, as `a=intro b=intro-short`; others of the same arms are another experiment.
    package var templates: String
    /// When the test named it.
    package var at: Instant

    package init(sequence: String, step: String, arm: String, templates: String, at: Instant) {
        self.sequence = sequence
        self.step = step
        self.arm = arm
        self.templates = templates
        self.at = at
    }
}

extension Step {
    /// The templates of an email's arms, as a conclusion keeps them; empty for other steps.
    package var comparedTemplates: String {
        guard case .email(let variants) = kind else { return "" }
        return variants.map { "\($0.arm)=\($0.template)" }.joined(separator: " ")
    }
}

extension Sequence {
    /// The sequence with the winners that its experiment keeps; what was concluded about other texts counts for nothing.
    package func keeping(_ conclusions: [Conclusion]) -> Sequence {
        guard experiment?.keepsWinner == true else { return self }
        var sequence = self
        for conclusion in conclusions where conclusion.sequence == name {
            guard step(conclusion.step)?.comparedTemplates == conclusion.templates else { continue }
            sequence.winners[conclusion.step] = conclusion.arm
        }
        return sequence
    }
}
