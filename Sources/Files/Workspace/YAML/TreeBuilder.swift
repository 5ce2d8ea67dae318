import Diagnostics

/// Makes a tree of events, and findings of what Stoke's files do not use.
struct TreeBuilder {
    private let source: SourceText
    private(set) var root: Node?
    private(set) var findings: [Finding] = []
    /// Nothing more is wanted.
    private(set) var isDone = false
    private var stack: [Frame] = []
    private var documents = 0
    /// How many collections are open inside one that is ignored.
    private var ignored = 0

    /// How much deeper than the limit the rest of a file is still read, to find what else is wrong.
    private static let patience = 100

    /// A collection whose end has not come.
    private struct Frame {
        var isMapping: Bool
        var start: Int
        var elements: [Node] = []
        var entries: [Node.Entry] = []
        /// Where a key stands in `entries`, so that a large mapping is not searched for each.
        var places: [String: Int] = [:]
        /// A key that waits for its value; its text is `nil` where it is no text.
        var key: (text: String?, range: Range<Int>)?
    }

    init(source: SourceText) { self.source = source }

    mutating func startDocument(_ range: Range<Int>) {
        documents += 1
        guard documents > 1 else { return }
        report(.yamlDocuments, "a second document", range, hint: "a file holds one; remove what follows the ---")
        isDone = true
    }

    mutating func end() { isDone = true }

    /// Reports an anchor and a tag of the node that comes.
    mutating func mark(anchor: String?, tag: String?, _ range: Range<Int>) {
        guard ignored == 0 else { return }
        if let anchor {
            let written = "&" + anchor
            let at = find(written, in: range)
            report(.yamlAlias, "an anchor, \(written)", at, hint: "write the value out where it is needed")
        }
        if let tag {
            let short = tag.hasPrefix("tag:yaml.org,2002:") ? "!!" + tag.dropFirst(18) : tag
            report(.yamlTag, "a tag, \(short)", find(short, in: range), hint: "remove it: each key knows its type")
        }
    }

    mutating func alias(_ range: Range<Int>) {
        guard ignored == 0 else { return }
        report(.yamlAlias, "an alias", range, hint: "write the value out where it is needed")
        add(Node(content: .refused, range: range))
    }

    mutating func scalar(_ text: String, isPlain: Bool, _ range: Range<Int>) {
        guard ignored == 0 else { return }
        let isNothing = isPlain && (text.isEmpty || text == "~")
        add(Node(content: isNothing ? .nothing : .text(text, isPlain: isPlain), range: range))
    }

    mutating func open(isMapping: Bool, _ range: Range<Int>) {
        if ignored > 0 {
            ignored += 1
            // libyaml's time grows with the square of the depth, so a file of brackets is given up.
            if ignored > Self.patience { isDone = true }
        } else if stack.count >= YAMLDocument.depthLimit {
            report(.yamlDepth, "more than \(YAMLDocument.depthLimit) levels deep", range, hint: nil)
            ignored = 1
        } else {
            stack.append(Frame(isMapping: isMapping, start: range.lowerBound))
        }
    }

    mutating func close(_ range: Range<Int>) {
        if ignored > 0 {
            ignored -= 1
            if ignored == 0 { add(Node(content: .refused, range: range)) }
            return
        }
        guard let frame = stack.popLast() else { return }
        let content: Node.Content = frame.isMapping ? .mapping(frame.entries) : .list(frame.elements)
        add(Node(content: content, range: frame.start..<max(frame.start, range.upperBound)))
    }

    /// The parser gave up at `offset`; what is open is closed there, so that what was read can still be judged.
    mutating func fail(_ problem: String, at offset: Int) {
        report(.yamlSyntax, problem, offset..<offset + 1, hint: nil)
        isDone = true
        root = nil
    }

    /// Puts a node where it belongs: into the list, behind its key, as a key, or at the top.
    private mutating func add(_ node: Node) {
        guard let last = stack.indices.last else {
            if root == nil { root = node }
            return
        }
        guard stack[last].isMapping else {
            stack[last].elements.append(node)
            return
        }
        if let key = stack[last].key {
            stack[last].key = nil
            if let text = key.text { addEntry(Node.Entry(key: text, keyRange: key.range, value: node), to: last) }
        } else {
            stack[last].key = (keyText(node), node.range)
        }
    }

    private mutating func keyText(_ node: Node) -> String? {
        switch node.content {
        case .text(let text, _): return text
        case .refused: return nil
        case .nothing, .list, .mapping:
            report(.yamlKey, "a key must be a text, this is \(node.kindName)", node.range, hint: nil)
            return nil
        }
    }

    private mutating func addEntry(_ entry: Node.Entry, to frame: Int) {
        if let place = stack[frame].places[entry.key] {
            let first = stack[frame].entries[place]
            findings.append(
                Finding(
                    .duplicateKey, "the key \"\(entry.key)\" stands here a second time",
                    at: source.place(entry.keyRange), hint: "keep one of them",
                    notes: [Finding.Note("the first one", at: source.place(first.keyRange))]))
        } else {
            stack[frame].places[entry.key] = stack[frame].entries.count
            stack[frame].entries.append(entry)
        }
    }

    /// Where `text` stands in the octets from the start of `range` on; the range itself where it does not.
    private func find(_ text: String, in range: Range<Int>) -> Range<Int> {
        let wanted = Array(text.utf8)
        let end = min(range.lowerBound + 4096, source.bytes.count)
        var start = range.lowerBound
        while start + wanted.count <= end {
            if source.bytes[start..<start + wanted.count].elementsEqual(wanted) { return start..<start + wanted.count }
            start += 1
        }
        return range
    }

    private mutating func report(_ code: FindingCode, _ message: String, _ range: Range<Int>, hint: String?) {
        findings.append(Finding(code, message, at: source.place(range), hint: hint))
    }
}
