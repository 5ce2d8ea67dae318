package import CivilTime

/// What is known about something: one typed value.
package enum Value: Sendable, Hashable {
    /// Known to be absent.
    case missing
    case bool(Bool)
    case integer(Int)
    case decimal(Double)
    case text(String)
    case date(LocalDate)
    case instant(Instant)
    case list([Value])
    case record(Record)

    /// True for `missing` and for a text of white space only: nothing that could be shown.
    package var isBlank: Bool {
        switch self {
        case .missing: true
        case .text(let text): text.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
        default: false
        }
    }
}
