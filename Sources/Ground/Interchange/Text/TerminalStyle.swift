/// Emphasis on a terminal (ECMA-48 SGR), or none: for pipes, files, and people who set `NO_COLOR`.
///
///     let style = TerminalStyle(isOn: false)
///     print(style.bold("Calls"))              // Calls
package struct TerminalStyle: Sendable, Hashable {
    /// Whether anything but the text is written; the shell decides, once.
    package var isOn: Bool

    package init(isOn: Bool) { self.isOn = isOn }

    /// Plain text, always.
    package static let plain = TerminalStyle(isOn: false)

    /// What emphasis there is: weights, and the eight colours that every terminal maps to what its owner can read.
    package enum Emphasis: Int, Sendable, Hashable, CaseIterable {
        case bold = 1
        case dim = 2
        case underlined = 4
        case red = 31
        case green = 32
        case yellow = 33
        case blue = 34
        case cyan = 36
    }

    /// `text` so emphasised, and nothing after it.
    package func apply(_ emphasis: [Emphasis], to text: String) -> String {
        guard isOn, !emphasis.isEmpty, !text.isEmpty else { return text }
        let codes = emphasis.map { String($0.rawValue) }.joined(separator: ";")
        return "\u{1B}[\(codes)m\(text)\u{1B}[0m"
    }

    /// Bold: headings.
    package func bold(_ text: String) -> String { apply([.bold], to: text) }
    /// Faint: what may be passed over.
    package func dim(_ text: String) -> String { apply([.dim], to: text) }
    /// Red: what failed.
    package func red(_ text: String) -> String { apply([.red], to: text) }
    /// Green: what is well.
    package func green(_ text: String) -> String { apply([.green], to: text) }
    /// Yellow: what wants attention.
    package func yellow(_ text: String) -> String { apply([.yellow], to: text) }
}
