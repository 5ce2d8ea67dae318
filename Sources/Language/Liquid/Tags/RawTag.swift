import Diagnostics

/// `{% raw %}...{% endraw %}`: the inside as it stands.
final class RawTag: Tag {
    private let range: Range<Int>

    private init(range: Range<Int>) { self.range = range }

    var isBlank: Bool { range.isEmpty }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        let isClean = parser.refuseArguments(head)
        var suspect: TagHead?
        guard let range = body(&parser, &suspect) else {
            parser.reportNeverClosed(head, suspect)
            return nil
        }
        return isClean ? RawTag(range: range) : nil
    }

    /// The octets up to `endraw`, which is taken; `nil`, and a misspelt one, where it never comes.
    static func body(_ parser: inout TemplateParser, _ suspect: inout TagHead?) -> Range<Int>? {
        let start = parser.scanner.position
        while let (inner, end) = nextClosing(&parser) {
            guard inner.name == "endraw" else {
                suspect = suspect ?? parser.misspelt(inner, for: "endraw")
                continue
            }
            parser.trimsNext = inner.trimsRight
            return start..<end
        }
        return nil
    }

    /// The last tag of the next piece that ends as a tag does, and where that tag begins.
    static func nextClosing(_ parser: inout TemplateParser) -> (head: TagHead, start: Int)? {
        let bytes = parser.bytes
        while let piece = parser.scanner.next() {
            let whole: Range<Int>
            switch piece {
            case .tag(let head): whole = head.whole
            case .malformed(let malformed): whole = malformed.whole
            case .text, .output: continue
            }
            guard whole.count >= 4, bytes[whole.upperBound - 2] == UInt8(ascii: "%") else { continue }
            var start = whole.upperBound - 4
            while start >= whole.lowerBound {
                if bytes[start] == UInt8(ascii: "{"), bytes[start + 1] == UInt8(ascii: "%") {
                    if let head = TagHead(bytes, start..<whole.upperBound) { return (head, start) }
                }
                start -= 1
            }
        }
        return nil
    }

    func render(_ renderer: inout Renderer) throws(Stop) { renderer.writeSource(range) }
    func survey(_ survey: inout Survey) {}
}

extension TemplateParser {
    /// The tag, if it is probably meant as `end`.
    func misspelt(_ head: TagHead, for end: String) -> TagHead? {
        let isKnown = TagTable.readers[head.name] != nil || TagTable.owner(ofPart: head.name) != nil
        return !isKnown && NearestName.among([end], to: head.name) != nil ? head : nil
    }

    /// Reports that `head` has no end, or that its end is misspelt, and goes on behind that.
    mutating func reportNeverClosed(_ head: TagHead, _ suspect: TagHead?) {
        if let suspect {
            report(
                SyntaxProblem(
                    .unknownTag, "no tag is named \"\(suspect.name)\"", suspect.nameRange,
                    hint: "did you mean \"end\(head.name)\"?", notes: [("opened here", head.whole)]))
            scanner.position = suspect.whole.upperBound
            return
        }
        report(
            SyntaxProblem(
                .unclosedBlock, "\"\(head.name)\" is never closed", head.whole,
                hint: "close it with {% end\(head.name) %}"))
    }

    /// Whether the tag has nothing behind its name, as it must; reports what it has.
    mutating func refuseArguments(_ head: TagHead) -> Bool {
        let extra = bytes.trimmed(head.markup)
        if extra.isEmpty { return true }
        report(SyntaxProblem(.liquidSyntax, "\"\(head.name)\" takes nothing behind its name", extra))
        return false
    }
}
