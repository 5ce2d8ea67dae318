/// What stands between two tags, or the whole of a template.
struct Body: Sendable {
    var nodes: [Node] = []
    /// Whether nothing in it can be seen; then its white space is not written.
    var isBlank = true

    mutating func append(_ node: Node, isBlank: Bool) {
        nodes.append(node)
        self.isBlank = self.isBlank && isBlank
    }

    /// Drops the texts of a body that shows nothing.
    mutating func dropBlankTexts() {
        nodes.removeAll { node in
            if case .text = node { return true }
            return false
        }
    }
}

/// One thing of a template, in the order in which they stand.
enum Node: Sendable {
    /// The octets of the source from the first offset up to the second.
    case text(Int, Int)
    case output(Output)
    case tag(any Tag)
}

/// A tag that was read: it renders, and tells what it uses.
protocol Tag: AnyObject, Sendable {
    /// Whether it never shows anything.
    var isBlank: Bool { get }
    /// Renders it.
    func render(_ renderer: inout Renderer) throws(Stop)
    /// Tells `survey` of the variables, filters, templates and choices in it.
    func survey(_ survey: inout Survey)
}

/// The tags there are.
enum TagTable {
    /// Reads a tag whose head was found; `nil` where it can't be read, which is reported.
    typealias Reader = @Sendable (inout TemplateParser, TagHead) -> (any Tag)?

    static let readers: [String: Reader] = [
        "#": InlineCommentTag.read, "assign": AssignTag.read, "break": InterruptTag.readBreak,
        "capture": CaptureTag.read, "case": CaseTag.read, "comment": CommentTag.read,
        "continue": InterruptTag.readContinue, "cycle": CycleTag.read, "decrement": CounterTag.readDecrement,
        "doc": DocTag.read, "echo": EchoTag.read, "for": ForTag.read, "if": IfTag.read,
        "ifchanged": IfChangedTag.read, "include": IncludeTag.read, "increment": CounterTag.readIncrement,
        "liquid": { _, _ in nil }, "raw": RawTag.read, "render": RenderTag.read, "skip": SkipTag.read,
        "spin": SpinTag.read, "tablerow": TableRowTag.read, "unless": IfTag.readUnless,
    ]

    /// The tags that go on up to an `end` tag.
    static let blocks: Set = [
        "capture", "case", "comment", "doc", "for", "if", "ifchanged", "raw", "spin", "tablerow", "unless",
    ]

    /// The tags that can stand anywhere, and the ends of blocks.
    static let names = readers.keys.sorted() + blocks.sorted().map { "end" + $0 }

    /// The parts that a block may have.
    static func parts(of block: String) -> [String] {
        switch block {
        case "if", "unless": ["elsif", "else"]
        case "case": ["when", "else"]
        case "for": ["else"]
        case "spin": ["or"]
        default: []
        }
    }

    /// What a part of a block belongs to; `nil` for a name that is no part.
    static func owner(ofPart name: String) -> String? {
        switch name {
        case "else": "\"if\", \"unless\", \"case\" or \"for\""
        case "elsif": "\"if\" or \"unless\""
        case "when": "\"case\""
        case "or": "\"spin\""
        default: name.hasPrefix("end") && blocks.contains(String(name.dropFirst(3))) ? "\"\(name.dropFirst(3))\"" : nil
        }
    }
}
