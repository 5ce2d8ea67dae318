import Host

/// Which stoke this is.
enum Version {
    /// Semantic version.
    static let text = "0.1.0"
    /// `0.1.0 (1a2b3c4d5e)`; says so where the commit is not known.
    static var full: String { "\(text) (\(BuildFacts.commit ?? "commit not known: not built by make"))" }
}
