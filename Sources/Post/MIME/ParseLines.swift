#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One line of octets: where its content ends and where the next line starts.
struct Line {
    /// The offset after the content, before CR LF or LF.
    var end: Int
    /// The offset of the next line; the end of the octets for the last one.
    var next: Int
    /// Whether it has no content.
    var isEmpty: Bool
}

/// Finds line ends in octets, at the C library's speed.
enum Lines {
    /// The line at `start`, which ends at `limit` at the latest; LF and CR LF end a line, a bare CR does not.
    static func line(in bytes: [UInt8], from start: Int, to limit: Int) -> Line {
        let newline = index(of: 10, in: bytes, from: start, to: limit)
        var end = newline ?? limit
        if newline != nil, end > start, bytes[end - 1] == 13 { end -= 1 }
        return Line(end: end, next: newline.map { $0 + 1 } ?? limit, isEmpty: end == start)
    }

    /// The offset after all lines from `start` that begin with a blank: a folded field's end.
    static func foldedEnd(in bytes: [UInt8], from start: Int, to limit: Int) -> Int {
        var at = start
        while at < limit, bytes[at] == 32 || bytes[at] == 9 {
            let line = line(in: bytes, from: at, to: limit)
            // QUIRK: a line of blanks alone is an empty line to many mailers; it must not swallow the body.
            if isBlank(bytes[at..<line.end]) { break }
            at = line.next
        }
        return at
    }

    /// Whether a line's content is blanks alone.
    static func isBlank(_ content: ArraySlice<UInt8>) -> Bool { content.allSatisfy { $0 == 32 || $0 == 9 } }

    private static func index(of byte: UInt8, in bytes: [UInt8], from start: Int, to limit: Int) -> Int? {
        guard start < limit else { return nil }
        return bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, let hit = memchr(base + start, Int32(byte), limit - start) else {
                return nil
            }
            return UnsafeRawPointer(hit) - base
        }
    }
}
