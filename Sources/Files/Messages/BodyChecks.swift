import Diagnostics
import Liquid
import Outreach

/// What the body of a template says that no message should.
extension MessageTemplate {
    /// Links that go nowhere or have no text, and HTML that is left out, of a Markdown body.
    var linksAndTags: [Finding] {
        guard source.format == .markdown, let document = MarkdownDocument(bodyText, disarmed: false) else { return [] }
        var places = Places(self)
        let tags = document.rawHTML.compactMap { tag in places.next(tag.trimmingLineEnds).map { rawHTML($0) } }
        places = Places(self)
        return tags + document.links.compactMap { link($0.target, hasText: $0.hasText, &places) }
    }

    private func rawHTML(_ place: Place) -> Finding {
        Finding(
            .rawHTML, "HTML in a Markdown template is left out of the message", at: place,
            hint: "write Markdown, or make it an .html template")
    }

    private func link(_ target: String, hasText: Bool, _ places: inout Places) -> Finding? {
        guard !target.contains("{{"), !target.contains("{%") else { return nil }
        let found = places.next(target)
        if hasText, LinkScheme.isAllowed(target) { return nil }
        let place = found ?? self.place(bodyStart..<bodyStart + 1)
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

        mutating func next(_ text: String) -> Place? {
            let needle = Array(text.utf8)
            var start = cursor
            guard !needle.isEmpty else { return nil }
            while start + needle.count <= bytes.count {
                if bytes[start] == needle[0], bytes[start..<start + needle.count].elementsEqual(needle) {
                    cursor = start + needle.count
                    return template.place(start..<cursor)
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
