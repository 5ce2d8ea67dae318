import CivilTime
import Diagnostics
import Facts
import Liquid

/// 2026-03-12, a Thursday, 09:30:00 UTC.
let testNow = Instant(1_773_307_800)

/// What a template renders to; a failure or findings as text in angle brackets.
func rendered(
    _ text: String, _ data: Record = [:], undefined: RenderOptions.Undefined = .blank,
    escaping: RenderOptions.Escaping = .none, dialect: Dialect = .stoke, partials: [String: String] = [:],
    choice: @escaping @Sendable (SpinGroup) -> Int = { _ in 0 }, limits: RenderOptions.Limits = .init(),
    clock: TemplateClock = TemplateClock(now: testNow)
) -> String {
    let reading = Template.parse(SourceText(file: "t.md", text: text), dialect: dialect)
    guard let template = reading.template else { return worded(reading.findings) }
    let templates = partials.reduce(into: [String: Template]()) { templates, partial in
        templates[partial.key] =
            Template.parse(SourceText(file: partial.key + ".md", text: partial.value), dialect: dialect).template
    }
    let options = RenderOptions(
        clock: clock, undefined: undefined, escaping: escaping, limits: limits, choice: choice,
        partial: { templates[$0] })
    do {
        switch try template.render([data], options) {
        case .text(let text): return text
        case .skipped(let reason): return "<skipped: \(reason)>"
        }
    } catch {
        return worded([error.finding])
    }
}

/// Findings as `<code line:column+length>`.
func worded(_ findings: [Finding]) -> String {
    findings.map { finding in
        let place = finding.place.map { " \($0.line):\($0.column)+\($0.length)" } ?? ""
        return "<\(finding.code)\(place)>"
    }.joined()
}

/// The findings of reading `text`.
func findings(_ text: String, dialect: Dialect = .stoke) -> [Finding] {
    Template.parse(SourceText(file: "t.md", text: text), dialect: dialect).findings
}
