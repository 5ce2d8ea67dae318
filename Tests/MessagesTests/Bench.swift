import CivilTime
import Diagnostics
import Facts
import Messages
import Outreach
import Planning

/// A workspace of templates alone, and one person's messages from it.
struct Bench {
    /// 2026-03-12, a Thursday, 09:30:00 UTC.
    static let now = Instant(1_773_307_800)

    var model: Model
    var facts: Record = ["first_name": .text("Maya"), "company": .record(["name": .text("Nordlicht")])]
    var key = "maya@nordlicht.example"
    var zones: @Sendable (String) -> Zone? = { _ in nil }
    /// What somebody made of the text while it waited for approval.
    var edited: String?

    /// Templates by file name: `intro.md`; an `.html` and a `.txt` of one name go together.
    init(_ files: [String: String], signature: String? = nil, calendar: BusinessCalendar = .standard) {
        var templates: [String: TemplateSource] = [:]
        for (file, text) in files.sorted(by: { $0.key < $1.key }) {
            let parts = file.split(separator: ".").map(String.init)
            let format = TemplateSource.Format(rawValue: parts[1]) ?? .text
            if templates[parts[0]]?.format == .html {
                templates[parts[0]]?.twin = text
            } else {
                templates[parts[0]] = TemplateSource(
                    name: parts[0], format: format, file: "templates/\(file)", text: text)
            }
        }
        let mailbox = Mailbox(
            name: "ana", owner: "ana", fromName: "Ana Pop", fromAddress: "ana@acme.example",
            signature: signature.map { _ in "signatures/ana.md" }, timezone: .utc)
        model = Model(
            hash: "",
            settings: Settings(
                timezone: .utc, company: "Acme GmbH", postalAddress: "Weg 1, 10115 Berlin", calendar: calendar),
            owners: ["ana": Owner(key: "ana", name: "Ana Pop", timezone: .utc)], mailboxes: ["ana": mailbox],
            sequences: [:],
            templates: templates, signatures: signature.map { ["signatures/ana.md": $0] } ?? [:])
    }

    var library: TemplateLibrary { TemplateLibrary(model, zones: zones) }

    /// An email from the template `name`.
    func email(_ name: String = "t", unsubscribeURL: String? = nil) -> Rendering {
        library.email(draft(name), at: Self.now, unsubscribeURL: unsubscribeURL)
    }

    /// The email's text for an editor.
    func editable(_ name: String = "t") -> String? {
        library.editable(draft(name), at: Self.now, unsubscribeURL: nil)?.text
    }

    /// The email's body without its footer, and its HTML without the document around it; holds in angle brackets.
    func bodies(_ name: String = "t") -> (text: String, html: String) {
        switch email(name) {
        case .rendered(let message):
            let text = message.text.split(separator: "\n\nAcme GmbH").first.map(String.init) ?? ""
            let html = (message.html ?? "").split(separator: "<p style=\"color:#777").first.map(String.init) ?? ""
            let body = html.firstRange(of: ">\n<p>").map { String(html[html.index($0.lowerBound, offsetBy: 2)...]) }
            return (text, body ?? html)
        case .hold(let hold): return ("<\(hold.detail)>", "")
        case .skip(let reason): return ("<skip \(reason)>", "")
        }
    }

    private var approval: [OutreachTask] {
        edited.map {
            [
                OutreachTask(
                    id: 1, enrollment: Enrollment.ID(1), step: "intro", kind: .approve, owner: "ana", dueAt: Self.now,
                    openedAt: Self.now, editedText: $0)
            ]
        } ?? []
    }

    private func draft(_ name: String) -> Draft {
        let person = Person(id: Person.ID(1), key: key, email: key, facts: facts)
        let variant = Step.Variant(arm: "a", template: name)
        return Draft(
            history: History(person: person, tasks: approval),
            enrollment: Enrollment(
                id: Enrollment.ID(1), person: person.id, sequence: "s", enrolledAt: Self.now, wakeAt: Self.now, tie: 0),
            sequence: "s", step: Step(id: "intro", kind: .email([variant])), mailbox: "ana", variant: variant,
            dueAt: Self.now)
    }
}
