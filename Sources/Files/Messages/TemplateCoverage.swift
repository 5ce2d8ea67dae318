package import CivilTime
import Diagnostics
import Facts
import Liquid
package import Outreach
import Planning

/// What share of some people has the facts that their templates speak of, and who of them would be held.
package struct TemplateCoverage: Sendable {
    /// A variable of the templates.
    package struct Variable: Sendable {
        /// With dots: `company.industry`.
        package let path: String
        /// Whether a message is held where it has no value.
        package internal(set) var isRequired = false
        /// The files that speak of it.
        package internal(set) var files: [String] = []
        /// How many people's templates speak of it, and how many of them have it.
        package internal(set) var asked = 0
        /// People who have it.
        package internal(set) var has = 0

        /// People who don't.
        package var missing: Int { asked - has }
    }

    /// Somebody whose message would not go.
    package struct Held: Sendable {
        /// Who would be held.
        package let person: Person
        /// The sequence's name.
        package let sequence: String
        /// The step's id.
        package let step: String
        /// What would hold the message.
        package let hold: Hold
    }

    private let library: TemplateLibrary
    private let now: Instant
    /// How many of those who would be held are named.
    private let named: Int
    private var byPath: [String: Variable] = [:]
    private var pathsBySequence: [String: [String]] = [:]
    /// How many people were looked at; those in two sequences count twice.
    package private(set) var people = 0
    /// How many of them would be held.
    package private(set) var held = 0
    /// The first of them.
    package private(set) var firstHeld: [Held] = []

    /// Nobody yet; texts are rendered as of `now`.
    package init(_ library: TemplateLibrary, at now: Instant, naming named: Int = 5) {
        (self.library, self.now, self.named) = (library, now, named)
    }

    /// The variables, those that hold most people first.
    package var variables: [Variable] {
        byPath.values.sorted { a, b in
            let (x, y) = (a.isRequired ? a.missing : 0, b.isRequired ? b.missing : 0)
            if x != y { return x > y }
            return a.missing == b.missing ? a.path < b.path : a.missing > b.missing
        }
    }

    /// Looks at one person in one sequence, from `mailbox` or the sequence's first.
    package mutating func add(_ history: History, in sequence: Sequence, enrollment: Enrollment?) {
        people += 1
        let mailbox = enrollment?.mailbox ?? sequence.mailboxes.first ?? ""
        let facts = library.facts(of: history.person, mailbox: mailbox, sequence: sequence.name, at: now)
        let paths = pathsBySequence[sequence.name] ?? addVariables(of: sequence)
        pathsBySequence[sequence.name] = paths
        for path in paths {
            byPath[path]?.asked += 1
            if Self.hasValue(facts, path) { byPath[path]?.has += 1 }
        }
        let enrollment =
            enrollment
            ?? Enrollment(
                id: Enrollment.ID(0), person: history.person.id, sequence: sequence.name, enrolledAt: now, wakeAt: now,
                tie: 0)
        for step in sequence.steps {
            guard let hold = hold(step, sequence, history, enrollment, mailbox) else { continue }
            held += 1
            if firstHeld.count < named {
                firstHeld.append(Held(person: history.person, sequence: sequence.name, step: step.id, hold: hold))
            }
            return
        }
    }

    /// Why a step would not go as its text renders now; `nil` where it would, and for one without a text.
    private func hold(
        _ step: Step, _ sequence: Sequence, _ history: History, _ enrollment: Enrollment, _ mailbox: String
    ) -> Hold? {
        let rendering: Rendering
        if case .email = step.kind {
            let draft = Draft(step, of: sequence, for: history, enrollment: enrollment, mailbox: mailbox, at: now)
            rendering = library.email(draft, at: now, unsubscribeURL: nil)
        } else {
            let sender = library.model.mailboxes[mailbox]
            guard !step.templates.isEmpty, let owner = sender.flatMap({ library.model.owners[$0.owner] }) else {
                return nil
            }
            rendering = library.note(step, of: sequence.name, for: history, owner: owner, mailbox: sender, at: now)
        }
        if case .hold(let hold) = rendering { return hold }
        return nil
    }

    // MARK: variables

    /// The paths that a sequence's templates ask of people, all noted.
    private mutating func addVariables(of sequence: Sequence) -> [String] {
        var paths: [String] = []
        for name in Set(sequence.steps.flatMap(\.templates)).sorted() {
            guard let template = library[name] else { continue }
            for part in library.reachableParts(of: name) {
                for use in part.uses.variables where !Self.isOurs(use.path) {
                    var variable = byPath[use.path] ?? Variable(path: use.path)
                    if !use.isGuarded, !template.optional.contains(use.path) { variable.isRequired = true }
                    if !variable.files.contains(part.source.file) { variable.files.append(part.source.file) }
                    byPath[use.path] = variable
                    if !paths.contains(use.path) { paths.append(use.path) }
                }
            }
        }
        return paths
    }

    /// What the workspace itself knows, for everybody.
    private static func isOurs(_ path: String) -> Bool {
        ["sender", "sequence", "step", "now", "unsubscribe_url"].contains(path.prefix { $0 != "." })
    }

    private static func hasValue(_ facts: Record, _ path: String) -> Bool {
        let parts = path.split(separator: ".").map(String.init)
        switch facts[path: parts] {
        case nil:
            guard parts.count > 1, let last = parts.last, ["size", "first", "last"].contains(last) else { return false }
            return hasValue(facts, parts.dropLast().joined(separator: "."))
        case .missing: return false
        case .text(let text): return !text.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
        case .list(let list): return !list.isEmpty
        case .some: return true
        }
    }
}
