package import CivilTime

/// The day somebody is back.
package struct ReturnDate: Sendable, Hashable {
    /// The first day they are there again.
    package var day: LocalDate
    /// The words it was read from.
    package var text: String
    /// How it was read: `back on`, `until, inclusive`, `year taken from the message's date`, ...
    package var reading: String
}
