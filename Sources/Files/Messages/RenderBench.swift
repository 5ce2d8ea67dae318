import CivilTime
import Diagnostics
import Facts
import Liquid
import Outreach

/// One template with one person's facts on it.
struct RenderBench {
    let template: MessageTemplate
    let record: Record
    let clock: TemplateClock
    let choice: @Sendable (SpinGroup) -> Int
    /// The template of a name to include, and whether its plain text is wanted.
    let partial: @Sendable (_ name: String, _ isPlain: Bool) -> Template?

    /// Why it did not become a text.
    private enum Failure: Error {
        case hold(Hold)
        case skip(String)
    }

    /// The email: subject, text and HTML, with the footer; what a person made of it stands for the template's own.
    func email(_ footer: Footer, unsubscribeURL: String?, edited: EditedText? = nil) -> Rendering {
        finished { () throws(Failure) in
            var subject = edited?.subject
            if subject == nil { subject = try template.subject.map { part throws(Failure) in try line(part) } }
            let preheader = try template.preheader.map { part throws(Failure) in try line(part) }
            var body: (text: String, html: String?)
            if let edited { body = try bodies(of: edited.body) } else { body = try bodies() }
            body.text = body.text.trimmingLineEnds
            body.text += "\n"
            footer.append(to: &body.text, signed: template.writesSignature, unsubscribeURL: unsubscribeURL)
            body.html = body.html.map { html in
                HTMLDocument.around(html, preheader: preheader ?? "") {
                    footer.append(toHTML: &$0, signed: template.writesSignature, unsubscribeURL: unsubscribeURL)
                }
            }
            return Rendered(subject: subject, preheader: preheader, text: body.text, html: body.html)
        }
    }

    /// Plain text for a person's hand; over the limit it holds.
    func note(limit: LengthLimit?) -> Rendering {
        finished { () throws(Failure) in
            let subject = try template.subject.map { part throws(Failure) in try line(part) }
            let text = try text(template.body, escaping: .none).trimmingLineEnds.trimmingLineStarts
            if let hold = limit?.hold(subject: subject, text: text) { throw .hold(hold) }
            return Rendered(subject: subject, text: text)
        }
    }

    private func finished(_ body: () throws(Failure) -> Rendered) -> Rendering {
        do throws(Failure) {
            return .rendered(try body())
        } catch {
            switch error {
            case .hold(let hold): return .hold(hold)
            case .skip(let reason): return .skip(reason)
            }
        }
    }

    /// The email as its person may rewrite it: the template's text with the facts in it, before it becomes HTML.
    ///
    /// `nil` for an HTML template, whose two parts nobody edits as one.
    func editable() -> EditedText? {
        do throws(Failure) {
            let subject = try template.subject.map { part throws(Failure) in try line(part) }
            let body: String
            switch template.source.format {
            case .text: body = try source()
            case .markdown:
                body = MarkdownEscape.tidied(try text(template.body, escaping: .custom(MarkdownEscape.append)))
            case .html: return nil
            }
            return EditedText(subject: subject, body: body.trimmingLineEnds.trimmingLineStarts)
        } catch {
            return nil
        }
    }

    /// The body with the facts in it, in the template's own format.
    private func source() throws(Failure) -> String {
        switch template.source.format {
        case .text: try text(template.body, escaping: .none)
        case .markdown: try text(template.body, escaping: .custom(MarkdownData.append))
        case .html: try text(template.body, escaping: .custom(HTMLData.append))
        }
    }

    private func bodies() throws(Failure) -> (text: String, html: String?) {
        let source = try source()
        if template.source.format == .html, let twin = template.twin {
            return (try text(twin, escaping: .none), source)
        }
        return try bodies(of: source)
    }

    private func bodies(of source: String) throws(Failure) -> (text: String, html: String?) {
        switch template.source.format {
        case .text: return (source, nil)
        case .markdown:
            guard let document = MarkdownDocument(source) else {
                throw .hold(Hold(.templateFailed, "\(template.source.file): not enough memory"))
            }
            return (PlainText.of(document), document.html)
        case .html: return (HTMLText.plain(source), source)
        }
    }

    /// A header's text: one line, no controls.
    private func line(_ part: Template) throws(Failure) -> String {
        try text(part, escaping: .none).singleLine
    }

    private func text(_ part: Template?, escaping: RenderOptions.Escaping) throws(Failure) -> String {
        guard let part else { throw .hold(Hold(.templateFailed, "\(template.source.file) has errors")) }
        let (partial, isPlain) = (partial, part === template.twin)
        let options = RenderOptions(
            clock: clock, undefined: .fails(optional: template.optional),
            escaping: escaping, choice: choice,
            partial: { name in partial(name, isPlain) })
        let outcome: RenderOutcome
        do throws(RenderFailure) {
            outcome = try part.render([record], options)
        } catch {
            throw .hold(hold(error))
        }
        switch outcome {
        case .text(let text): return text
        case .skipped(let reason): throw .skip(reason)
        }
    }

    private func hold(_ failure: RenderFailure) -> Hold {
        let place = "\(failure.place.file):\(failure.place.line):\(failure.place.column)"
        if case .missing(let variable) = failure.kind {
            return Hold(.missingFact, "\(variable) is missing (\(place))")
        }
        return Hold(.templateFailed, "\(place): \(failure.message)")
    }
}
