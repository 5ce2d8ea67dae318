import Arguments
import CivilTime
import Delivery
import Digest
import Host
import Interchange
import Ledger
import Mail
import Messages
import Outreach
import Planning
import Reports
import SQLiteLedger

/// One person's message: on the terminal, in a file, or in the inbox of one of us.
struct PreviewOfOne {
    let office: Office

    init(_ office: Office) { self.office = office }

    private var invocation: Invocation { office.desk.invocation }
    private var output: Output { office.desk.output }

    func run(_ person: String, _ name: String) throws -> ExitStatus {
        let history = try office.store.history(of: office.person(person).id)
        let first = history.enrollments.reversed().map(\.sequence)
        let (sequence, step) = try StepName.find(name, first: first, office)
        let enrollment = history.enrollment(in: sequence, at: office.now)
        if invocation.has("--all-variants") {
            let texts = try AllTexts(office, step, sequence, enrollment, history)
            if office.desk.wantsJSON { output.print(try texts.json()) } else { output.print(try texts.text()) }
            return .fine
        }
        var preview = PreviewData(history.person, sequence.name, step)
        guard let draft = Drafts(office).draft(step, enrollment, history) else {
            return try note(preview, step, sequence, history, enrollment)
        }
        preview.variant = draft.variant.arm
        guard let signer = TokenSigner(key: try office.store.secret()) else {
            throw Failure("the ledger's key is damaged", hint: "stoke ledger verify")
        }
        let composition = EmailComposition(model: office.model, signer: signer)
        if let recipient = invocation.value("--to") { return try test(preview, draft, composition, to: recipient) }
        let optOut = composition.optOuts.of(history.person)
        guard let rendered = try rendered(preview, draft, optOut?.url) else { return .fine }
        return try show(preview, rendered, draft, composition, optOut)
    }

    private func rendered(_ preview: PreviewData, _ draft: Draft, _ url: String?) throws -> Rendered? {
        try rendered(preview, office.templates.email(draft, at: office.now, unsubscribeURL: url))
    }

    /// `nil` where the template leaves the person out, which is said.
    private func rendered(_ preview: PreviewData, _ rendering: Rendering) throws -> Rendered? {
        switch rendering {
        case .rendered(let rendered): return rendered
        case .hold(let hold): throw held(preview, hold)
        case .skip(let reason):
            print(preview, rendering, "the template leaves this person out: \(Sink.line(reason))")
            return nil
        }
    }

    private func composed<Result>(_ preview: PreviewData, _ body: () throws(CompositionHold) -> Result) throws -> Result
    {
        do throws(CompositionHold) { return try body() } catch { throw held(preview, error.hold) }
    }

    /// What to throw where nothing would go out; a program gets it as JSON besides.
    private func held(_ preview: PreviewData, _ hold: Hold) -> Failure {
        if office.desk.wantsJSON { output.print(preview.json(.hold(hold))) }
        return Failure("this would be held: \(hold.detail)", hint: "mend the fact or the template")
    }

    private func print(_ preview: PreviewData, _ rendering: Rendering, _ text: @autoclosure () -> String) {
        if office.desk.wantsJSON { output.print(preview.json(rendering)) } else { output.print(text()) }
    }

    // MARK: to look at

    private func show(
        _ preview: PreviewData, _ rendered: Rendered, _ draft: Draft, _ composition: EmailComposition,
        _ optOut: OptOut?
    ) throws -> ExitStatus {
        let envelope = try composed(preview) { () throws(CompositionHold) in
            try composition.compose(draft, rendered, optOut, now: office.now)
        }
        let page = page(rendered, draft, envelope)
        if let path = invocation.value("--html") {
            try Files.write(Array(page.html5.utf8), to: path, mode: 0o644)
        }
        if let path = invocation.value("--eml") {
            try Files.write(envelope.sealed().message.octets, to: path, mode: 0o644)
        }
        if office.desk.wantsJSON {
            output.print(preview.on(page).json(.rendered(rendered)))
        } else if !invocation.has("--html"), !invocation.has("--eml") {
            output.print(text(page, draft))
        }
        return .fine
    }

