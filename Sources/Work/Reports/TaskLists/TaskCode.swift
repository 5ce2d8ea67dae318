import Digest

/// The name of a task that people type: four letters and digits, the same on every machine for the same step of the same
/// enrollment.
///
/// It is the beginning of a longer name, as Git's are of a commit's: where two open tasks begin alike, lists show one more
/// letter, and a code that fits both names neither.
package struct TaskCode: Sendable, Hashable, CustomStringConvertible {
    /// All of it, 12 letters and digits: what calendars and files use.
    package let full: String

    /// What people are shown at least.
    package static let shortest = 4

    /// The code of one attempt at one step of a person's way through a sequence.
    package init(person: String, sequence: String, round: Int, step: String, attempt: Int = 1) {
        var choice = StableChoice("task code", person, sequence, step).with(round).with(attempt).value
        // The first is a letter, so that no spreadsheet takes a code for a number; no i, l, o, 0, 1.
        var text = String(TaskCode.letters[Int(choice % 23)])
        choice /= 23
        for _ in 1..<12 {
            text.append(TaskCode.letters[Int(choice % 31)])
            choice /= 31
        }
        full = text
    }

    /// The code as a file has it, which may be shortened.
    package init(typed: String) { full = typed.lowercased() }

    package var description: String { String(full.prefix(TaskCode.shortest)) }

    /// Whether `typed` may mean this task.
    package func matches(_ typed: String) -> Bool {
        typed.utf8.count >= TaskCode.shortest && full.utf8.starts(with: typed.lowercased().utf8)
    }

    /// The code as it is shown beside `others`: as long as it takes to tell them apart.
    package func shown(among others: [TaskCode]) -> String {
        var length = TaskCode.shortest
        for other in others where other != self {
            length = max(length, full.commonPrefix(with: other.full).utf8.count + 1)
        }
        return String(full.prefix(length))
    }

    /// The codes of a list as they are shown, in its order.
    package static func shown(_ codes: [TaskCode]) -> [String] {
        // Only neighbours in order can begin alike.
        let order = codes.indices.sorted { codes[$0].full < codes[$1].full }
        var shown = codes.map(\.description)
        for (place, index) in order.enumerated() {
            let near = [place - 1, place + 1].filter(order.indices.contains).map { codes[order[$0]] }
            shown[index] = codes[index].shown(among: near)
        }
        return shown
    }

    private static let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
}

extension String {
    /// The letters both begin with.
    fileprivate func commonPrefix(with other: String) -> String {
        String(decoding: zip(utf8, other.utf8).prefix { $0 == $1 }.map(\.0), as: UTF8.self)
    }
}
