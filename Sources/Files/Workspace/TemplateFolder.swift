import Diagnostics
import Digest
import Outreach

/// The templates and signatures of a workspace, by the names that other files call them.
struct TemplateFolder {
    /// By name: the path below `templates/` without its ending.
    private(set) var templates: [String: TemplateSource] = [:]
    /// By path.
    private(set) var signatures: [String: String] = [:]
    private(set) var findings: [Finding] = []

    /// How large a template may be, in octets.
    static let limit = 1_000_000

    init(_ files: [Snapshot.File]) {
        for file in files where file.path.hasPrefix("signatures/") {
            if let text = text(of: file) { signatures[file.path] = text }
        }
        for file in files where file.path.hasPrefix("templates/") { add(file) }
    }

    var names: [String] { templates.keys.sorted() }

    private mutating func add(_ file: Snapshot.File) {
        guard let dot = file.path.lastIndex(of: ".") else { return }
        let ending = String(file.path[file.path.index(after: dot)...])
        guard let format = TemplateSource.Format(rawValue: ending), let text = text(of: file) else { return }
        let name = String(file.path[..<dot].dropFirst("templates/".count))
        var source = TemplateSource(name: name, format: format, file: file.path, text: text)
        guard let other = templates[name] else {
            templates[name] = source
            return
        }
        // Files come sorted by path: html before md before txt.
        if other.format == .html, format == .text {
            source = other
            source.twin = text
            templates[name] = source
        } else {
            findings.append(
                Finding(
                    .duplicateTemplate, "\(other.file) is a template of this name, too",
                    at: Place(file: file.path, line: 1, column: 1),
                    hint: "rename one of them; only NAME.html and NAME.txt go together"))
        }
    }

    private mutating func text(of file: Snapshot.File) -> String? {
        if file.bytes.count > Self.limit {
            findings.append(
                Finding(
                    .fileTooLarge, "the file has \(file.bytes.count) octets, more than \(Self.limit)",
                    at: Place(file: file.path, line: 1, column: 1)))
            return nil
        }
        if let text = String(validating: file.bytes, as: UTF8.self) { return text }
        let screen = YAMLScreen.encodingFindings(file: file.path, bytes: file.bytes)
        findings += screen
        return String(decoding: file.bytes, as: UTF8.self)
    }

    /// SHA-256 over the sequence's file and the templates it names, in hex.
    func version(of sequence: Sequence, file: Snapshot.File?) -> String {
        var hash = SHA256()
        hash.update(file?.bytes ?? [])
        for name in Set(sequence.steps.flatMap(\.templates)).sorted() {
            guard let template = templates[name] else { continue }
            for part in [template.name, template.text, template.twin ?? ""] {
                hash.update("\(part.utf8.count):")
                hash.update(part)
            }
        }
        return hash.finish().hex
    }

    /// A warning for each template that nothing names.
    func unused(by sequences: [Sequence]) -> [Finding] {
        let used = Set(sequences.flatMap { $0.steps.flatMap(\.templates) })
        // A template may also be there for others to include.
        let texts = templates.values.map(\.text)
        return templates.values.filter { template in
            !used.contains(template.name)
                && !texts.contains { $0.contains("'\(template.name)'") || $0.contains("\"\(template.name)\"") }
        }.map { template in
            Finding(
                .unusedTemplate, "no sequence uses this template", at: Place(file: template.file, line: 1, column: 1),
                hint: "name it in a step, or remove it")
        }
    }
}