    private func page(_ rendered: Rendered, _ draft: Draft, _ envelope: EmailComposition.Envelope) -> MessagePage {
        let mailbox = office.model.mailboxes[draft.mailbox]
        let person = draft.history.person
        return MessagePage(
            from: mailbox.map { "\($0.fromName) <\($0.fromAddress)>" } ?? draft.mailbox,
            to: "\(person.displayName) <\(person.email ?? "")>", subject: envelope.subject,
            date: Dates.moment(envelope.date, in: mailbox?.timezone ?? office.zone, year: 0),
            step: "\(draft.sequence)/\(draft.step.id)", preheader: rendered.preheader, text: rendered.text,
            html: rendered.html)
    }

    private func text(_ page: MessagePage, _ draft: Draft) -> String {
        var lines = [("From", page.from), ("To", page.to), ("Subject", page.subject)]
        if let preheader = page.preheader { lines.append(("Preview", preheader)) }
        if !draft.variant.arm.isEmpty { lines.append(("Variant", draft.variant.arm)) }
        let head = lines.map { "\("\($0.0):".padding(to: 9))\(Sink.line($0.1))" }
        return (head + ["", Sink.lines(page.text)]).joined(separator: "\n")
    }

    /// A task's text.
    private func note(
        _ preview: PreviewData, _ step: Step, _ sequence: Outreach.Sequence, _ history: History,
        _ enrollment: Enrollment
    ) throws -> ExitStatus {
        guard !invocation.has("--to"), !invocation.has("--html"), !invocation.has("--eml") else {
            throw invocation.refusal("\(step.id) sends no email")
        }
        let drafts = Drafts(office)
        var preview = preview
        preview.limit = drafts.limit(of: step, sequence, enrollment)?.characters
        let rendering = try drafts.note(step, sequence, enrollment, history)
        guard let rendered = try rendered(preview, rendering) else { return .fine }
        print(
            preview, rendering,
            (rendered.subject.map { "Subject: \(Sink.line($0))\n\n" } ?? "") + Sink.lines(rendered.text))
        return .fine
    }

    // MARK: to one of us

    /// Sends it by the mailbox's own way, and writes nothing down.
    private func test(
        _ preview: PreviewData, _ draft: Draft, _ composition: EmailComposition, to recipient: String
    ) throws -> ExitStatus {
        guard try office.store.person(withEmail: recipient.lowercased()) == nil else {
            throw Failure(
                "\(recipient) is somebody of the ledger's", hint: "a test goes to one of us; nothing was sent",
                status: .refused)
        }
        try Home(office).check()
        guard let rendered = try rendered(preview, draft, composition.optOuts.testURL) else { return .fine }
        let envelope = try composed(preview) { () throws(CompositionHold) in
            try composition.test(draft, rendered, to: recipient, now: office.now)
        }
        guard let mailbox = office.model.mailboxes[draft.mailbox] else { throw Failure("\(draft.mailbox) is gone") }
        let (account, transport) = Routes(office, try StopSignal()).route(mailbox)
        let verdict: Verdict
        do {
            let session = try transport.connect(account, deadline: .now + .seconds(120))
            verdict = Verdict(session.deliver(envelope.sealed().message) { true })
            session.close()
        } catch {
            verdict = Verdict(error)
        }
        guard verdict.state == .sent else {
            throw Failure(
                "the test was not sent: \(Sink.line(verdict.reply))", hint: "stoke doctor looks at the mailbox")
        }
        let subject = Sink.line(envelope.subject)
        var sent = preview.on(page(rendered, draft, envelope))
        sent.sentTo = recipient
        print(
            sent, .rendered(rendered),
            "sent to \(Sink.line(recipient)) by \(mailbox.name), and recorded nowhere: \(subject)")
        return .fine
    }
}

extension History {
    /// The person's way through a sequence, or one as it would begin now.
    func enrollment(in sequence: Outreach.Sequence, at now: Instant) -> Enrollment {
        enrollments.last { $0.sequence == sequence.name }
            ?? Enrollment(
                id: Enrollment.ID(0), person: person.id, sequence: sequence.name, enrolledAt: now, wakeAt: now, tie: 0)
    }
}
