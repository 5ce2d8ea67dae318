import CivilTime
package import Diagnostics
import Facts
package import Liquid
package import Outreach

/// One template file, parsed: front matter and body.
package struct MessageTemplate: Sendable {
    package let source: TemplateSource
    /// `nil` where there is none, or where it has errors.
    package let subject: Template?
    package let preheader: Template?
    package let body: Template?
    /// The plain text that stands beside an HTML template.
    package let twin: Template?
    /// Paths that may be missing; they render as nothing.
    package let optional: Set<String>
    /// The octets of the subject's text in the file.
    let subjectRange: Range<Int>?
    /// The octet at which the body starts.
    let bodyStart: Int

    /// The body as written.
    var bodyText: String { String(decoding: Array(source.text.utf8)[bodyStart...], as: UTF8.self) }

    /// Parses; all findings of the file at once, in the order of its lines.
    package static func parse(_ source: TemplateSource) -> (template: MessageTemplate, findings: [Finding]) {
        let text = SourceText(file: source.file, text: source.text)
        let head = FrontMatter(text)
        var findings = head.findings
        let value: (String) -> String? = { key in
            head.value(key).map { String(decoding: text.bytes[$0], as: UTF8.self) }
        }
        var dialect = Dialect.stoke
        if value("spintax") == "off" { dialect.readsSpin = false }
        func part(_ range: Range<Int>?) -> Template? {
            guard let range else { return nil }
            let reading = Template.parse(text, in: range, dialect: dialect)
            findings += reading.findings
            return reading.template
        }
        let template = MessageTemplate(
            source: source, subject: part(head.value("subject")), preheader: part(head.value("preheader")),
            body: part(head.bodyStart..<text.bytes.count), twin: nil,
            optional: Set(
                (value("optional") ?? "").split { ", \t".contains($0) }.map(String.init)),
            subjectRange: head.value("subject"), bodyStart: head.bodyStart)
        findings.sort { ($0.place?.line ?? 0, $0.place?.column ?? 0) < ($1.place?.line ?? 0, $1.place?.column ?? 0) }
        return (template, findings)
    }

    /// Whether any part of it speaks of this variable.
    package func uses(_ path: String) -> Bool {
        [subject, preheader, body].contains { $0?.uses.variables.contains { $0.path == path } ?? false }
    }
}
