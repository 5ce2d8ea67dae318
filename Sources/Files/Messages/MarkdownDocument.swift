import CMark

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A parsed Markdown text (CommonMark); owns cmark's tree.
///
/// Raw HTML in it is left out, and links that are no `http`, `https`, `mailto` or `tel` lose their target:
/// neither has a place in a message that is written for one person.
final class MarkdownDocument {
    private let root: OpaquePointer

    /// `nil` only when memory is short.
    init?(_ text: String, hardBreaks: Bool = false, disarmed: Bool = true) {
        var text = text
        let options = hardBreaks ? CMARK_OPT_HARDBREAKS : CMARK_OPT_DEFAULT
        let parsed = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cmark_parse_document($0.baseAddress, $0.count, options) }
        }
        guard let parsed else { return nil }
        root = parsed
        self.hardBreaks = hardBreaks
        prepare(disarmed: disarmed)
    }

    deinit { cmark_node_free(root) }

    private let hardBreaks: Bool

    /// The body's HTML: paragraphs, lists, links; no document around it.
    var html: String {
        let options = hardBreaks ? CMARK_OPT_HARDBREAKS : CMARK_OPT_DEFAULT
        guard let rendered = cmark_render_html(root, options) else { return "" }
        defer { cmark_get_default_mem_allocator().pointee.free(rendered) }
        return String(cString: rendered)
    }

    /// One step of a walk through the tree.
    struct Visit {
        let node: OpaquePointer
        /// `false` when the node is left.
        let isEntering: Bool

        var type: cmark_node_type { cmark_node_get_type(node) }
        /// Lends the octets of what stands in it.
        func withLiteral(_ body: (UnsafeRawBufferPointer) -> Void) {
            guard let literal = cmark_node_get_literal(node) else { return }
            body(UnsafeRawBufferPointer(start: literal, count: strlen(literal)))
        }

        var literal: String { cmark_node_get_literal(node).map { String(cString: $0) } ?? "" }
        var url: String { cmark_node_get_url(node).map { String(cString: $0) } ?? "" }
        var title: String { cmark_node_get_title(node).map { String(cString: $0) } ?? "" }
        var parentType: cmark_node_type? { cmark_node_parent(node).map { cmark_node_get_type($0) } }
        var isFirst: Bool { cmark_node_previous(node) == nil }
        var isTight: Bool { cmark_node_get_list_tight(node) != 0 }
        var isOrdered: Bool { cmark_node_get_list_type(node) == CMARK_ORDERED_LIST }
        var listStart: Int { Int(cmark_node_get_list_start(node)) }
    }

    /// Visits every node, in document order, entering and leaving it.
    func walk(_ body: (Visit) -> Void) {
        guard let iterator = cmark_iter_new(root) else { return }
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            guard event == CMARK_EVENT_ENTER || event == CMARK_EVENT_EXIT else { return }
            guard let node = cmark_iter_get_node(iterator) else { return }
            body(Visit(node: node, isEntering: event == CMARK_EVENT_ENTER))
        }
    }

    /// A link: where it goes, and where it stands.
    struct Link {
        let target: String
        /// Whether there is a text to click on.
        let hasText: Bool
        /// The first line of the paragraph, heading or cell that it stands in, from 1.
        let line: Int
    }

    /// Its links, in document order.
    var links: [Link] {
        var links: [Link] = []
        walk { visit in
            guard visit.isEntering, visit.type == CMARK_NODE_LINK else { return }
            var block = visit.node
            while !Self.isBlock(block), let parent = cmark_node_parent(block) { block = parent }
            links.append(
                Link(
                    target: visit.url, hasText: cmark_node_first_child(visit.node) != nil,
                    line: Int(cmark_node_get_start_line(block))))
        }
        return links
    }

    private static func isBlock(_ node: OpaquePointer) -> Bool {
        let type = cmark_node_get_type(node).rawValue
        return type >= CMARK_NODE_FIRST_BLOCK.rawValue && type <= CMARK_NODE_LAST_BLOCK.rawValue
    }

    /// Gives the values that the text was made with their marks back, and takes away what has no place in a message: raw
    /// HTML, and the targets of links that go where none should.
    private func prepare(disarmed: Bool) {
        var raw: [OpaquePointer] = []
        walk { visit in
            guard visit.isEntering else { return }
            let node = visit.node
            switch visit.type {
            case CMARK_NODE_TEXT, CMARK_NODE_CODE, CMARK_NODE_CODE_BLOCK:
                let text = cmark_node_get_literal(node).flatMap { MarkdownData.undressed($0) }
                if let text { text.withCString { _ = cmark_node_set_literal(node, $0) } }
            case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
                let url = cmark_node_get_url(node).flatMap { MarkdownData.undressedTarget($0) }
                if let url { url.withCString { _ = cmark_node_set_url(node, $0) } }
                let title = cmark_node_get_title(node).flatMap { MarkdownData.undressed($0) }
                if let title { title.withCString { _ = cmark_node_set_title(node, $0) } }
                if disarmed, !LinkScheme.isAllowed(visit.url) { cmark_node_set_url(node, "") }
            case CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE: if disarmed { raw.append(node) }
            default: break
            }
        }
        for node in raw { cmark_node_free(node) }
    }

    /// The raw HTML in it, as written.
    var rawHTML: [String] {
        var raw: [String] = []
        walk { visit in
            guard visit.isEntering, [CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE].contains(visit.type) else { return }
            raw.append(visit.literal)
        }
        return raw
    }
}

extension [UInt8] {
    /// Lends octets that a NUL ends.
    fileprivate func withCString(_ body: (UnsafePointer<CChar>?) -> Void) {
        withUnsafeBytes { $0.withMemoryRebound(to: CChar.self) { body($0.baseAddress) } }
    }
}

/// Which links a message may carry.
package enum LinkScheme {
    /// The schemes that a reader's program opens without harm.
    package static let allowed = ["http", "https", "mailto", "tel"]

    /// Whether the target has one of them; `javascript:` and a path without a host do not.
    package static func isAllowed(_ target: String) -> Bool {
        guard let colon = target.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        return allowed.contains(target[..<colon].lowercased())
    }
}
