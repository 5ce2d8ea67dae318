import CivilTime
package import Diagnostics
import Facts
import Messages
package import Outreach

/// A workspace's files as they were read: what they say, and everything that is wrong with them.
package struct WorkspaceReading: Sendable {
    /// What the files say; `nil` where a finding is an error.
    package let model: Model?
    /// Of all files, by file and position.
    package let findings: [Finding]
    /// How long a way through each sequence takes, by name; of those that could be read.
    package let spans: [String: SequenceSpan]

    /// Whether a finding is an error.
    package var hasErrors: Bool { findings.contains { $0.severity == .error } }
}

/// Reads a workspace: files to a validated model, with all findings of all files in one go.
package struct WorkspaceReader {
    private let surroundings: Surroundings
    private let files: [Snapshot.File]
    private let calendars: CalendarFiles
    private var findings: [Finding] = []

    /// Reads `files`, in any order.
    ///
    /// - Parameters:
    ///   - applied: what was applied last, so that a step under a new name can be asked about.
    ///   - besides: what was found when the files were looked for.
    package static func read(
        _ files: [Snapshot.File], in surroundings: Surroundings, applied: Model? = nil, besides: [Finding] = []
    ) -> WorkspaceReading {
        var reader = WorkspaceReader(files, surroundings)
        reader.findings = besides
        return reader.read(applied)
    }

    private init(_ files: [Snapshot.File], _ surroundings: Surroundings) {
        self.surroundings = surroundings
        self.files = files.sorted { $0.path < $1.path }
        calendars = CalendarFiles(files)
    }

    private mutating func read(_ applied: Model?) -> WorkspaceReading {
        let library = TemplateFolder(files)
        findings += library.findings
        let settings = readSettings(library)
        let qualification = readQualification()
        let sequences = readSequences(settings, qualification, library)
        check(qualification, sequences.map(\.file.sequence))
        findings += calendars.findings
        findings += misnamed()
        // Values are best guesses where something is wrong, so that the templates can be judged all the same.
        let model = makeModel(settings?.file, qualification?.file, sequences, library)
        if let applied { askAboutRenames(from: applied, to: model, sequences) }
        if let columns = surroundings.knownColumns {
            findings += TemplateLibrary(model).check(columns: columns, knowsSenders: settings != nil)
        }
        let isSound = settings != nil && !findings.contains { $0.severity == .error }
        // Where something is wrong, it may be what would have used the template.
        if isSound { findings += library.unused(by: sequences.map(\.file.sequence)) }
        let sorted = findings.inReadingOrder().map(\.withoutSecrets)
        let calendar = settings?.file.settings.calendar ?? .standard
        let spans = sequences.map { ($0.file.sequence.name, SequenceSpan($0.file.sequence, calendar: calendar)) }
        return WorkspaceReading(
            model: isSound ? model : nil, findings: sorted,
            spans: Dictionary(spans, uniquingKeysWith: { first, _ in first }))
    }

    /// A file with what it is read against, so that its findings can be collected when all checks have run.
    private struct Read<File> {
        var file: File
        var reading: Reading
    }

    /// The value of a file's top level; `nil` where nothing could be made of it.
    private mutating func read<File>(
        _ path: String, _ bytes: [UInt8], _ kind: Kind<File>, facts: FactCatalogue = .criteria, timezone: Zone = .utc,
        prepare: (Node, Reading) -> Void = { _, _ in }
    ) -> Read<File>? {
        let document = YAMLDocument(file: path, bytes: bytes)
        let reading = Reading(document, surroundings, calendars, facts: facts)
        reading.timezone = timezone
        reading.facts.add(custom: surroundings.knownColumns ?? [])
        reading.facts.takesAnyColumn = surroundings.knownColumns == nil
        guard let root = document.root else {
            if document.findings.isEmpty { reading.report(.emptyFile, "the file is empty", at: 0..<1) }
            findings += reading.findings
            return nil
        }
        prepare(root, reading)
        guard let file = kind.read(root, reading) else {
            findings += reading.findings
            return nil
        }
        return Read(file: file, reading: reading)
    }

    private mutating func readSettings(_ library: TemplateFolder) -> Read<SettingsFile>? {
        guard let file = files.first(where: { $0.path == "stoke.yaml" }) else {
            findings.append(
                Finding(
                    .missingFile, "there is no stoke.yaml, so this is no workspace",
                    hint: "stoke init writes one, or change to the workspace's folder"))
            return nil
        }
        guard var read = self.read(file.path, file.bytes, SettingsFile.kind) else { return nil }
        let zones = Dictionary(
            read.file.owners.map { ($0.name.value, $0.value.timezone) }, uniquingKeysWith: { a, _ in a })
        for index in read.file.mailboxes.indices {
            let mailbox = read.file.mailboxes[index]
            read.file.mailboxes[index].value.name = mailbox.name.value
            if read.file.node["mailboxes"]?[mailbox.name.value]?["timezone"] == nil,
                let zone = zones[mailbox.value.owner]
            {
                read.file.mailboxes[index].value.timezone = zone
            }
        }
        for index in read.file.owners.indices { read.file.owners[index].value.key = read.file.owners[index].name.value }
        SettingsChecks(file: read.file, reading: read.reading, signatures: library.signatures.keys.sorted()).run()
        findings += read.reading.findings
        return read
    }

    private mutating func readQualification() -> Read<QualificationFile>? {
        guard let file = files.first(where: { $0.path == "qualification.yaml" }) else { return nil }
        var read = self.read(file.path, file.bytes, QualificationFile.kind) { root, reading in
            for entry in root["intent"]?.entries ?? [] { reading.facts.touchpoints.append(entry.key) }
        }
        read?.file.rules.hash = Snapshot.hash(of: file.bytes)
        return read
    }

    private mutating func readSequences(
        _ settings: Read<SettingsFile>?, _ qualification: Read<QualificationFile>?, _ library: TemplateFolder
    ) -> [Read<SequenceFile>] {
        let own = files.filter { SequenceFile.name(of: $0.path) != nil }
        var names = SequenceChecks.Names()
        names.sequences = own.compactMap { SequenceFile.name(of: $0.path) }
        // Where there are none at all, that is said of stoke.yaml.
        names.mailboxes = settings.flatMap { $0.file.node["mailboxes"]?.entries.map(\.key) }
        let hasRules = files.contains { $0.path == "qualification.yaml" }
        names.icps = qualification.map { $0.file.node["icps"]?.entries.map(\.key) ?? [] } ?? (hasRules ? nil : [])
        names.templates = library.names
        names.outcomes = settings?.file.settings.outcomes ?? [:]
        var sequences: [Read<SequenceFile>] = []
        for file in own {
            guard let read = readSequence(file, qualification, settings?.file.settings.timezone ?? .utc) else {
                continue
            }
            SequenceChecks(read.file, read.reading, names).run()
            if let settings {
                let mailboxes = settings.file.mailboxes.map(\.value).filter {
                    read.file.sequence.mailboxes.contains($0.name)
                }
                CalendarChecks(
                    file: read.file, reading: read.reading, settings: settings.file.settings, mailboxes: mailboxes
                ).run()
            }
            findings += read.reading.findings
            sequences.append(read)
        }
        return sequences
    }

    private mutating func readSequence(
        _ file: Snapshot.File, _ qualification: Read<QualificationFile>?, _ timezone: Zone
    ) -> Read<SequenceFile>? {
        let name = SequenceFile.name(of: file.path) ?? ""
        if let problem = nameProblem(name) {
            findings.append(
                Finding(
                    .badName, "\"\(name)\" cannot be the name of a sequence: \(problem)",
                    at: Place(file: file.path, line: 1, column: 1)))
        }
        let kinds = qualification?.file.rules.intent.keys.map(\.name) ?? []
        var read = self.read(file.path, file.bytes, SequenceFile.kind, timezone: timezone) { root, reading in
            reading.facts.steps = SequenceFile.stepIDs(root)
            reading.facts.touchpoints += kinds
        }
        read?.file.sequence.name = name
        return read
    }

    private mutating func check(_ qualification: Read<QualificationFile>?, _ sequences: [Sequence]) {
        guard let qualification else { return }
        QualificationChecks(
            file: qualification.file, reading: qualification.reading,
            sequences: files.compactMap { SequenceFile.name(of: $0.path) },
            entryRules: sequences.compactMap(\.enrollWhen)
        ).run()
        findings += qualification.reading.findings
    }

    /// A step that went and one that came with the same template: people in flight would get it again.
    private mutating func askAboutRenames(from applied: Model, to model: Model, _ sequences: [Read<SequenceFile>]) {
        for read in sequences {
            let name = read.file.sequence.name
            guard let old = applied.sequences[name], let new = model.sequences[name] else { continue }
            let diff = SequenceDiff(
                from: old, to: new, oldText: { applied.templates[$0] }, newText: { model.templates[$0] })
            for (was, step) in diff.suspectedRenames {
                guard let node = read.file.stepNodes.first(where: { $0["id"]?.text == step })?["id"] else { continue }
                findings.append(
                    Finding(
                        .renamedStep, "is \"\(step)\" the step that was called \"\(was)\"? They have one template",
                        at: read.reading.source.place(node.caret),
                        hint: "add was: \(was), or whoever got \(was) gets the same text again"))
            }
        }
    }

    /// Files that look as if they were meant, but are not read.
    private func misnamed() -> [Finding] {
        files.filter { file in
            (file.path.hasSuffix(".yml") && (file.path.hasPrefix("sequences/") || !file.path.contains("/")))
        }.map { file in
            Finding(
                .misnamedFile, "the file is not read, for its name does not end in .yaml",
                at: Place(file: file.path, line: 1, column: 1), hint: "rename it to \(file.path.dropLast(3))yaml")
        }
    }

    private func makeModel(
        _ file: SettingsFile?, _ qualification: QualificationFile?, _ sequences: [Read<SequenceFile>],
        _ library: TemplateFolder
    ) -> Model {
        let settings = file?.settings ?? Settings(timezone: .utc, company: "", postalAddress: "")
        let owners = (file?.owners ?? []).map { ($0.name.value, $0.value) }
        let mailboxes = (file?.mailboxes ?? []).map { ($0.name.value, $0.value) }
        var zones = [settings.timezone.name: settings.timezone]
        for zone in owners.map(\.1.timezone) + mailboxes.map(\.1.timezone) { zones[zone.name] = zone }
        let versioned = sequences.map { read -> Sequence in
            var sequence = read.file.sequence
            sequence.version = library.version(of: sequence, file: files.first { $0.path == read.reading.source.file })
            return sequence
        }
        return Model(
            hash: Snapshot.hash(of: files), settings: settings,
            owners: Dictionary(owners, uniquingKeysWith: { first, _ in first }),
            mailboxes: Dictionary(mailboxes, uniquingKeysWith: { first, _ in first }),
            sequences: Dictionary(versioned.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }),
            templates: library.templates, signatures: library.signatures,
            qualification: qualification?.rules ?? QualificationRules(), zones: zones)
    }
}

extension SequenceFile {
    /// The name of the sequence that a path holds; `nil` where it holds none.
    static func name(of path: String) -> String? {
        guard path.hasPrefix("sequences/"), path.hasSuffix(".yaml") else { return nil }
        let name = path.dropFirst("sequences/".count).dropLast(".yaml".count)
        return name.contains("/") ? nil : String(name)
    }
}
