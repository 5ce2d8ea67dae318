/// Splits a message into its leaves in one pass, with a stack of open multiparts instead of recursion.
struct PartSplitter {
    private let bytes: [UInt8]
    private let limits: ParseLimits
    private var headers: HeaderReader
    private var textLeft: Int
    private var open: [Container] = []
    private var result: ParsedMessage

    /// A multipart whose closing delimiter has not come yet.
    private struct Container {
        var boundary: [UInt8]
        var type: String
    }

    /// A part whose body is being passed over.
    private struct Leaf {
        var header: HeaderFields
        var type: ContentType
        var start: Int
        var depth: Int
        var container: String
    }

    init(bytes: [UInt8], limits: ParseLimits) {
        self.bytes = bytes
        self.limits = limits
        self.headers = HeaderReader(bytes: bytes, limits: limits, fieldsLeft: limits.fields)
        self.textLeft = limits.text
        self.result = ParsedMessage(
            header: HeaderFields(), contentType: ContentType("text/plain"), parts: [], deliveryStatus: [],
            feedbackReport: nil, dispositionNotification: nil, embedded: [], calendars: [], isTruncated: false)
    }

    mutating func message() -> ParsedMessage {
        let (header, body) = headers.read(from: firstLine, to: bytes.count)
        result.header = header
        result.contentType = Self.type(of: header, in: nil)
        var leaf = begin(header, at: body)
        var at = body
        while at < bytes.count {
            let line = Lines.line(in: bytes, from: at, to: bytes.count)
            if let (level, isClosing) = delimiter(at..<line.end) {
                if let leaf { finish(leaf, at: at) }
                leaf = nil
                open.removeSubrange((isClosing ? level : level + 1)...)
                at = line.next
                if !isClosing {
                    let (header, body) = headers.read(from: at, to: bytes.count)
                    leaf = begin(header, at: body)
                    at = body
                }
            } else {
                at = line.next
            }
        }
        if let leaf { finish(leaf, at: bytes.count) }
        if result.parts.isEmpty { finish(wholeBody(from: body), at: bytes.count) }
        if headers.fieldsLeft == 0 || textLeft == 0 { result.isTruncated = true }
        return result
    }

    /// QUIRK: blank lines before the header occur in stored messages; a header must follow them.
    private var firstLine: Int {
        var at = 0
        while at < bytes.count {
            let line = Lines.line(in: bytes, from: at, to: bytes.count)
            guard Lines.isBlank(bytes[at..<line.end]) else { break }
            at = line.next
        }
        return at == bytes.count ? 0 : at
    }

    /// A multipart whose delimiters never come is read as the text it is.
    private func wholeBody(from start: Int) -> Leaf {
        Leaf(header: result.header, type: ContentType("text/plain"), start: start, depth: 0, container: "")
    }

    /// Whether the message calls itself a delivery report without being one: a gateway wrapped a report it passed on.
    private var isWrapper: Bool {
        result.contentType.parameters["report-type"] == "delivery-status"
            && result.contentType.name != "multipart/report"
    }

    /// Opens a multipart, or answers the leaf that begins.
    private mutating func begin(_ header: HeaderFields, at body: Int) -> Leaf? {
        let container = open.last?.type ?? ""
        let type = Self.type(of: header, in: open.last?.type)
        if type.isMultipart, let boundary = boundary(of: type, at: body) {
            if open.count < limits.depth {
                open.append(Container(boundary: boundary, type: type.name))
                return nil
            }
            result.isTruncated = true
        } else if type.isMultipart, open.isEmpty {
            // Nothing delimits its parts, so it is the text it looks like.
            return Leaf(header: header, type: ContentType("text/plain"), start: body, depth: 0, container: "")
        }
        if type.name == "message/rfc822", isWrapper {
            let (inner, start) = headers.read(from: Self.skippingEmptyLines(bytes, body, bytes.count), to: bytes.count)
            if Self.type(of: inner, in: nil).name == "multipart/report" { return begin(inner, at: start) }
        }
        return Leaf(header: header, type: type, start: body, depth: open.count, container: container)
    }

