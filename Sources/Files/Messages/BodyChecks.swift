import Diagnostics
import Liquid
import Outreach

/// What the body of a template says that no message should.
extension MessageTemplate {
    /// Links that go nowhere or have no text, and HTML that is left out, of a Markdown body.
    var linksAndTags: [Finding] {
        guard source.format == .markdown, let document = MarkdownDocument(bodyText, disarmed: false) else { return [] }
        var places = Places(self)
        let tags = document.rawHTML.map(\.trimmingLineEnds).filter { !$0.isEmpty }
            .compactMap { places.next($0).map(rawHTML) }
        places = Places(self)
        return tags + document.links.compactMap { link($0, &places) }
    }

    private func rawHTML(_ place: Place) -> Finding {
        Finding(
            .rawHTML, "HTML in a Markdown template is left out of the message", at: place,
            hint: "write Markdown, or make it an .html template")
    }

    private func link(_ link: MarkdownDocument.Link, _ places: inout Places) -> Finding? {
        let target = link.target
        guard !target.contains("{{"), !target.contains("{%") else { return nil }
        let found = places.next(target)
        if link.hasText, LinkScheme.isAllowed(target) { return nil }
        // What is escaped stands otherwise in the file than in the link.
        let place = found ?? places.line(link.line)
        if target.isEmpty {
            return Finding(.badLink, "a link leads nowhere", at: place, hint: "write [text](https://...)")
        }
        if !LinkScheme.isAllowed(target) {
            return Finding(
                .badLink, "a link to `\(target)` has no place in a message", at: place, hint: "use an https: address")
        }
        return Finding(.linkWithoutText, "this link has no text", at: place, hint: "write [text](\(target))")
    }

    /// Finds texts of the body in the file, each behind the one before.
    private struct Places {
        private let template: MessageTemplate
        private let bytes: [UInt8]
        private var cursor: Int

        init(_ template: MessageTemplate) {
            self.template = template
            bytes = Array(template.source.text.utf8)
            cursor = template.bodyStart
        }

        /// Where a text stands; of an empty one, where a link has none: `[here]()`.
        mutating func next(_ text: String) -> Place? {
            let spellings = text.isEmpty ? ["]()", "](<>)", "]( )"] : [text]
            let found = spellings.compactMap { range(of: $0, from: cursor) }.min { $0.lowerBound < $1.lowerBound }
            if let found {
                cursor = found.upperBound
                return template.place(text.isEmpty ? opening(of: found)..<found.upperBound : found)
            }
            // A link that is defined elsewhere, `[here][1]`, may stand before the one that was found last.
            return text.isEmpty ? nil : range(of: text, from: template.bodyStart).map(template.place)
        }

        /// A line of the body, counted from 1, without its blanks.
        func line(_ number: Int) -> Place {
            let end = UInt8(ascii: "\n")
            var start = template.bodyStart
            for _ in 1..<max(number, 1) {
                guard let next = bytes[start...].firstIndex(of: end) else { break }
                start = next + 1
            }
            let line = bytes[start...].prefix { $0 != end }
            let text = line.drop { $0 == 0x20 || $0 == 0x09 }
            return template.place(text.startIndex..<max(text.endIndex, text.startIndex + 1))
        }

        private func opening(of range: Range<Int>) -> Int {
            bytes[template.bodyStart..<range.lowerBound].lastIndex(of: UInt8(ascii: "[")) ?? range.lowerBound
        }

        private func range(of text: String, from start: Int) -> Range<Int>? {
            let needle = Array(text.utf8)
            var start = start
            while start + needle.count <= bytes.count {
                if bytes[start] == needle[0], bytes[start..<start + needle.count].elementsEqual(needle) {
                    return start..<start + needle.count
                }
                start += 1
            }
            return nil
        }
    }
}

/// The sentence that tells the way out is the same for everybody.
extension MessageTemplate {
    private static let optOutWords = [
        "unsubscribe", "opt out", "opt-out", "optout", "abmelden", "abbestellen", "austragen", "désinscri", "desinscri",
        "désabonn", "darte de baja", "cancelar la suscripción", "disiscriv", "afmelden", "uitschrijven",
    ]

    /// Choices in a sentence about opting out.
    var spunOptOuts: [Finding] {
        parts.flatMap { part in
            part.uses.spinGroups.filter { Self.isOptOut(sentence(around: $0, in: part.source.bytes)) }.map {
                Finding(
                    .spinInOptOut, "this choice stands in the sentence that tells the way out",
                    at: part.source.place($0.range), hint: "say it in one way, for everybody")
            }
        }
    }

    private static func isOptOut(_ sentence: String) -> Bool {
        let text = sentence.lowercased()
        return optOutWords.contains(where: text.contains)
    }

    /// The text from the end of the sentence before a choice to the end of its own.
    private func sentence(around group: SpinGroup, in bytes: [UInt8]) -> String {
        func isEnd(_ index: Int) -> Bool {
            if bytes[index] == UInt8(ascii: "\n") { return index > 0 && bytes[index - 1] == UInt8(ascii: "\n") }
            let isStop = ".!?".utf8.contains(bytes[index])
            return isStop && (index + 1 == bytes.count || [0x20, 0x0A, 0x0D].contains(bytes[index + 1]))
        }
        var start = group.range.lowerBound
        while start > 0, !isEnd(start - 1) { start -= 1 }
        // A block goes on behind its first tag: what is in it counts.
        var end = max(group.range.upperBound, group.optionRanges.last?.upperBound ?? 0)
        while end < bytes.count, !isEnd(end) { end += 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
