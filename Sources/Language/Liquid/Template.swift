package import Diagnostics
package import Facts

/// A template that was read without errors: parse once, render thousands of times.
package final class Template: Sendable {
    /// The file it comes from.
    package let source: SourceText
    let root: Body
    /// What it uses.
    package let uses: TemplateUses

    private init(source: SourceText, root: Body, uses: TemplateUses) {
        self.source = source
        self.root = root
        self.uses = uses
    }

    /// Reads a template, or the part of a file that `range` (octets) says is one.
    ///
    /// All findings come at once; the places are those of the file.
    package static func parse(
        _ source: SourceText, in range: Range<Int>? = nil, dialect: Dialect = .stoke
    ) -> TemplateReading {
        var parser = TemplateParser(source, range ?? 0..<source.bytes.count, dialect: dialect)
        let root = parser.document()
        var survey = Survey()
        survey.body(root)
        let uses = TemplateUses(survey, spinGroups: parser.spinGroups, in: source)
        var findings = parser.problems.map { $0.finding(in: source) }
        // Only errors of reading keep a template of the reference's dialect from rendering, as they do there.
        if dialect.refusesUnknownFilters {
            findings += Lints.findings(survey, parser.spinGroups, in: source)
            findings += ForeignSyntax.findings(root, in: source)
        }
        findings.sort { ($0.place?.line ?? 0, $0.place?.column ?? 0) < ($1.place?.line ?? 0, $1.place?.column ?? 0) }
        let isUsable = !findings.contains { $0.severity == .error } && parser.problems.isEmpty
        let template = isUsable ? Template(source: source, root: root, uses: uses) : nil
        return TemplateReading(template: template, findings: findings, uses: uses)
    }

    /// Renders it with `data`, the nearest record first.
    ///
    /// - Throws: a failure that names the place, where something has no value, or does not work.
    package func render(_ data: [Record], _ options: RenderOptions) throws(RenderFailure) -> RenderOutcome {
        var renderer = Renderer(self, data: data, options: options)
        do throws(Stop) {
            try renderer.render(root)
        } catch {
            switch error {
            case .failure(let failure): throw failure
            case .skip(let reason): return .skipped(reason: reason)
            }
        }
        return .text(String(decoding: renderer.output, as: UTF8.self))
    }
}
