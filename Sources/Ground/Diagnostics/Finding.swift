/// One thing that is wrong in a file: what, where, and how to go on.
///
/// A finding is data; `FindingText` words it. Readers of files collect findings and go on, so that a
/// person sees everything at once.
package struct Finding: Sendable, Hashable {
    /// How bad it is: an error refuses the file, a warning does not.
    package enum Severity: String, Sendable, Hashable, Comparable {
        case error, warning

        package static func < (a: Severity, b: Severity) -> Bool { a == .error && b == .warning }
    }

    /// A second place that helps to understand the first: the opener of an unclosed block, an include.
    package struct Note: Sendable, Hashable {
        /// What is to be seen there, in lower case.
        package var message: String
        /// The place, if it is one.
        package var place: Place?

        package init(_ message: String, at place: Place? = nil) {
            self.message = message
            self.place = place
        }
    }

    /// The stable code, `unknown-key`; its page is in the findings reference.
    package var code: FindingCode
    /// Error or warning.
    package var severity: Severity
    /// What is wrong, in lower case, without a full stop.
    package var message: String
    /// Where; `nil` for a finding about a whole workspace.
    package var place: Place?
    /// How to mend it: a suggestion, or the next command.
    package var hint: String?
    /// Further places, an include chain among them, innermost first.
    package var notes: [Note]

    /// The severity is the code's own unless another one is given.
    package init(
        _ code: FindingCode, _ message: String, at place: Place? = nil, hint: String? = nil, notes: [Note] = [],
        severity: Severity? = nil
    ) {
        self.code = code
        self.severity = severity ?? code.severity
        self.message = message
        self.place = place
        self.hint = hint
        self.notes = notes
    }
}

/// The stable name of a kind of finding, with the page that explains it.
///
/// Each target declares its own as `static let`s and lists them in one array, so that the reference
/// (`Docs/findings.md`, `stoke help CODE`) is made from the same table.
package struct FindingCode: Sendable, Hashable, CustomStringConvertible {
    /// Kebab case, never reused: `unknown-variable`.
    package let name: String
    /// What findings of this kind are unless they say otherwise.
    package let severity: Finding.Severity
    /// One line that says what is wrong.
    package let summary: String
    /// Why it matters and how to mend it: a few sentences of Markdown.
    package let page: String

    package init(_ name: String, _ severity: Finding.Severity = .error, summary: String, page: String) {
        self.name = name
        self.severity = severity
        self.summary = summary
        self.page = page
    }

    package var description: String { name }

    package static func == (a: FindingCode, b: FindingCode) -> Bool { a.name == b.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
