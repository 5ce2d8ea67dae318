import Arguments
import CivilTime
import Diagnostics
import Delivery
import Digest
import Host
import Interchange
import Ledger
import Mail
import Messages
import Outreach
import Planning
import SQLiteLedger
import Workspace

/// A message as one person would get it; records nothing.
enum PreviewCommand: StokeCommand {
    static let table = Command(
        "preview", summary: "a message as one person would get it",
        discussion:
            "Renders by the files as they are applied, or by those on disk with --draft. Records no touchpoint.",
        positionals: [
            Positional("PERSON", "an address or a name", candidates: .named("people")),
            Positional("STEP", "a step's id, or SEQUENCE/STEP", candidates: .named("steps")),
        ],
        options: [
            Option("--html", value: "FILE", "write the HTML part", candidates: .files),
            Option("--eml", value: "FILE", "write the whole message", candidates: .files),
            Option("--draft", "by the files on disk, applied or not"),
        ],
        examples: [
            Example("stoke preview jonas intro", "in the terminal"),
            Example("stoke preview jonas founders/bump --eml bump.eml", "to open in a mail program"),
        ], group: "Every day")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try desk.invocation.has("--draft") ? Office.drafting(desk) : Office.reading(desk)
        let history = try office.store.history(of: office.person(desk.invocation.value("PERSON") ?? "").id)
        let (sequence, step) = try step(desk.invocation.value("STEP") ?? "", history, office)
        let enrollment =
            history.enrollments.last { $0.sequence == sequence.name }
            ?? Enrollment(
                id: Enrollment.ID(0), person: history.person.id, sequence: sequence.name, enrolledAt: office.now,
                wakeAt: office.now, tie: 0)
        guard let draft = Drafts(office).draft(step, enrollment, history) else {
            return try note(step, sequence, history, enrollment, office)
        }
        let url = Drafts(office).unsubscribeURL(history.person)
        switch office.templates.email(draft, at: office.now, unsubscribeURL: url) {
        case .hold(let hold): throw Failure("this would be held: \(hold.detail)", hint: "mend the fact or the template")
        case .skip(let reason): desk.output.print("the template leaves this person out: \(Sink.line(reason))")
        case .rendered(let rendered): try show(rendered, draft, office)
        }
        return .fine
    }

    private static func show(_ rendered: Rendered, _ draft: Draft, _ office: Office) throws {
        let invocation = office.desk.invocation
        if let path = invocation.value("--html") {
            guard let html = rendered.html else { throw Failure("this message has no HTML part") }
            try Files.write(Array(html.utf8), to: path, mode: 0o644)
        }
        guard let signer = TokenSigner(key: try office.store.secret()) else {
            throw Failure("the ledger's key is damaged")
        }
        let envelope = try compose(draft, rendered, office, signer)
        if let path = invocation.value("--eml") {
            try Files.write(envelope.message.octets, to: path, mode: 0o644)
        }
        if invocation.has("--html") || invocation.has("--eml") { return }
        let mailbox = office.model.mailboxes[draft.mailbox]
        office.desk.output.print(
            """
            From:    \(Sink.line(mailbox.map { "\($0.fromName) <\($0.fromAddress)>" } ?? draft.mailbox))
            To:      \(Sink.line(draft.history.person.displayName)) <\(draft.history.person.email ?? "")>
            Subject: \(Sink.line(envelope.subject))
            Variant: \(draft.variant.arm)

            \(Sink.lines(rendered.text))
            """)
    }

    private static func compose(
        _ draft: Draft, _ rendered: Rendered, _ office: Office, _ signer: TokenSigner
    ) throws -> EmailComposition.Envelope {
        do throws(CompositionHold) {
            return try EmailComposition(model: office.model, signer: signer).compose(draft, rendered, now: office.now)
        } catch {
            throw Failure("this would be held: \(error.hold.detail)")
        }
    }

    private static func note(
        _ step: Step, _ sequence: Outreach.Sequence, _ history: History, _ enrollment: Enrollment, _ office: Office
    ) throws -> ExitStatus {
        let mailbox = (enrollment.mailbox ?? sequence.mailboxes.first).flatMap { office.model.mailboxes[$0] }
        guard step.isManual, let owner = mailbox.flatMap({ office.model.owners[$0.owner] }) else {
            throw Failure("\(step.id) has no text")
        }
        let rendering = office.templates.note(
            step, of: sequence.name, for: history, owner: owner, mailbox: mailbox, at: office.now)
        switch rendering {
        case .rendered(let rendered): office.desk.output.print(Sink.lines(rendered.text))
        case .hold(let hold): throw Failure("this would be held: \(hold.detail)")
        case .skip(let reason): office.desk.output.print("the template leaves this person out: \(Sink.line(reason))")
        }
        return .fine
    }

    private static func step(
        _ text: String, _ history: History, _ office: Office
    ) throws -> (Outreach.Sequence, Step) {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        let id = parts.last ?? text
        let named = parts.count == 2 ? [parts[0]] : history.enrollments.reversed().map(\.sequence)
        let sequences = (named + office.model.sequences.keys.sorted()).compactMap { office.model.sequences[$0] }
        for sequence in parts.count == 2 ? Array(sequences.prefix(1)) : sequences {
            if let step = sequence.step(id) { return (sequence, step) }
        }
        let names = office.model.sequences.values.sorted { $0.name < $1.name }.flatMap { sequence in
            sequence.steps.map { parts.count == 2 ? "\(sequence.name)/\($0.id)" : $0.id }
        }
        throw Failure(
            "no sequence has a step \(text)",
            hint: NearestName.hint(among: names, to: text) ?? "SEQUENCE/STEP, as in \(names.first ?? "founders/intro")")
    }
}

extension Office {
    /// The office with the model of the files on disk, applied or not.
    static func drafting(_ desk: Desk) throws -> Office {
        let folder = try WorkspaceFolder.find(desk)
        let check = try WorkspaceCheck(folder, desk)
        guard let model = check.reading.model else {
            desk.output.show(check.findings)
            throw Failure("the files have errors", status: .findings)
        }
        return Office(desk: desk, folder: folder, store: try folder.readLedger(desk), model: model)
    }
}
