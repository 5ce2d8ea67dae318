/// What differs between two workspaces: what the files would change of what was applied.
package struct ModelDiff: Sendable {
    /// Names of things that came, went, or are not as they were; each sorted.
    package struct Names: Sendable, Hashable {
        /// Only the new one has them.
        package var added: [String] = []
        /// Only the old one had them.
        package var removed: [String] = []
        /// Both have them, with other values.
        package var changed: [String] = []

        /// Whether nothing of the kind differs.
        package var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

        init<Value: Equatable>(_ old: [String: Value], _ new: [String: Value]) {
            added = new.keys.filter { old[$0] == nil }.sorted()
            removed = old.keys.filter { new[$0] == nil }.sorted()
            changed = old.keys.filter { key in new[key].map { $0 != old[key] } ?? false }.sorted()
        }
    }

    /// Keys of `stoke.yaml` that differ, mailboxes and people apart: `calendar`, `new_share`.
    package let settings: [String]
    /// People of ours, by key.
    package let owners: Names
    /// Mailboxes, by name.
    package let mailboxes: Names
    /// Templates, by name.
    package let templates: Names
    /// Signatures, by path.
    package let signatures: Names
    /// Sequences that came or went; those in both are in `sequences`.
    package let addedSequences: [String]
    /// Their names, sorted.
    package let removedSequences: [String]
    /// By name; only those that differ.
    package let sequences: [String: SequenceDiff]
    /// The rules of qualification differ.
    package let isQualificationChanged: Bool

    /// Whether applying the files would change nothing.
    package var isEmpty: Bool {
        settings.isEmpty && owners.isEmpty && mailboxes.isEmpty && templates.isEmpty && signatures.isEmpty
            && addedSequences.isEmpty && removedSequences.isEmpty && sequences.isEmpty && !isQualificationChanged
    }

    /// Compares two models, whatever order their files came in.
    package init(from old: Model, to new: Model) {
        settings = ModelDiff.settings(old.settings, new.settings)
        owners = Names(old.owners, new.owners)
        mailboxes = Names(old.mailboxes, new.mailboxes)
        templates = Names(old.templates, new.templates)
        signatures = Names(old.signatures, new.signatures)
        addedSequences = new.sequences.keys.filter { old.sequences[$0] == nil }.sorted()
        removedSequences = old.sequences.keys.filter { new.sequences[$0] == nil }.sorted()
        var sequences: [String: SequenceDiff] = [:]
        for (name, before) in old.sequences {
            guard let after = new.sequences[name] else { continue }
            let diff = SequenceDiff(
                from: before, to: after, oldText: { old.templates[$0] }, newText: { new.templates[$0] })
            if !diff.isEmpty { sequences[name] = diff }
        }
        self.sequences = sequences
        isQualificationChanged = old.qualification != new.qualification
    }

    private static func settings(_ a: Settings, _ b: Settings) -> [String] {
        var keys: [String] = []
        if a.home != b.home { keys.append("home") }
        if a.timezone != b.timezone { keys.append("timezone") }
        if a.company != b.company || a.postalAddress != b.postalAddress { keys.append("sender") }
        if a.unsubscribe != b.unsubscribe { keys.append("unsubscribe") }
        if a.calendar != b.calendar { keys.append("calendar") }
        if a.newShare != b.newShare { keys.append("new_share") }
        if a.maxLateness != b.maxLateness { keys.append("max_lateness") }
        if a.personGap != b.personGap { keys.append("person_gap") }
        if a.every != b.every { keys.append("every") }
        if a.bounceLimit != b.bounceLimit { keys.append("bounce_limit") }
        if a.consentRequired != b.consentRequired { keys.append("consent_required") }
        if a.outcomes != b.outcomes { keys.append("outcomes") }
        return keys
    }
}
