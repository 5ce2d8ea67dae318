package import CivilTime

/// What a task says for its person.
package struct TaskWording: Sendable, Hashable {
    /// What is to be written, sent or said; `nil` where it can't be rendered.
    package var text: String?
    /// An email's.
    package var subject: String?
    /// SHA-256 of an email that waits for approval, 64 hex digits.
    package var digest: String?
    /// Why there is no text.
    package var problem: String?

    package init(_ text: String?, subject: String? = nil, digest: String? = nil, problem: String? = nil) {
        self.text = text
        self.subject = subject
        self.digest = digest
        self.problem = problem
    }
}

/// A task that a list may still name though it is not open any more.
package struct ClosedTask: Sendable, Hashable {
    /// By which it was named.
    package var code: TaskCode
    /// The outcome, or how else it ended: `sent`, `skipped`, `expired`, `cancelled`.
    package var ending: String
    /// When it ended.
    package var at: Instant
    /// Whose task it was.
    package var person: String

    package init(code: TaskCode, ending: String, at: Instant, person: String) {
        self.code = code
        self.ending = ending
        self.at = at
        self.person = person
    }
}
