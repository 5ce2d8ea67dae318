import CBuild

/// What was known of the sources when this program was built.
package enum BuildFacts {
    /// The commit, shortened, with a `+` where files had changes that were not committed; `nil` where it was not told.
    package static var commit: String? {
        let text = String(cString: stoke_commit())
        return text.isEmpty ? nil : text
    }
}