    /// A multipart's boundary.
    ///
    /// QUIRK: gateways lose the parameter; then the first line that begins with two hyphens before a field of a part is
    /// taken for the delimiter.
    private func boundary(of type: ContentType, at body: Int) -> [UInt8]? {
        if let named = type.parameters["boundary"], !named.isEmpty { return Array(named.utf8) }
        var at = body
        for _ in 0..<50 where at < bytes.count {
            let line = Lines.line(in: bytes, from: at, to: bytes.count)
            let next = bytes[min(line.next, bytes.count)...].prefix(8).map { $0 | 32 }
            if line.end - at > 4, bytes[at] == 45, bytes[at + 1] == 45, next == Array("content-".utf8) {
                return Array(bytes[(at + 2)..<line.end])
            }
            at = line.next
        }
        return nil
    }

    /// The innermost open multipart that the line delimits, and whether it closes it (RFC 2046, section 5.1.1).
    private func delimiter(_ line: Range<Int>) -> (level: Int, isClosing: Bool)? {
        guard line.count > 2, bytes[line.lowerBound] == 45, bytes[line.lowerBound + 1] == 45 else { return nil }
        for level in open.indices.reversed() {
            let rest = bytes[(line.lowerBound + 2)..<line.upperBound]
            guard rest.starts(with: open[level].boundary) else { continue }
            let tail = rest.dropFirst(open[level].boundary.count)
            if tail.allSatisfy({ $0 == 32 || $0 == 9 }) { return (level, false) }
            if tail.starts(with: [45, 45]) { return (level, true) }
        }
        return nil
    }

    private mutating func finish(_ leaf: Leaf, at delimiter: Int) {
        guard result.parts.count < limits.parts else {
            result.isTruncated = true
            return
        }
        let body = bytes[leaf.start..<max(leaf.start, contentEnd(before: delimiter))]
        let disposition = ContentType(field: leaf.header["content-disposition"] ?? "").name
        let text = isRead(leaf.type, disposition) ? text(of: body, leaf) : nil
        read(leaf.type, text, at: leaf.start, to: delimiter)
        result.parts.append(
            ParsedMessage.Part(
                header: leaf.header, contentType: leaf.type, disposition: disposition, depth: leaf.depth,
                container: leaf.container, text: text))
    }

    /// The line end before a delimiter belongs to the delimiter.
    private func contentEnd(before delimiter: Int) -> Int {
        guard delimiter < bytes.count, delimiter > 0 else { return delimiter }
        return delimiter > 1 && bytes[delimiter - 2] == 13 ? delimiter - 2 : delimiter - 1
    }

    /// Whether a part's text is worth decoding: an attached log or page is not part of what the writer says.
    private func isRead(_ type: ContentType, _ disposition: String) -> Bool {
        if Self.reports.contains(type.name) { return true }
        guard type.isText || type.isMultipart else { return false }
        return disposition != "attachment" || type.name == "text/calendar"
    }

    private static let reports: Set<String> = [
        "message/delivery-status", "message/global-delivery-status", "message/feedback-report",
        "message/disposition-notification", "message/global-disposition-notification", "application/ics",
    ]

    private mutating func text(of body: ArraySlice<UInt8>, _ leaf: Leaf) -> String {
        let taken = body.prefix(textLeft)
        textLeft -= taken.count
        let decoded = TextDecoder.decoded(taken, encoding: leaf.header["content-transfer-encoding"])
        return TextDecoder.text(decoded, charset: leaf.type.parameters["charset"])
    }

    /// Takes from a finished leaf what is not its text: report fields, embedded headers, calendars.
    private mutating func read(_ type: ContentType, _ text: String?, at start: Int, to end: Int) {
        switch type.name {
        case "message/delivery-status", "message/global-delivery-status":
            result.deliveryStatus += FieldGroups.read(text ?? "", limits: limits)
        case "message/feedback-report":
            result.feedbackReport = FieldGroups.read(text ?? "", limits: limits).first
        case "message/disposition-notification", "message/global-disposition-notification":
            result.dispositionNotification = FieldGroups.read(text ?? "", limits: limits).first
        case "message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers",
            "message/global-headers":
            let (header, _) = headers.read(from: Self.skippingEmptyLines(bytes, start, end), to: end)
            if !header.isEmpty { result.embedded.append(header) }
        case "text/calendar", "application/ics":
            result.calendars += CalendarObject.read(text ?? "", method: type.parameters["method"])
        default: break
        }
    }

    private static func skippingEmptyLines(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
        var at = start
        while at < end, bytes[at] == 10 || bytes[at] == 13 { at += 1 }
        return at
    }

    private static func type(of header: HeaderFields, in container: String?) -> ContentType {
        if let field = header["content-type"], !field.isEmpty { return ContentType(field: field) }
        return ContentType(container == "multipart/digest" ? "message/rfc822" : "text/plain")
    }
}
