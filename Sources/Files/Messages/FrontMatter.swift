import Diagnostics

/// The head of a template: `key: the rest of the line` between two lines of `---`.
struct FrontMatter {
    /// One entry; `value` is the range of octets behind the colon, without blanks around it.
    struct Entry {
        var key: String
        var keyRange: Range<Int>
        var value: Range<Int>
    }

    var entries: [Entry] = []
    /// Where the body starts.
    var bodyStart = 0
    var findings: [Finding] = []

    /// The keys that a template may have.
    static let keys = ["subject", "preheader", "optional", "spintax"]

    init(_ source: SourceText) {
        let bytes = source.bytes
        var cursor = FrontMatter.skipMark(bytes)
        guard let first = FrontMatter.line(bytes, from: cursor), FrontMatter.isFence(bytes, first.range) else { return }
        cursor = first.next
        while let line = FrontMatter.line(bytes, from: cursor) {
            cursor = line.next
            if FrontMatter.isFence(bytes, line.range) {
                bodyStart = cursor
                return
            }
            read(line.range, of: source)
        }
        findings.append(
            Finding(
                .unclosedFrontMatter, "the front matter has no second `---`", at: source.place(first.range),
                hint: "close it with a line of three hyphens before the body"))
        bodyStart = bytes.count
    }

    func value(_ key: String) -> Range<Int>? { entries.first { $0.key == key }?.value }

    private mutating func read(_ range: Range<Int>, of source: SourceText) {
        let bytes = source.bytes
        let text = FrontMatter.trim(range, bytes)
        guard !text.isEmpty, bytes[text.lowerBound] != UInt8(ascii: "#") else { return }
        guard let colon = bytes[text].firstIndex(of: UInt8(ascii: ":")) else {
            findings.append(
                Finding(
                    .badFrontMatter, "a line of the front matter is not `key: value`", at: source.place(text),
                    hint: "known keys: \(FrontMatter.keys.joined(separator: ", "))"))
            return
        }
        let keyRange = FrontMatter.trim(text.lowerBound..<colon, bytes)
        let key = String(decoding: bytes[keyRange], as: UTF8.self)
        let value = FrontMatter.trim(colon + 1..<text.upperBound, bytes)
        check(key, keyRange, source)
        entries.append(Entry(key: key, keyRange: keyRange, value: value))
    }

    private mutating func check(_ key: String, _ range: Range<Int>, _ source: SourceText) {
        if !FrontMatter.keys.contains(key) {
            findings.append(
                Finding(
                    .unknownFrontMatter, "unknown key `\(key)` in the front matter", at: source.place(range),
                    hint: NearestName.hint(among: FrontMatter.keys, to: key)
                        ?? "known keys: \(FrontMatter.keys.joined(separator: ", "))"))
        } else if entries.contains(where: { $0.key == key }) {
            findings.append(
                Finding(
                    .badFrontMatter, "`\(key)` stands twice in the front matter", at: source.place(range),
                    hint: "keep one of them"))
        }
    }

    /// Behind a byte order mark, which editors of some systems write.
    private static func skipMark(_ bytes: [UInt8]) -> Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

    private static func line(_ bytes: [UInt8], from start: Int) -> (range: Range<Int>, next: Int)? {
        guard start < bytes.count else { return nil }
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        let text = end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
        return (start..<text, min(end + 1, bytes.count))
    }

    private static func isFence(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        bytes[trim(line, bytes)].elementsEqual("---".utf8)
    }

    /// The range without blanks at its ends.
    private static func trim(_ range: Range<Int>, _ bytes: [UInt8]) -> Range<Int> {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high, [0x20, 0x09].contains(bytes[low]) { low += 1 }
        while high > low, [0x20, 0x09].contains(bytes[high - 1]) { high -= 1 }
        return low..<high
    }
}
