/// The open hours of a day: several windows, in order, apart from each other.
package struct Hours: Sendable, Hashable {
    /// Seconds since local midnight; not empty, ascending, with a pause between any two.
    package let windows: [Range<Int>]

    /// The hours of `windows`, in any order; those that touch or overlap become one, empty ones vanish, and what is outside
    /// the day is cut off.
    package init(_ windows: [Range<Int>]) {
        self.windows = windows.map { $0.clamped(to: 0..<Int.day) }.merged()
    }

    /// The whole day.
    package static let always = Hours([0..<Int.day])

    /// The hours that both have.
    package func intersection(_ other: Hours) -> Hours {
        Hours(windows.intersection(other.windows))
    }

    /// Whether no window is open at all.
    package var isEmpty: Bool { windows.isEmpty }

    /// Why a text is not hours.
    package enum Problem: Error, Sendable, Hashable {
        /// Not of the form `09:00-17:00`.
        case notAWindow(String)
        /// The end is not after the start; `22:00-06:00` is written as two windows.
        case endsBeforeStart(String)
        /// Two windows overlap.
        case overlap(String, String)
    }

    /// The hours in `09:00-12:00, 13:30-17:00`; a window may end at 24:00.
    ///
    /// - Throws: `Problem`, the first one.
    package init(parsing text: String) throws(Problem) {
        var windows: [(text: String, range: Range<Int>)] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            let piece = piece.trimmed
            let ends = piece.split(separator: "-", omittingEmptySubsequences: false).map { LocalTime($0.trimmed) }
            guard ends.count == 2, let from = ends[0], let to = ends[1] else { throw .notAWindow(piece) }
            guard from < to else { throw .endsBeforeStart(piece) }
            let range = from.secondOfDay..<to.secondOfDay
            if let other = windows.first(where: { $0.range.overlaps(range) }) { throw .overlap(other.text, piece) }
            windows.append((piece, range))
        }
        self.init(windows.map(\.range))
    }
}

extension Hours: CustomStringConvertible {
    /// `09:00-12:00, 13:30-17:00`.
    package var description: String {
        windows.map { "\(LocalTime(clamping: $0.lowerBound))-\(LocalTime(clamping: $0.upperBound))" }
            .joined(separator: ", ")
    }
}

extension StringProtocol {
    /// The text without spaces and tabs at its ends.
    var trimmed: String {
        let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let bytes = Array(utf8)
        guard let first = bytes.firstIndex(where: { !blank($0) }), let last = bytes.lastIndex(where: { !blank($0) })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}

extension Array {
    /// The union as ranges in order, apart from each other, none empty.
    func merged<Bound: Comparable>() -> [Range<Bound>] where Element == Range<Bound> {
        var merged: [Range<Bound>] = []
        for range in filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    /// What is in both, each a list of ranges in order and apart from each other.
    func intersection<Bound: Comparable>(_ other: [Range<Bound>]) -> [Range<Bound>] where Element == Range<Bound> {
        var common: [Range<Bound>] = []
        var (i, j) = (0, 0)
        while i < count, j < other.count {
            let both = self[i].clamped(to: other[j])
            if !both.isEmpty { common.append(both) }
            if self[i].upperBound < other[j].upperBound { i += 1 } else { j += 1 }
        }
        return common
    }
}
