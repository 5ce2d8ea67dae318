/// What a person at a task list wants next: one key, or one line where there are no keys.
package enum TaskWish: Sendable, Hashable {
    case copy, open, history, note, edit, snooze, skip, undo, next, back, help, quit
    /// One of the task's outcomes.
    case outcome(String)
    /// A note or a snooze that came with its text.
    case noted(String)
    case snoozed(String)

    /// The keys, in the order in which help lists them.
    package static let keys: [(key: Character, wish: TaskWish, word: String, help: String)] = [
        ("c", .copy, "copy", "copies the text to the clipboard, also through tmux and ssh"),
        ("o", .open, "open", "opens the page, or copies its address where no browser is"),
        ("h", .history, "history", "shows what came before"),
        ("n", .note, "note", "writes a note that goes with the outcome"),
        ("e", .edit, "edit", "changes the text for this person, in $EDITOR"),
        ("z", .snooze, "snooze", "hides the task for a while: 2d, 2026-03-12"),
        ("s", .skip, "skip", "leaves the task out; the sequence goes on"),
        ("u", .undo, "undo", "takes the last decision back"),
        ("b", .back, "back", "to the task before"),
        ("q", .quit, "quit", "ends, with what was done"),
    ]

    /// The wish of a key; outcomes go by their number.
    package init?(key: Character, outcomes: [String]) {
        if let digit = key.wholeNumberValue, key.isASCII {
            guard outcomes.indices.contains(digit - 1) else { return nil }
            self = .outcome(outcomes[digit - 1])
        } else if key == "?" {
            self = .help
        } else if key == " " {
            self = .next
        } else if let known = TaskWish.keys.first(where: { $0.key == key }) {
            self = known.wish
        } else {
            return nil
        }
    }

    /// The wish of a line: an outcome, its number, a key, a key's word; `note` and `snooze` may have their text behind
    /// them, and an empty line goes on.
    package init?(line: String, outcomes: [String]) {
        let words = line.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first else {
            self = .next
            return
        }
        let rest = words.count > 1 ? words[1].trimmingBlanks : ""
        if rest.isEmpty {
            if outcomes.contains(first) {
                self = .outcome(first)
            } else if first == "next" {
                self = .next
            } else if first == "help" {
                self = .help
            } else if let known = TaskWish.keys.first(where: { $0.word == first }) {
                self = known.wish
            } else if first.count == 1, let key = first.first, let wish = TaskWish(key: key, outcomes: outcomes) {
                self = wish
            } else {
                return nil
            }
        } else if ["note", "n"].contains(first) {
            self = .noted(rest)
        } else if ["snooze", "z"].contains(first) {
            self = .snoozed(rest)
        } else {
            return nil
        }
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
