import CivilTime
package import Diagnostics
import Facts
package import Liquid
package import Outreach

/// One template file, parsed: front matter and body.
package struct MessageTemplate: Sendable {
    /// The file, as the workspace has it.
    package let source: TemplateSource
    /// `nil` where there is none, or where it has errors.
    package let subject: Template?
    /// The line beside the subject; `nil` as above.
    package let preheader: Template?
    /// What follows the front matter; `nil` where it has errors.
    package let body: Template?
    /// The plain text that stands beside an HTML template.
    package let twin: Template?
    /// What its parts use, those with errors among them, as far as they could be read.
    let uses: [TemplateUses]
    /// Paths that may be missing; they render as nothing.
    package let optional: Set<String>
    /// Whether it shows the sender's signature itself, so that the footer does not.
    let writesSignature: Bool
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
        // The choices of subject, preheader and body are counted on, so that no part decides for another. Those of a
        // twin are counted as the body's, so that both alternatives of a message say the same.
        var choices = 0
        var uses: [TemplateUses] = []
        func part(_ range: Range<Int>?, of text: SourceText, firstChoice: Int) -> Template? {
            guard let range else { return nil }
            let reading = Template.parse(text, in: range, dialect: dialect, firstChoice: firstChoice)
            choices = firstChoice + reading.uses.spinGroups.count
            findings += reading.findings
            uses.append(reading.uses)
            return reading.template
        }
        let subject = part(head.value("subject"), of: text, firstChoice: 0)
        let preheader = part(head.value("preheader"), of: text, firstChoice: choices)
        let bodyChoice = choices
        let body = part(head.bodyStart..<text.bytes.count, of: text, firstChoice: bodyChoice)
        let twin = source.twinText.flatMap { part(0..<$0.bytes.count, of: $0, firstChoice: bodyChoice) }
        let template = MessageTemplate(
            source: source, subject: subject, preheader: preheader, body: body, twin: twin,
            uses: uses,
            optional: Set(
                (value("optional") ?? "").split { ", \t".contains($0) }.map(String.init)),
            writesSignature: uses.flatMap(\.variables).contains { $0.path == "sender.signature" },
            subjectRange: head.value("subject"), bodyStart: head.bodyStart)
        findings.sort { ($0.place?.order ?? ("", 0, 0)) < ($1.place?.order ?? ("", 0, 0)) }
        return (template, findings)
    }

    /// Its parts that have no errors, as they stand in the files.
    var parts: [Template] { [subject, preheader, body, twin].compactMap { $0 } }
}

extension TemplateSource {
    /// The plain twin beside an HTML template.
    fileprivate var twinText: SourceText? {
        guard let twin else { return nil }
        let name = file.hasSuffix(".html") ? String(file.dropLast(5)) + ".txt" : file
        return SourceText(file: name, text: twin)
    }
}

extension Place {
    fileprivate var order: (String, Int, Int) { (file, line, column) }
}
