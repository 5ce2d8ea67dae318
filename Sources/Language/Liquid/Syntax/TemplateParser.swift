import Diagnostics

/// Reads a template into its tree, and goes on behind what is wrong, so that all problems come at once.
struct TemplateParser {
    let source: SourceText
    let dialect: Dialect
    var scanner: TemplateScanner
    /// Everything wrong so far.
    private(set) var problems: [SyntaxProblem] = []
    /// Whether the next text loses the white space it begins with.
    var trimsNext = false
    /// The choices so far, in the order of the source.
    var spinGroups: [SpinGroup] = []
    private var spinLine = SpinLine.none
    /// The blocks around the present place, the innermost last.
    private var openBlocks: [(head: TagHead, stops: [String])] = []
    private var isTooDeep = false

    /// Blocks inside one another.
    static let maximumDepth = 100
    /// No file needs more than this to be mended.
    static let maximumProblems = 500

    init(_ source: SourceText, _ range: Range<Int>, dialect: Dialect) {
        self.source = source
        self.dialect = dialect
        self.scanner = TemplateScanner(
            source.bytes, range, readsQuotedDelimiters: dialect.readsQuotedDelimiters)
    }

    var bytes: [UInt8] { source.bytes }

    mutating func report(_ problem: SyntaxProblem) {
        if problems.count < Self.maximumProblems { problems.append(problem) }
    }

    /// The whole template.
    mutating func document() -> Body {
        var body = Body()
        while let head = read(into: &body, until: []) { reportStray(head) }
        return body
    }

    // MARK: bodies

    /// The inside of the block `head` up to one of the tags `stops`, which is taken; `nil` where none comes.
    mutating func body(of head: TagHead, until stops: [String]) -> (body: Body, stop: TagHead?) {
        var body = Body()
        guard openBlocks.count < Self.maximumDepth - 1 else {
            if !isTooDeep { report(SyntaxProblem(.nesting, "blocks are nested too deeply", head.whole)) }
            isTooDeep = true
            scanner.position = scanner.end
            return (body, nil)
        }
        openBlocks.append((head, stops))
        defer { openBlocks.removeLast() }
        while true {
            guard let next = read(into: &body, until: stops) else {
                if !isTooDeep { reportUnclosed(head) }
                return (body, nil)
            }
            if stops.contains(next.name) { return (body, next) }
            if closesOuterBlock(next) {
                reportUnclosed(head)
                scanner.position = next.whole.lowerBound
                return (body, nil)
            }
            reportStray(next)
        }
    }

    /// The rest of a block that has no parts.
    mutating func body(of head: TagHead) -> Body { body(of: head, until: ["end" + head.name]).body }

    /// What `range` holds, a template of its own inside this one.
    mutating func body(in range: Range<Int>) -> Body {
        let outer = scanner
        scanner = TemplateScanner(bytes, range, readsQuotedDelimiters: dialect.readsQuotedDelimiters)
        let blocks = openBlocks
        openBlocks = []
        defer {
            scanner = outer
            openBlocks = blocks
            trimsNext = false
        }
        trimsNext = false
        return document()
    }

    /// The lines of a `liquid` tag.
    mutating func lines(_ range: Range<Int>, into body: inout Body) {
        let outer = scanner
        scanner = TemplateScanner(
            bytes, range, isLines: true, readsQuotedDelimiters: dialect.readsQuotedDelimiters)
        let blocks = openBlocks
        openBlocks = []
        while let head = read(into: &body, until: []) { reportStray(head) }
        scanner = outer
        openBlocks = blocks
    }

    /// Reads pieces until a tag that begins nothing here; `nil` at the end.
    private mutating func read(into body: inout Body, until stops: [String]) -> TagHead? {
        while let piece = scanner.next() {
            switch piece {
            case .text(let range): text(range, into: &body)
            case .output(let head): output(head, into: &body)
            case .malformed(let malformed):
                trim(&body, left: malformed.trimsLeft, right: false)
                report(malformed.problem)
            case .tag(let head):
                if !scanner.isLines { trim(&body, left: head.trimsLeft, right: head.trimsRight) }
                if stops.contains(head.name) { return head }
                guard let read = TagTable.readers[head.name] else { return head }
                if head.name == "liquid" {
                    lines(head.markup, into: &body)
                } else if let tag = read(&self, head) {
                    body.append(.tag(tag), isBlank: tag.isBlank)
                } else {
                    body.isBlank = false
                }
            }
        }
        return nil
    }

    private mutating func text(_ range: Range<Int>, into body: inout Body) {
        var range = range
        if trimsNext {
            while let first = range.first, Octet.isSpace(bytes[first]) || bytes[first] == 0 {
                range = range.lowerBound + 1..<range.upperBound
            }
            trimsNext = false
        }
        guard dialect.readsSpin, !scanner.isLines else { return plainText(range, into: &body) }
        var start = range.lowerBound
        var index = start
        while index < range.upperBound {
            guard bytes[index] == UInt8(ascii: "{"), let group = spinGroup(at: index) else {
                index += 1
                continue
            }
            plainText(start..<index, into: &body)
            body.append(.tag(SpinTag(shorthand: group, &self)), isBlank: false)
            start = group.range.upperBound
            index = start
            // The group reached past this text: go on behind it.
            if start >= range.upperBound { scanner.position = start }
        }
        if start < range.upperBound { plainText(start..<range.upperBound, into: &body) }
    }

