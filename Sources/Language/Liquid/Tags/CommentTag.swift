/// `{% comment %}...{% endcomment %}`: nothing. Comments may hold comments and `raw`.
final class CommentTag: Tag {
    var isBlank: Bool { true }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        var depth = 1
        var suspect: TagHead?
        while let piece = parser.scanner.next() {
            guard case .tag(let inner) = piece else { continue }
            switch inner.name {
            case "raw":
                var suspect: TagHead?
                guard RawTag.body(&parser, &suspect) != nil else {
                    parser.reportNeverClosed(inner, suspect)
                    parser.reportNeverClosed(head, nil)
                    return nil
                }
            case "comment": depth += 1
            case "endcomment": depth -= 1
            default:
                suspect = suspect ?? parser.misspelt(inner, for: "endcomment")
                continue
            }
            if depth == 0 {
                if !parser.scanner.isLines { parser.trimsNext = inner.trimsRight }
                return CommentTag()
            }
        }
        parser.reportNeverClosed(head, suspect)
        return nil
    }

    func render(_ renderer: inout Renderer) throws(Stop) {}
    func survey(_ survey: inout Survey) {}
}

/// `{% # a comment %}`, on each of its lines.
final class InlineCommentTag: Tag {
    var isBlank: Bool { true }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        let bytes = parser.bytes
        var index = head.markup.lowerBound
        while let newline = bytes[index..<head.markup.upperBound].firstIndex(of: UInt8(ascii: "\n")) {
            index = newline + 1
            while index < head.markup.upperBound, Octet.isSpace(bytes[index]) { index += 1 }
            guard index < head.markup.upperBound, bytes[index] != UInt8(ascii: "#") else { continue }
            parser.report(
                SyntaxProblem(
                    .liquidSyntax, "each line of this comment must begin with \"#\"", index..<index + 1))
            return nil
        }
        return InlineCommentTag()
    }

    func render(_ renderer: inout Renderer) throws(Stop) {}
    func survey(_ survey: inout Survey) {}
}

/// `{% doc %}...{% enddoc %}`: what a template is for; renders nothing.
final class DocTag: Tag {
    let isBlank: Bool

    private init(isBlank: Bool) { self.isBlank = isBlank }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        let isClean = parser.refuseArguments(head)
        let start = parser.scanner.position
        var suspect: TagHead?
        while let (inner, range) = RawTag.nextClosing(&parser) {
            suspect = suspect ?? parser.misspelt(inner, for: "enddoc")
            if inner.name == "doc" {
                parser.report(SyntaxProblem(.liquidSyntax, "\"doc\" can't stand inside \"doc\"", inner.whole))
                return nil
            }
            if inner.name == "enddoc" {
                parser.trimsNext = inner.trimsRight
                return isClean ? DocTag(isBlank: range == start) : nil
            }
        }
        parser.reportNeverClosed(head, suspect)
        return nil
    }

    func render(_ renderer: inout Renderer) throws(Stop) {}
    func survey(_ survey: inout Survey) {}
}
