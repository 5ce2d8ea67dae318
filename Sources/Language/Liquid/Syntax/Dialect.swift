/// What a template may say: one grammar, and the few points on which its readers differ.
package struct Dialect: Sendable, Hashable {
    /// How much of the reference implementation's older leniency is left.
    package enum Strictness: Sendable, Hashable { case lax, strict, strict2 }

    /// Whether `{a|b}` on one line is a choice.
    package var readsSpin: Bool
    /// Whether `}}` and `%}` inside a quoted text belong to the text.
    package var readsQuotedDelimiters: Bool
    /// Whether a filter nobody knows is refused; else it gives back its input.
    package var refusesUnknownFilters: Bool
    /// Whether `{% assign a b = 1 %}` sets `b`, as the reference does; else only a name may stand there.
    package var passesOverJunk: Bool
    /// `strict2` but for what old templates need.
    package var strictness: Strictness

    /// What Stoke's own templates are written in.
    package static let stoke = Dialect(
        readsSpin: true, readsQuotedDelimiters: true, refusesUnknownFilters: true, passesOverJunk: false,
        strictness: .strict2)

    /// What the reference implementation reads.
    package static func reference(_ strictness: Strictness) -> Dialect {
        Dialect(
            readsSpin: false, readsQuotedDelimiters: false, refusesUnknownFilters: false, passesOverJunk: true,
            strictness: strictness)
    }
}
