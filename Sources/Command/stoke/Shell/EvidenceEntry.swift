import Arguments
import Diagnostics
import Facts
import Interchange
import Ledger
import Outreach
import Qualification
import Reports

/// What somebody said on a field of BANT, MEDDIC or MEDDPICC: `--bant need="onboarding takes weeks"`.
struct EvidenceEntry {
    var field: String
    var text: String

    static let options = [
        Option(
            "--bant", value: "FIELD=TEXT", "what they said on budget, authority, need or timeline", isRepeated: true),
        Option(
            "--meddic", value: "FIELD=TEXT", "what they said on metrics, economic_buyer, champion, ...",
            isRepeated: true),
    ]

    /// All that the command line says.
    ///
    /// - Throws: `UsageError` for a field that no framework has, or without a text.
    static func all(_ invocation: Invocation) throws -> [EvidenceEntry] {
        let bant = QualificationRules.Framework.bant.fields
        let meddpicc = QualificationRules.Framework.meddpicc
        return try invocation.values("--bant").map { try read($0, of: bant, option: "--bant", invocation) }
            + invocation.values("--meddic").map { try read($0, of: meddpicc, option: "--meddic", invocation) }
    }

    private static func read(
        _ text: String, of fields: [String], option: String, _ invocation: Invocation
    ) throws -> EvidenceEntry {
        let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmed }
        guard parts.count == 2, !parts[1].isEmpty else {
            throw invocation.refusal(
                "\(option): \(text) is not FIELD=TEXT", hint: "\(option) \(fields[0])=\"what they said\"")
        }
        let field = parts[0].lowercased().replacing("-", with: "_").replacing(" ", with: "_")
        guard fields.contains(field) else {
            throw invocation.refusal(
                "\(option): \(parts[0]) is no field of it",
                hint: NearestName.hint(among: fields, to: field) ?? fields.joined(separator: ", "))
        }
        return EvidenceEntry(field: field, text: parts[1])
    }

    /// The fact, citing the touchpoint in which it was heard.
    func touchpoint(cites: Int, by: String, of person: Person.ID, _ office: Office) -> Touchpoint {
        office.qualifier.evidence(field, text: text, cites: cites, by: by, of: person, at: office.now)
    }

    /// `need  "onboarding takes weeks", heard in #9 spoke on the phone`.
    func line(_ source: Touchpoint) -> String {
        let name = field.split(separator: "_").joined(separator: " ")
        return "  \(name.padding(to: 18))\(Sink.line(text)), heard in #\(source.id) \(TouchpointText.verb(source.kind))"
    }
}

/// Finds the touchpoint that evidence cites: `--from m3qa` (a call task), `--from 9` (its number in `show`).
struct EvidenceSource {
    let history: History

    /// - Throws: `Failure` where nothing can be cited, with what can.
    func find(_ text: String?) throws -> Touchpoint {
        guard let text else { return try latestTalk() }
        guard let found = named(text) else {
            throw Failure("--from: \(text) is no touchpoint of \(name) and no task that came to one", hint: heard)
        }
        guard Self.canBeCited(found.kind) else {
            throw Failure(
                "#\(found.id) (\(TouchpointText.verb(found.kind))) is ours; evidence is what we heard from them",
                hint: heard)
        }
        return found
    }

    private var name: String { Sink.line(history.person.displayName) }

    private func latestTalk() throws -> Touchpoint {
        let touchpoints = history.touchpoints
        let talk = touchpoints.last { $0.kind.isConversation } ?? touchpoints.last { $0.kind.isA(.reply) }
        guard let talk else {
            throw Failure(
                "evidence cites a talk or an answer, and \(name) has none",
                hint: "record it first: stoke touch \(history.person.email ?? history.person.key) call.connected")
        }
        return talk
    }

    private func named(_ text: String) -> Touchpoint? {
        if let id = Int(text.hasPrefix("#") ? String(text.dropFirst()) : text) {
            return history.touchpoints.first { $0.id == id }
        }
        let task = history.tasks.last { task in
            let enrollment = history.enrollments.first { $0.id == task.enrollment }
            return enrollment.map {
                TaskCode(
                    person: history.person.key, sequence: $0.sequence, round: $0.round, step: task.step,
                    attempt: task.attempt
                ).matches(text)
            } ?? false
        }
        return task.flatMap { task in history.touchpoints.first { $0.sourceKey == "task:\(task.id)" } }
    }

    /// What they did or said, not what we did or decided.
    private static func canBeCited(_ kind: TouchpointKind) -> Bool {
        let ours: [TouchpointKind] = ["temperature", "evidence", "facts", "handoff", .disposition, .companyReply]
        return !kind.isOutboundTouch && kind.stage == nil && !ours.contains(where: kind.isA)
    }

    private var heard: String {
        let those = history.touchpoints.filter { Self.canBeCited($0.kind) }.suffix(5)
        let list = those.map { "#\($0.id) \(TouchpointText.verb($0.kind))" }.joined(separator: ", ")
        return list.isEmpty ? "record the talk first: stoke touch PERSON call.connected" : "one of \(list)"
    }
}

extension Substring {
    /// Without white space at both ends.
    fileprivate var trimmed: String {
        var text = self
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
