/// Cuts a template into text, outputs and tags; or the inside of a `liquid` tag into its lines.
///
/// It stands at a position and can be put back to an earlier one.
struct TemplateScanner {
    /// One piece of a template; all ranges are offsets in octets.
    enum Piece {
        case text(Range<Int>)
        case output(OutputHead)
        case tag(TagHead)
        /// Something that begins like an output or a tag, and is none.
        case malformed(Malformed)
    }

    /// `{{- markup -}}`
    struct OutputHead {
        let whole: Range<Int>
        let markup: Range<Int>
        let trimsLeft: Bool
        let trimsRight: Bool
    }

    /// What is wrong with a piece.
    struct Malformed {
        enum Kind { case openOutput, openTag, namelessTag, strangeLine }
        let kind: Kind
        let whole: Range<Int>
        let trimsLeft: Bool
    }

    let bytes: [UInt8]
    let end: Int
    let isLines: Bool
    let readsQuotedDelimiters: Bool
    var position: Int
    /// Behind here no `}` or `%}` closes anything; so that broken templates are read in linear time, too.
    private var outputsOpenFrom = Int.max
    private var tagsOpenFrom = Int.max

    init(_ bytes: [UInt8], _ range: Range<Int>, isLines: Bool = false, readsQuotedDelimiters: Bool) {
        self.bytes = bytes
        self.position = range.lowerBound
        self.end = range.upperBound
        self.isLines = isLines
        self.readsQuotedDelimiters = readsQuotedDelimiters
    }

    /// The next piece, or `nil` at the end.
    mutating func next() -> Piece? {
        if isLines { return nextLine() }
        guard position < end else { return nil }
        if octet(position) == UInt8(ascii: "{") {
            if octet(position + 1) == UInt8(ascii: "{") { return nextOutput() }
            if octet(position + 1) == UInt8(ascii: "%") { return nextTag(from: position) }
        }
        let start = position
        while position < end {
            if bytes[position] == UInt8(ascii: "{") {
                let following = octet(position + 1)
                if position > start, following == UInt8(ascii: "{") || following == UInt8(ascii: "%") { break }
            }
            position += 1
        }
        return .text(start..<position)
    }

    func octet(_ index: Int) -> UInt8 { index < end ? bytes[index] : 0 }

    // MARK: outputs

    private mutating func nextOutput() -> Piece {
        let start = position
        guard start < outputsOpenFrom, let close = outputEnd(from: start + 2) else {
            outputsOpenFrom = min(outputsOpenFrom, start)
            position = endOfLine(from: start + 2)
            return malformed(.openOutput, start..<min(start + 2, end))
        }
        position = close
        // Another tag's end closes it by mistake: `{{ a %}`.
        guard close - start >= 4, bytes[close - 1] == UInt8(ascii: "}"), bytes[close - 2] == UInt8(ascii: "}") else {
            return malformed(.openOutput, start..<close)
        }
        let trimsLeft = bytes[start + 2] == UInt8(ascii: "-")
        let trimsRight = bytes[close - 3] == UInt8(ascii: "-")
        let lower = start + (trimsLeft ? 3 : 2)
        let upper = close - (trimsRight ? 3 : 2)
        return .output(
            OutputHead(
                whole: start..<close, markup: lower..<max(lower, upper), trimsLeft: trimsLeft, trimsRight: trimsRight))
    }

    /// Where the output ends that begins before `start`; `nil` where it does not.
    private func outputEnd(from start: Int) -> Int? {
        guard let plain = plainOutputEnd(from: start) else { return nil }
        let brace = bytes[plain - 2] == UInt8(ascii: "}") ? plain - 2 : plain - 1
        guard readsQuotedDelimiters, isInsideQuotes(start..<max(start, brace)) else { return plain }
        return quotedEnd(from: start, closing: UInt8(ascii: "}")) ?? plain
    }

    /// The end by the reference's rule: at `}}`, at `}` and any octet, or at the `%}` of a tag that begins inside.
    private func plainOutputEnd(from start: Int) -> Int? {
        var index = start
        while index < end {
            let octet = bytes[index]
            if octet == UInt8(ascii: "}") {
                return self.octet(index + 1) == UInt8(ascii: "}") ? index + 2 : index + 1
            }
            if octet == UInt8(ascii: "{"), self.octet(index + 1) == UInt8(ascii: "%") {
                return tagEnd(from: index + 2)
            }
            index += 1
        }
        return nil
    }

    private func isInsideQuotes(_ range: Range<Int>) -> Bool {
        var quote: UInt8 = 0
        for index in range {
            let octet = bytes[index]
            if quote != 0 {
                if octet == quote { quote = 0 }
            } else if octet == UInt8(ascii: "'") || octet == UInt8(ascii: "\"") {
                quote = octet
            }
        }
        return quote != 0
    }

