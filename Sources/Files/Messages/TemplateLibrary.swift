package import CivilTime
package import Diagnostics
import Digest
import Facts
import Liquid
package import Outreach
package import Planning

/// The templates of a model, parsed once, and everything that becomes of them: emails, notes, scripts.
package struct TemplateLibrary: Sendable {
    let model: Model
    private let templates: [String: MessageTemplate]
    /// By mailbox.
    private let stationery: [String: Stationery]
    /// By sequence and step.
    private let places: [String: [String: PlaceFacts]]
    private let zones: @Sendable (String) -> Zone?
    /// What is wrong with them, by file and line.
    package let findings: [Finding]

    /// Parses the templates of the model.
    ///
    /// - Parameter zones: the zone of a name, for `in_timezone`; those that the files name are known in any case.
    package init(_ model: Model, zones: @escaping @Sendable (String) -> Zone? = { _ in nil }) {
        self.model = model
        self.zones = { model.zones[$0] ?? zones($0) }
        var templates: [String: MessageTemplate] = [:]
        var findings: [Finding] = []
        for (name, source) in model.templates.sorted(by: { $0.key < $1.key }) {
            let (template, found) = MessageTemplate.parse(source)
            templates[name] = template
            findings += found
        }
        self.templates = templates
        self.findings = findings
        stationery = model.mailboxes.mapValues { Stationery($0, in: model) }
        places = model.sequences.mapValues { sequence in
            Dictionary(
                sequence.steps.map { ($0.id, PlaceFacts(sequence: sequence.name, step: $0.id)) },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// The template of this name.
    package subscript(name: String) -> MessageTemplate? { templates[name] }
    /// All names, sorted.
    package var names: [String] { templates.keys.sorted() }

    /// Renders an email as its person would get it at `now`, with what a person of ours made of its text.
    ///
    /// - Parameter picking: which text to show of each choice, by its key; others are as the person's.
    package func email(
        _ draft: Draft, at now: Instant, unsubscribeURL: String?, picking: [String: Int] = [:]
    ) -> Rendering {
        let stationery = stationery(of: draft.mailbox)
        guard let bench = bench(draft, stationery, at: now, unsubscribeURL: unsubscribeURL, picking) else {
            return missing(draft.variant.template)
        }
        return bench.email(stationery.footer, unsubscribeURL: unsubscribeURL, edited: draft.edited)
    }

    /// An email's text for an editor: as it was edited last, else as it renders; `nil` where it can't be edited.
    package func editable(_ draft: Draft, at now: Instant, unsubscribeURL: String?) -> EditedText? {
        let bench = bench(draft, stationery(of: draft.mailbox), at: now, unsubscribeURL: unsubscribeURL)
        guard let fresh = bench?.editable() else { return nil }
        guard let edited = draft.edited else { return fresh }
        return EditedText(subject: edited.subject ?? fresh.subject, body: edited.body)
    }

    private func bench(
        _ draft: Draft, _ stationery: Stationery, at now: Instant, unsubscribeURL: String?,
        _ picking: [String: Int] = [:]
    ) -> RenderBench? {
        guard let template = templates[draft.variant.template] else { return nil }
        let person = draft.history.person
        let facts = MessageFacts.record(
            person, from: stationery.sender, at: place(draft.sequence, draft.step.id), unsubscribeURL: unsubscribeURL,
            now: now)
        return bench(template, facts, person, (draft.sequence, draft.step.id), picking, now)
    }

    /// Renders a LinkedIn note, a call script or any other task's text.
    ///
    /// - Parameter picking: which text to show of each choice, by its key; others are as the person's.
    package func note(
        _ step: Step, of sequence: String, for history: History, owner: Owner, mailbox: Mailbox?, at now: Instant,
        picking: [String: Int] = [:]
    ) -> Rendering {
        guard let name = step.templates.first else {
            return .rendered(Rendered(subject: nil, text: ""))
        }
        guard let template = templates[name] else { return missing(name) }
        let signature = mailbox?.signature.flatMap { model.signatures[$0] } ?? ""
        let facts = MessageFacts.record(
            history.person, from: Stationery.sender(owner, mailbox, signature: signature), at: place(sequence, step.id),
            unsubscribeURL: nil, now: now)
        return bench(template, facts, history.person, (sequence, step.id), picking, now).note(
            limit: limit(of: step, owner))
    }

    /// What a template may speak of in a sequence's messages to a person.
    func facts(of person: Person, mailbox: String, sequence: String, at now: Instant) -> Record {
        MessageFacts.record(
            person, from: stationery(of: mailbox).sender, at: place(sequence, ""), unsubscribeURL: nil, now: now)
    }

    private func place(_ sequence: String, _ step: String) -> PlaceFacts {
        places[sequence]?[step] ?? PlaceFacts(sequence: sequence, step: step)
    }

    private func stationery(of mailbox: String) -> Stationery {
        stationery[mailbox] ?? Stationery(nil, in: model)
    }

    private func limit(of step: Step, _ owner: Owner) -> LengthLimit? {
        guard case .linkedin(let action, _) = step.kind else { return nil }
        return LengthLimit(action, premium: owner.premium)
    }

    private func missing(_ name: String) -> Rendering { .hold(Hold(.templateFailed, "template \(name) is gone")) }

    private func bench(
        _ template: MessageTemplate, _ facts: Record, _ person: Person, _ place: (sequence: String, step: String),
        _ picking: [String: Int], _ now: Instant
    ) -> RenderBench {
        let templates = templates
        return RenderBench(
            template: template, record: facts, clock: clock(at: now),
            choice: { group in
                let key = group.key(in: template.source)
                if let picked = picking[key] { return picked }
                return StableChoice("spin", place.sequence, person.key, place.step, key).index(in: group.optionCount)
            }, partial: { name, isPlain in templates[name].flatMap { (isPlain ? $0.twin : nil) ?? $0.body } })
    }

    /// Dates in templates are the workspace's, and so are its business days.
    private func clock(at now: Instant) -> TemplateClock {
        let (own, zones, calendar) = (model.settings.timezone, zones, model.settings.calendar)
        return TemplateClock(
            now: now,
            offset: { name, instant in
                guard let zone = name.map({ $0 == own.name ? own : zones($0) }) ?? own else { return nil }
                let offset = zone.offset(at: instant)
                return Liquid.ZoneOffset(seconds: offset.seconds, abbreviation: offset.abbreviation)
            }, isBusinessDay: { calendar.isBusinessDay($0) })
    }
}

extension SpinGroup {
    /// What its choice is hashed by: its name, else its number, with the template it stands in where that is another.
    func key(in source: TemplateSource) -> String {
        if let name { return name }
        let own = template.prefix { $0 != "." }
        return own == source.file.prefix { $0 != "." } ? "#\(number)" : "\(own)#\(number)"
    }
}
