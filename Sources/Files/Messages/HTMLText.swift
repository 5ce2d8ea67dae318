/// A plain alternative for an HTML template that has no twin: tags away, blocks as lines, references as characters.
enum HTMLText {
    /// Elements whose content is not for reading.
    private static let hidden: Set<String> = ["style", "script", "head", "title"]
    /// Elements that begin and end a line.
    private static let blocks: Set<String> = [
        "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr",
    ]
    private static let references = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " "]

    static func plain(_ html: String) -> String {
        var text = ""
        var link: (target: String, start: Int)?
        var skipping: String?
        var rest = Substring(html)
        while let open = rest.firstIndex(of: "<") {
            if skipping == nil { text += words(rest[..<open], after: text) }
            guard let close = rest[open...].firstIndex(of: ">") else {
                rest = ""
                break
            }
            let tag = Tag(rest[rest.index(after: open)..<close])
            rest = rest[rest.index(after: close)...]
            if let hiding = skipping {
                if tag.isEnd, tag.name == hiding { skipping = nil }
                continue
            }
            if !tag.isEnd, hidden.contains(tag.name) { skipping = tag.name }
            if tag.name == "a" {
                if tag.isEnd, let own = link {
                    let label = text.dropFirst(own.start)
                    if !own.target.isEmpty, !label.hasSuffix(own.target) { text += " (\(own.target))" }
                    link = nil
                } else if !tag.isEnd {
                    link = (tag.href, text.count)
                }
            }
            if blocks.contains(tag.name) { text = broken(text, paragraph: tag.name == "p") }
            if tag.name == "li", !tag.isEnd { text += "- " }
        }
        if skipping == nil { text += words(rest, after: text) }
        return text.trimmingLineEnds.trimmingLineStarts + "\n"
    }

    /// Text with its white space as one blank each and its references resolved.
    private static func words(_ text: Substring, after before: String) -> String {
        let startsBlank = text.first?.isWhitespace ?? false
        let endsBlank = text.last?.isWhitespace ?? false
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty else { return before.isEmpty || before.hasSuffix("\n") || !startsBlank ? "" : " " }
        let lead = startsBlank && !before.isEmpty && !before.hasSuffix("\n") && !before.hasSuffix(" ") ? " " : ""
        return lead + resolved(words) + (endsBlank ? " " : "")
    }

    private static func resolved(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var resolved = ""
        var rest = Substring(text)
        while let amp = rest.firstIndex(of: "&") {
            resolved += rest[..<amp]
            guard let end = rest[amp...].firstIndex(of: ";"),
                let character = character(rest[rest.index(after: amp)..<end])
            else {
                resolved += "&"
                rest = rest[rest.index(after: amp)...]
                continue
            }
            resolved += character
            rest = rest[rest.index(after: end)...]
        }
        return resolved + rest
    }

    private static func character(_ reference: Substring) -> String? {
        guard reference.hasPrefix("#") else { return references[String(reference)] }
        let digits = reference.dropFirst()
        let number = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }

    private static func broken(_ text: String, paragraph: Bool) -> String {
        guard !text.isEmpty else { return text }
        let trimmed = text.trimmingBlankEnds
        if paragraph {
            return trimmed.hasSuffix("\n\n") ? trimmed : trimmed + (trimmed.hasSuffix("\n") ? "\n" : "\n\n")
        }
        return trimmed.hasSuffix("\n") ? trimmed : trimmed + "\n"
    }

    private struct Tag {
        var name: String
        var isEnd: Bool
        var href: String

        init(_ text: Substring) {
            isEnd = text.hasPrefix("/")
            let body = isEnd ? text.dropFirst() : text
            name = body.prefix { $0.isLetter || $0.isNumber }.lowercased()
            href = ""
            guard let found = body.range(of: "href=") else { return }
            let value = body[found.upperBound...]
            guard let quote = value.first, quote == "\"" || quote == "'" else { return }
            href = resolved(String(value.dropFirst().prefix { $0 != quote }))
        }
    }
}

extension String {
    fileprivate var trimmingBlankEnds: String {
        var bytes = utf8[...]
        while let last = bytes.last, [0x20, 0x09].contains(last) { bytes = bytes.dropLast() }
        return String(Substring(bytes))
    }
}

extension Substring {
    /// Where `needle` stands first.
    fileprivate func range(of needle: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
            start = index(after: start)
        }
        return nil
    }
}
