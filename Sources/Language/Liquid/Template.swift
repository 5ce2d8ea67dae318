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
    ///
    /// - Parameter firstChoice: the number of its first `spin`, where other parts of the file have some before it.
    package static func parse(
        _ source: SourceText, in range: Range<Int>? = nil, dialect: Dialect = .stoke, firstChoice: Int = 0
    ) -> TemplateReading {
        var parser = TemplateParser(source, range ?? 0..<source.bytes.count, dialect: dialect)
        parser.firstChoice = firstChoice
        let root = parser.document()
        var survey = Survey()
        survey.body(root)
        let uses = TemplateUses(survey, spinGroups: parser.spinGroups, unread: parser.unread, in: source)
        var problems = parser.problems
        // What the reference renders must not be refused in its dialect.
        if dialect.refusesUnknownFilters { problems += Lints.problems(survey, parser.spinGroups, in: source.bytes) }
        let findings = findings(problems, in: source)
        let isUsable = parser.problems.isEmpty && !findings.contains { $0.severity == .error }
        let template = isUsable ? Template(source: source, root: root, uses: uses) : nil
        return TemplateReading(template: template, findings: findings, uses: uses)
    }

    /// The problems in the order of the source. A finding carries its line: of a file whose lines are very long, the
    /// first ones are told.
    private static func findings(_ problems: [SyntaxProblem], in source: SourceText) -> [Finding] {
        var findings: [Finding] = []
        var octetsLeft = 4 << 20
        for problem in problems.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) where octetsLeft > 0 {
            let finding = problem.finding(in: source)
            octetsLeft -= finding.place?.lineText.utf8.count ?? 0
            findings.append(finding)
        }
        return findings
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
