/// One node of a YAML file: what was written, and where.
///
/// Scalars are text whatever they look like (`NO`, `off`, `1.10`); the type of the key that holds one decides what it
/// means. Places are octet ranges of the file, turned into lines and columns only when something is to be said.
struct Node: Sendable {
    /// What stands there.
    var content: Content
    /// The octets it takes in the file.
    var range: Range<Int>

    indirect enum Content: Sendable {
        /// Nothing after the colon, or `~`.
        case nothing
        /// A text. A plain one has no quotes and is on its own.
        case text(String, isPlain: Bool)
        case list([Node])
        case mapping([Entry])
        /// Something that was reported already: an alias, what lies too deep.
        case refused
    }

    /// A key and its value.
    struct Entry: Sendable {
        var key: String
        /// The octets of the key.
        var keyRange: Range<Int>
        var value: Node
    }

    /// The entries of a mapping; none for anything else.
    var entries: [Entry] {
        guard case .mapping(let entries) = content else { return [] }
        return entries
    }

    /// The elements of a list; none for anything else.
    var elements: [Node] {
        guard case .list(let elements) = content else { return [] }
        return elements
    }

    /// The text of a scalar.
    var text: String? {
        guard case .text(let text, _) = content else { return nil }
        return text
    }

    /// The value of a key of a mapping.
    subscript(key: String) -> Node? { entries.first { $0.key == key }?.value }

    /// What it is, for a sentence: `a list`.
    var kindName: String {
        switch content {
        case .nothing: "nothing"
        case .text: "a text"
        case .list: "a list"
        case .mapping: "a mapping"
        case .refused: "something refused"
        }
    }
}
