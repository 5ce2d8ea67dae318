import Diagnostics
import Outreach
import TestKit
import Testing
import Workspace

/// A small sound workspace with one file replaced by a wrong one, marked where the finding must point.
struct FindingCase: Sendable, CustomTestStringConvertible {
    var code: String
    var file: String
    /// The file's text with its marks.
    var source: String
    /// A part of the hint of the first finding; `nil`: any.
    var hint: String?
    /// Files besides.
    var others: [String: String] = [:]
    var secret: SecretFile = .sound

    init(
        _ code: String, in file: String, _ marked: String, hint: String? = nil, others: [String: String] = [:],
        secret: SecretFile = .sound
    ) {
        self.code = code
        self.file = file
        source = marked
        self.hint = hint
        self.others = others
        self.secret = secret
    }

    var marked: MarkedText { MarkedText(source) }

    var testDescription: String { "\(code): \(marked.text.prefix(60).replacing("\n", with: "⏎"))" }

    /// A sequence with these steps, indented by two spaces.
    static func steps(_ code: String, _ steps: String, hint: String? = nil, others: [String: String] = [:])
        -> FindingCase
    {
        FindingCase(
            code, in: "sequences/s.yaml",
            "audience: any\nmailboxes: [ana]\nsteps:\n\(steps)\nfinish: {none: over}\n", hint: hint, others: others)
    }

    /// A mailbox of these keys, in flow style, besides owner and from.
    static func mailbox(
        _ code: String, _ keys: String, hint: String? = nil, others: [String: String] = [:], secret: SecretFile = .sound
    ) -> FindingCase {
        FindingCase(
            code, in: "stoke.yaml", head + "mailboxes: {ana: {owner: ana, from: ana@acme.example, \(keys)}}\n",
            hint: hint, others: others, secret: secret)
    }

    /// `stoke.yaml` with further keys.
    static func settings(_ code: String, _ keys: String, hint: String? = nil, others: [String: String] = [:])
        -> FindingCase
    {
        FindingCase(
            code, in: "stoke.yaml", head + "mailboxes: {ana: {owner: ana, from: ana@acme.example}}\n\(keys)\n",
            hint: hint, others: others)
    }

    static func rules(_ code: String, _ text: String, hint: String? = nil) -> FindingCase {
        FindingCase(code, in: "qualification.yaml", text + "\n", hint: hint)
    }

    static let head = """
        timezone: Europe/Berlin
        sender: {company: Acme, postal_address: Berlin}
        people: {ana: {name: Ana}}

        """

    static let base: [String: String] = [
        "stoke.yaml": head + "mailboxes: {ana: {owner: ana, from: ana@acme.example}}\n",
        "sequences/s.yaml": """
        audience: any
        mailboxes: [ana]
        steps:
          - {id: a, email: t}
        finish: {none: over}

        """,
        "templates/t.md": "---\nsubject: Hello\n---\nHi\n",
    ]

    var files: [Snapshot.File] {
        var texts = Self.base.merging(others) { $1 }
        texts[file] = marked.text
        return texts.map { Snapshot.File(path: $0.key, bytes: Array($0.value.utf8)) }
    }

    func read() -> WorkspaceReading {
        let state = secret
        return WorkspaceReader.read(
            files,
            in: SampleWorkspace.surroundings(
                columns: ["trigger"], secret: { _ in state }, exists: { !$0.contains("absent") }))
    }
}
