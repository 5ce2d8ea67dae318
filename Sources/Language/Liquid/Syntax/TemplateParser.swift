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
    /// The number of the first choice.
    var firstChoice = 0
    private var spinLine = SpinLine.none
    /// The blocks around the present place, the innermost last.
    private var openBlocks: [(head: TagHead, stops: [String])] = []
    private var isTooDeep = false
    /// Blocks, choices and `liquid` tags around the present place.
    private var depth = 0
    /// Tags that could not be read, in octets: what they name, they may have set.
    private(set) var unread: [Range<Int>] = []
    /// Ends and parts of blocks whose opener is misspelt.
    private var forgiven: [String] = []

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
        if !isFull { problems.append(problem) }
    }

    /// Whether there are as many problems as are told; then none needs a suggestion any more.
    private var isFull: Bool { problems.count >= Self.maximumProblems }

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
        guard enter(head.whole) else { return (body, nil) }
        openBlocks.append((head, stops))
        defer {
            openBlocks.removeLast()
            depth -= 1
        }
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
            // A misspelt end is meant as one: the block goes no further.
            if let meant = misspelt(next), stops.contains(meant) { return (body, next.named(meant)) }
        }
    }

    /// Goes one deeper; false, and reading ends, where that is too deep.
    private mutating func enter(_ range: Range<Int>) -> Bool {
        guard depth < Self.maximumDepth - 1 else {
            if !isTooDeep { report(SyntaxProblem(.nesting, "blocks are nested too deeply", range)) }
            isTooDeep = true
            scanner.position = scanner.end
            return false
        }
        depth += 1
        return true
    }

    /// The rest of a block that has no parts.
    mutating func body(of head: TagHead) -> Body { body(of: head, until: ["end" + head.name]).body }

    /// What `range` holds, a template of its own inside this one.
    mutating func body(in range: Range<Int>) -> Body {
        guard enter(range) else { return Body() }
        let outer = scanner
        scanner = TemplateScanner(bytes, range, readsQuotedDelimiters: dialect.readsQuotedDelimiters)
        let blocks = openBlocks
        openBlocks = []
        defer {
            scanner = outer
            openBlocks = blocks
            trimsNext = false
            depth -= 1
        }
        trimsNext = false
        return document()
    }

    /// The lines of a `liquid` tag.
    mutating func lines(_ range: Range<Int>, into body: inout Body) {
        guard enter(range) else { return }
        defer { depth -= 1 }
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
                unread.append(malformed.whole)
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
                    unread.append(head.markup)
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
            for call in output.filters where call.filter == nil && !isFull {
                report(unknownFilter(call, table))
                if looksLikeChoice(call, table) { unread.append(range) }
            }
        }
        return output
    }

    private func unknownFilter(_ call: FilterCall, _ table: FilterTable) -> SyntaxProblem {
        let fallback = "for a text to use where there is no value, write | default: \"\(call.name)\""
        if looksLikeChoice(call, table) {
            return SyntaxProblem(
                .unknownFilter, "no filter is named \"\(call.name)\"", call.range,
                hint: "for a choice write {a|b} with single braces; " + fallback)
        }
        let hint =
            isBareWord(call, table)
            ? fallback : NearestName.among(table.names, to: call.name).map { "did you mean \"\($0)\"?" }
        return SyntaxProblem(.unknownFilter, "no filter is named \"\(call.name)\"", call.range, hint: hint)
    }

    /// `{{a|b}}` is a choice in other tools.
    private func looksLikeChoice(_ call: FilterCall, _ table: FilterTable) -> Bool {
        isBareWord(call, table) && bytes[call.range.lowerBound - 1] == UInt8(ascii: "|")
    }

    /// A bare word is more likely a text of another tool's than a filter that needs arguments.
    private func isBareWord(_ call: FilterCall, _ table: FilterTable) -> Bool {
        let nearest = NearestName.among(table.names, to: call.name).flatMap { table[$0] }
        return call.arguments.isEmpty && (nearest.map { $0.arity.lowerBound > 0 } ?? true)
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

    /// The tag that an unknown one is meant to be; `nil` for a known one, and for one like none.
    private func misspelt(_ head: TagHead) -> String? {
        if isFull || TagTable.owner(ofPart: head.name) != nil { return nil }
        return NearestName.among((openBlocks.last?.stops ?? []) + TagTable.names, to: head.name)
    }

    private mutating func reportStray(_ head: TagHead) {
        // The parts of a block whose opener is misspelt were told of with it.
        if forgiven.contains(head.name) {
            if head.name.hasPrefix("end") { forgiven.removeAll { $0 == head.name } }
            return
        }
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
            let meant = misspelt(head)
            unread.append(head.markup)
            report(
                SyntaxProblem(
                    .unknownTag, "no tag is named \"\(head.name)\"", head.nameRange,
                    hint: meant.map { "did you mean \"\($0)\"?" }))
            if let meant, TagTable.blocks.contains(meant) { forgiven += ["end" + meant] + TagTable.parts(of: meant) }
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