    /// The end at the first `}}` or `%}` outside quotes, on the same line.
    private func quotedEnd(from start: Int, closing: UInt8) -> Int? {
        var quote: UInt8 = 0
        var index = start
        while index + 1 < end, bytes[index] != UInt8(ascii: "\n") {
            let octet = bytes[index]
            if quote != 0 {
                if octet == quote { quote = 0 }
            } else if octet == UInt8(ascii: "'") || octet == UInt8(ascii: "\"") {
                quote = octet
            } else if octet == closing, bytes[index + 1] == UInt8(ascii: "}") {
                return index + 2
            }
            index += 1
        }
        return nil
    }

    // MARK: tags

    private mutating func nextTag(from start: Int) -> Piece {
        guard start < tagsOpenFrom, let close = tagEnd(from: start + 2) else {
            tagsOpenFrom = min(tagsOpenFrom, start)
            position = endOfLine(from: start + 2)
            return malformed(.openTag, start..<min(start + 2, end))
        }
        position = close
        guard let head = TagHead(bytes, start..<close) else { return malformed(.namelessTag, start..<close) }
        return .tag(head)
    }

    private func tagEnd(from start: Int) -> Int? {
        var index = start
        while index + 1 < end {
            if bytes[index] == UInt8(ascii: "%"), bytes[index + 1] == UInt8(ascii: "}") {
                guard readsQuotedDelimiters, isInsideQuotes(start..<index) else { return index + 2 }
                return quotedEnd(from: start, closing: UInt8(ascii: "%")) ?? index + 2
            }
            index += 1
        }
        return nil
    }

    // MARK: lines

    /// The next line of a `liquid` tag that says anything.
    private mutating func nextLine() -> Piece? {
        while position < end {
            let start = position
            let close = endOfLine(from: start)
            position = min(close + 1, end)
            let line = bytes.trimmed(start..<close)
            if line.isEmpty { continue }
            guard let head = TagHead(line: bytes, line) else { return malformed(.strangeLine, line) }
            return .tag(head)
        }
        return nil
    }

    private func endOfLine(from start: Int) -> Int {
        var index = start
        while index < end, bytes[index] != UInt8(ascii: "\n") { index += 1 }
        return index
    }

    private func malformed(_ kind: Malformed.Kind, _ whole: Range<Int>) -> Piece {
        .malformed(Malformed(kind: kind, whole: whole, trimsLeft: octet(whole.lowerBound + 2) == UInt8(ascii: "-")))
    }
}

/// `{%- name markup -%}`, or a line of a `liquid` tag: where its parts are, in octets.
struct TagHead {
    let whole: Range<Int>
    let nameRange: Range<Int>
    private(set) var name: String
    let markup: Range<Int>
    let trimsLeft: Bool
    let trimsRight: Bool

    /// The same tag under another name.
    func named(_ name: String) -> TagHead {
        var head = self
        head.name = name
        return head
    }

    /// Reads a tag with its delimiters; `nil` if it has no name.
    init?(_ bytes: [UInt8], _ whole: Range<Int>) {
        var lower = whole.lowerBound + 2
        var upper = whole.upperBound - 2
        let trimsLeft = lower < upper && bytes[lower] == UInt8(ascii: "-")
        if trimsLeft { lower += 1 }
        let trimsRight = bytes[max(whole.lowerBound, upper - 1)] == UInt8(ascii: "-")
        if trimsRight, upper > lower { upper -= 1 }
        self.init(bytes, whole, inside: lower..<max(lower, upper), trims: (trimsLeft, trimsRight))
    }

    /// Reads a line of a `liquid` tag.
    init?(line bytes: [UInt8], _ line: Range<Int>) { self.init(bytes, line, inside: line, trims: (false, false)) }

    private init?(
        _ bytes: [UInt8], _ whole: Range<Int>, inside: Range<Int>, trims: (left: Bool, right: Bool)
    ) {
        var start = inside.lowerBound
        while start < inside.upperBound, Octet.isSpace(bytes[start]) { start += 1 }
        var end = start
        if end < inside.upperBound, bytes[end] == UInt8(ascii: "#") {
            end += 1
        } else {
            while end < inside.upperBound, Octet.isWord(bytes[end]) { end += 1 }
        }
        guard end > start else { return nil }
        self.whole = whole
        self.nameRange = start..<end
        self.name = String(decoding: bytes[start..<end], as: UTF8.self)
        self.trimsLeft = trims.left
        self.trimsRight = trims.right
        while end < inside.upperBound, Octet.isSpace(bytes[end]) { end += 1 }
        self.markup = end..<inside.upperBound
    }
}

extension [UInt8] {
    /// `range` without white space at both ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (lower, upper) = (range.lowerBound, range.upperBound)
        while lower < upper, Octet.isSpace(self[lower]) { lower += 1 }
        while upper > lower, Octet.isSpace(self[upper - 1]) { upper -= 1 }
        return lower..<upper
    }
}
