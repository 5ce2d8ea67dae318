package import Diagnostics
import Facts
import Liquid
import Outreach

extension TemplateLibrary {
    /// Everything that is wrong with the templates and their use, by file and line.
    ///
    /// - Parameters:
    ///   - columns: names of custom facts that imported people have.
    ///   - knowsSenders: whether the facts of ours are known; else any `sender.` may be one.
    package func check(columns: [String], knowsSenders: Bool = true) -> [Finding] {
        let vocabulary = vocabulary(columns, knowsSenders: knowsSenders)
        var all = findings
        for name in names {
            guard let template = self[name] else { continue }
            all += template.unknownVariables(vocabulary) + unknownPartials(of: template)
            all += template.spunOptOuts + template.linksAndTags
        }
        for sequence in model.sequences.values.sorted(by: { $0.name < $1.name }) { all += subjects(of: sequence) }
        return all
    }

    /// What a template includes by a name that no template has.
    private func unknownPartials(of template: MessageTemplate) -> [Finding] {
        template.uses.flatMap(\.partials).compactMap { use in
            guard let name = use.name, self[name] == nil else { return nil }
            let leaves = name.hasPrefix("/") || name.split(separator: "/").contains("..")
            return Finding(
                .unknownPartial,
                leaves ? "templates include others of templates/ only" : "no template is named \"\(name)\"",
                at: use.place,
                hint: leaves
                    ? "name a file below templates/ without its ending" : NearestName.hint(among: names, to: name))
        }
    }

    private func vocabulary(_ columns: [String], knowsSenders: Bool) -> Vocabulary {
        let sender = model.owners.values.flatMap { $0.facts.keys.map { "sender.\($0)" } }
        return Vocabulary(
            paths: MessageFacts.standardNames + columns + sender, openNames: knowsSenders ? [] : ["sender"])
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
        uses.flatMap { $0.unknownVariables(vocabulary) }
    }

    func place(_ range: Range<Int>) -> Place { SourceText(file: source.file, text: source.text).place(range) }

    /// Whether a subject in small letters begins as that of an answer or a forward does: `re:`, `aw :`, `fwd[2]:`.
    private static func looksLikeAnswer(_ subject: String) -> Bool {
        guard let colon = subject.firstIndex(of: ":") else { return false }
        let word = subject[..<colon].prefix { $0.isLetter }
        let rest = subject[..<colon].dropFirst(word.count)
        let marks = ["re", "fwd", "fw", "aw", "wg", "antw", "sv", "rv"]
        return marks.contains(String(word)) && rest.allSatisfy { " []()0123456789".contains($0) }
    }

    fileprivate func subjectFinding(_ step: String, _ sequence: String) -> Finding? {
        guard let range = subjectRange else {
            return Finding(
                .missingSubject, "this template starts a thread (\(sequence), step \(step)) and has no subject",
                at: place(0..<1), hint: "begin the file with:\n---\nsubject: ...\n---")
        }
        let text = String(decoding: Array(source.text.utf8)[range], as: UTF8.self).lowercased()
        guard Self.looksLikeAnswer(text) else { return nil }
        return Finding(
            .subjectOfReply, "the first email of a thread pretends to be an answer", at: place(range),
            hint: "say what it is about instead")
    }
}
