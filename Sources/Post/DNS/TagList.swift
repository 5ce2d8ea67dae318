/// `v=DMARC1; p=none`: the tags of DKIM keys and DMARC policies (RFC 6376 3.2), in their order.
struct TagList {
    private let tags: [(name: String, value: String)]

    init(_ text: String) {
        tags = text.split(separator: ";").compactMap { tag in
            let halves = tag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { return nil }
            return (TagList.trimmed(halves[0]).lowercased(), TagList.trimmed(halves[1]))
        }
    }

    /// The first tag's name.
    var first: String? { tags.first?.name }

    /// The value of the tag; `nil` where it is not there.
    subscript(name: String) -> String? { tags.first { $0.name == name }?.value }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.prefix(start.count - start.reversed().prefix(while: \.isWhitespace).count))
    }
}