    private mutating func spinGroup(at index: Int) -> SpinLine.Group? {
        if !spinLine.covers(index) { spinLine = SpinLine(scanner, from: index) }
        return spinLine.groups[index]
    }

    private func plainText(_ range: Range<Int>, into body: inout Body) {
        body.append(
            .text(range.lowerBound, range.upperBound), isBlank: bytes[range].allSatisfy(Octet.isSpace))
    }

    private mutating func output(_ head: TemplateScanner.OutputHead, into body: inout Body) {
        trim(&body, left: head.trimsLeft, right: head.trimsRight)
        body.isBlank = false
        guard let output = output(head.markup, whole: head.whole) else { return }
        body.append(.output(output), isBlank: false)
    }

    private mutating func trim(_ body: inout Body, left: Bool, right: Bool) {
        if left, case .text(let start, var end)? = body.nodes.last {
            while end > start, Octet.isSpace(bytes[end - 1]) || bytes[end - 1] == 0 { end -= 1 }
            body.nodes[body.nodes.count - 1] = .text(start, end)
        }
        trimsNext = right
    }

    // MARK: markup

    /// Reads a tag's markup with `read`; `nil`, and a problem reported, where it can't be read.
    mutating func markup<T>(
        _ range: Range<Int>, _ read: (inout MarkupParser) throws(SyntaxProblem) -> T
    ) -> T? {
        do throws(SyntaxProblem) {
            var markup = try MarkupParser(bytes, range, dialect: dialect)
            return try read(&markup)
        } catch {
            report(placedInside(error, range))
            return nil
        }
    }

    /// Problems at the end of empty markup point at its tag.
    private func placedInside(_ problem: SyntaxProblem, _ range: Range<Int>) -> SyntaxProblem {
        var problem = problem
        if problem.range.lowerBound >= range.upperBound, range.lowerBound > 0 {
            let trimmed = bytes.trimmed(range)
            let last = trimmed.isEmpty ? range.lowerBound - 1 : trimmed.upperBound - 1
            problem.range = last..<last + 1
        }
        return problem
    }

    /// A value and its filters; unknown filters are reported, all of them.
    mutating func output(_ range: Range<Int>, whole: Range<Int>) -> Output? {
        let table = FilterTable.standard
        let strange = ForeignSyntax.output(bytes, range, whole: whole)
        if dialect.refusesUnknownFilters, let strange {
            report(strange)
            return nil
        }
        guard let output = markup(range, { markup throws(SyntaxProblem) in try markup.output(table, whole: whole) })
        else { return nil }
        if dialect.refusesUnknownFilters {
            for call in output.filters where call.filter == nil { report(unknownFilter(call, table)) }
        }
        return output
    }

    private func unknownFilter(_ call: FilterCall, _ table: FilterTable) -> SyntaxProblem {
        let hint =
            NearestName.hint(among: table.names, to: call.name)
            ?? (call.arguments.isEmpty
                ? "for a text to use where there is no value, write | default: \"\(call.name)\"" : nil)
        return SyntaxProblem(.unknownFilter, "no filter is named \"\(call.name)\"", call.range, hint: hint)
    }

    // MARK: tags at the wrong place

    private func closesOuterBlock(_ head: TagHead) -> Bool {
        head.name.hasPrefix("end") && openBlocks.dropLast().contains { $0.stops.contains(head.name) }
    }

    private mutating func reportUnclosed(_ head: TagHead) {
        report(
            SyntaxProblem(
                .unclosedBlock, "\"\(head.name)\" is never closed", head.whole,
                hint: "close it with {% end\(head.name) %}"))
    }

    private mutating func reportStray(_ head: TagHead) {
        let open = openBlocks.last
        if let block = open?.head, head.name.hasPrefix("end"), TagTable.blocks.contains(String(head.name.dropFirst(3)))
        {
            report(
                SyntaxProblem(
                    .strayTag, "\"\(head.name)\" does not close \"\(block.name)\"", head.nameRange,
                    hint: "close it with {% end\(block.name) %}", notes: [("opened here", block.whole)]))
        } else if let owner = TagTable.owner(ofPart: head.name) {
            report(
                SyntaxProblem(
                    .strayTag, "\"\(head.name)\" stands outside of \(owner)", head.nameRange,
                    hint: open.map { "the block open here is \"\($0.head.name)\"" }))
        } else {
            let names = TagTable.names + (open?.stops ?? [])
            report(
                SyntaxProblem(
                    .unknownTag, "no tag is named \"\(head.name)\"", head.nameRange,
                    hint: NearestName.hint(among: names, to: head.name)))
        }
    }
}

extension TemplateScanner.Malformed {
    /// What is wrong, in words.
    fileprivate var problem: SyntaxProblem {
        switch kind {
        case .openOutput:
            SyntaxProblem(.unclosedTag, "this output is not closed", whole, hint: "an output ends with }}")
        case .openTag: SyntaxProblem(.unclosedTag, "this tag is not closed", whole, hint: "a tag ends with %}")
        case .namelessTag: SyntaxProblem(.liquidSyntax, "this tag has no name", whole)
        case .strangeLine:
            SyntaxProblem(.liquidSyntax, "this line of \"liquid\" does not begin with the name of a tag", whole)
        }
    }
}
