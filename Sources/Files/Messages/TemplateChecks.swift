package import Diagnostics
import Facts
import Liquid
import Outreach

extension TemplateLibrary {
    /// Everything that is wrong with the templates and their use, by file and line.
    ///
    /// - Parameter columns: names of custom facts that imported people have.
    package func check(columns: [String]) -> [Finding] {
        let vocabulary = vocabulary(columns)
        var all = findings
        for name in names {
            guard let template = self[name] else { continue }
            all += template.unknownVariables(vocabulary)
            all += template.brokenLinks
        }
        for sequence in model.sequences.values.sorted(by: { $0.name < $1.name }) { all += subjects(of: sequence) }
        return all
    }

    private func vocabulary(_ columns: [String]) -> Vocabulary {
        let sender = model.owners.values.flatMap { $0.facts.keys.map { "sender.\($0)" } }
        return Vocabulary(paths: MessageFacts.standardNames + columns + sender)
    }

    /// Emails that start a thread need a subject, and none that pretends to be an answer.
    private func subjects(of sequence: Outreach.Sequence) -> [Finding] {
        sequence.steps.flatMap { step -> [Finding] in
            guard case .email(let variants) = step.kind, step.thread == nil else { return [] }
            return variants.compactMap { variant in self[variant.template]?.subjectFinding(step.id, sequence.name) }
        }
    }
}

extension MessageTemplate {
    func unknownVariables(_ vocabulary: Vocabulary) -> [Finding] {
        [subject, preheader, body].flatMap { $0?.uses.unknownVariables(vocabulary) ?? [] }
    }

    func place(_ range: Range<Int>) -> Place { SourceText(file: source.file, text: source.text).place(range) }

    fileprivate func subjectFinding(_ step: String, _ sequence: String) -> Finding? {
        guard let range = subjectRange else {
            return Finding(
                .missingSubject, "this template starts a thread (\(sequence), step \(step)) and has no subject",
                at: place(0..<1), hint: "begin the file with:\n---\nsubject: ...\n---")
        }
        let text = String(decoding: Array(source.text.utf8)[range], as: UTF8.self).lowercased()
        guard ["re:", "fwd:", "fw:", "aw:", "wg:"].contains(where: text.hasPrefix) else { return nil }
        return Finding(
            .subjectOfReply, "the first email of a thread pretends to be an answer", at: place(range),
            hint: "say what it is about instead")
    }

    /// Links of a Markdown body that go nowhere, or have no text.
    fileprivate var brokenLinks: [Finding] {
        guard source.format == .markdown, let document = MarkdownDocument(bodyText, disarmed: false) else { return [] }
        return document.links.compactMap { link in
            let target = link.target
            guard !target.contains("{{"), !target.contains("%7B%7B") else { return nil }
            if !LinkScheme.isAllowed(target) {
                return Finding(
                    .badLink, "a link to `\(target)` has no place in a message", at: placeOf(target),
                    hint: "use an https: address")
            }
            return link.hasText
                ? nil
                : Finding(
                    .linkWithoutText, "this link has no text", at: placeOf(target), hint: "write [text](\(target))")
        }
    }

    private func placeOf(_ target: String) -> Place {
        let bytes = Array(source.text.utf8)
        let needle = Array(target.utf8)
        guard !needle.isEmpty, needle.count <= bytes.count,
            let start = (0...(bytes.count - needle.count)).first(where: {
                bytes[$0..<$0 + needle.count].elementsEqual(needle)
            })
        else { return place(0..<1) }
        return place(start..<start + needle.count)
    }
}
