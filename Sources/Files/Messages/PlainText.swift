import CMark

/// The plain alternative of a Markdown text: what a person would have typed, no emphasis marks, links as `text (url)`.
struct PlainText {
    private var lines: [UInt8] = []
    private var pending = 0
    private var indents: [String] = []
    private var numbers: [Int] = []
    private var linkStart: [Int] = []
    /// The marker of a list item that has no text yet.
    private var marker: String?
    private static let lineEnd = UInt8(ascii: "\n")

    static func of(_ document: MarkdownDocument) -> String {
        var text = PlainText()
        text.lines.reserveCapacity(1024)
        document.walk { text.visit($0) }
        if !text.lines.isEmpty { text.lines.append(PlainText.lineEnd) }
        return String(decoding: text.lines, as: UTF8.self)
    }

    private mutating func visit(_ visit: MarkdownDocument.Visit) {
        switch visit.type {
        case CMARK_NODE_TEXT, CMARK_NODE_CODE: visit.withLiteral { add($0) }
        case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: newLine()
        case CMARK_NODE_CODE_BLOCK: code(visit)
        case CMARK_NODE_THEMATIC_BREAK:
            add("---")
            pending = 2
        case CMARK_NODE_LINK: link(visit)
        case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING: if !visit.isEntering { endBlock(visit) }
        case CMARK_NODE_LIST: list(visit)
        case CMARK_NODE_ITEM: item(visit)
        case CMARK_NODE_BLOCK_QUOTE:
            if visit.isEntering { indents.append("> ") } else { indents.removeLast() }
        default: break
        }
    }

    private mutating func code(_ visit: MarkdownDocument.Visit) {
        for line in visit.literal.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            add(String(line))
            pending = 1
        }
        pending = 2
    }

    private mutating func endBlock(_ visit: MarkdownDocument.Visit) {
        pending = max(pending, visit.parentType == CMARK_NODE_ITEM && isTight ? 1 : 2)
    }

    private var isTight: Bool { tightness.last ?? false }
    private var tightness: [Bool] = []

    private mutating func list(_ visit: MarkdownDocument.Visit) {
        if visit.isEntering {
            tightness.append(visit.isTight)
            numbers.append(visit.isOrdered ? visit.listStart : -1)
        } else {
            tightness.removeLast()
            numbers.removeLast()
            pending = max(pending, numbers.isEmpty || !isTight ? 2 : 1)
        }
    }

    private mutating func item(_ visit: MarkdownDocument.Visit) {
        guard visit.isEntering, let number = numbers.last else {
            if !visit.isEntering { indents.removeLast() }
            return
        }
        let text = number < 0 ? "- " : "\(number). "
        marker = text
        if number >= 0 { numbers[numbers.count - 1] += 1 }
        indents.append(String(repeating: " ", count: text.count))
    }

    private mutating func link(_ visit: MarkdownDocument.Visit) {
        if visit.isEntering {
            linkStart.append(lines.count)
            return
        }
        let start = linkStart.removeLast()
        let label = String(decoding: lines[start...], as: UTF8.self)
        let target = visit.url.hasPrefix("mailto:") ? String(visit.url.dropFirst(7)) : visit.url
        if !target.isEmpty, !label.hasSuffix(target), !label.hasSuffix(visit.url) {
            let address = PlainText.unbroken(target)
            add(label.isEmpty ? address : " (\(address))")
        }
    }

    /// The target with what would end it for a program that finds links in a text encoded; other languages' letters stay
    /// readable (RFC 3987).
    private static func unbroken(_ target: String) -> String {
        var octets: [UInt8] = []
        for octet in target.utf8 {
            if octet <= 0x20 || octet == 0x7F || "\"<>".utf8.contains(octet) {
                octets.append(percent: octet)
            } else {
                octets.append(octet)
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private mutating func newLine() { pending = max(pending, 1) }

    private mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    /// Adds text behind the line ends that are due, with the indents of quotes and lists.
    private mutating func add(_ text: UnsafeRawBufferPointer) {
        guard !text.isEmpty else { return }
        let isLineStart = pending > 0 || lines.isEmpty
        if !lines.isEmpty { for _ in 0..<pending { lines.append(PlainText.lineEnd) } }
        pending = 0
        if isLineStart {
            for indent in marker == nil ? indents[...] : indents.dropLast() { lines.append(contentsOf: indent.utf8) }
            if let marker { lines.append(contentsOf: marker.utf8) }
            marker = nil
        }
        lines.append(contentsOf: text)
    }
}
