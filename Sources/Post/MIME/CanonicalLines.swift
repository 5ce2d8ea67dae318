#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The one place where line ends become what mail wants: CR LF, each, and nothing else with a CR or LF in it.
package enum CanonicalLines {
    private static let cr = UInt8(ascii: "\r")
    private static let lf = UInt8(ascii: "\n")

    /// `bytes` with every CR LF, lone CR and lone LF as CR LF, and one at the end unless it is empty.
    package static func crlf(_ bytes: [UInt8]) -> [UInt8] {
        if !bytes.withUnsafeBytes({ Self.has(cr, in: $0) }) { return expanded(bytes) }
        if isCanonical(bytes) { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 16 + 2)
        var previous: UInt8 = 0
        for byte in bytes {
            switch byte {
            case cr: result += [cr, lf]
            case lf where previous == cr: break
            case lf: result += [cr, lf]
            default: result.append(byte)
            }
            previous = byte
        }
        if !result.isEmpty, previous != cr, previous != lf { result += [cr, lf] }
        return result
    }

    /// `crlf` of what has no CR, as all that we compose: whole lines are copied.
    private static func expanded(_ bytes: [UInt8]) -> [UInt8] {
        var lines = 0
        let rest = forEachLine(of: bytes) { _ in lines += 1 }
        let size = bytes.count + lines + (rest > 0 ? 2 : 0)
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            func add(_ text: UnsafeBufferPointer<UInt8>) {
                let end = UnsafeMutableBufferPointer(rebasing: buffer[count...]).update(fromContentsOf: text)
                buffer[count + end] = cr
                buffer[count + end + 1] = lf
                count += end + 2
            }
            count = 0
            forEachLine(of: bytes) { add(UnsafeBufferPointer(rebasing: $0.dropLast())) }
            bytes.withUnsafeBufferPointer { if rest > 0 { add(UnsafeBufferPointer(rebasing: $0.suffix(rest))) } }
        }
    }

    private static func has(_ byte: UInt8, in bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.baseAddress.map { memchr($0, Int32(byte), bytes.count) != nil } ?? false
    }

    /// `bytes` with every CR LF, lone CR and lone LF as LF, and one at the end unless it is empty.
    package static func lf(_ bytes: [UInt8]) -> [UInt8] {
        if !bytes.withUnsafeBytes({ Self.has(cr, in: $0) }) {
            return bytes.isEmpty || bytes.last == lf ? bytes : bytes + [lf]
        }
        let lines = crlf(bytes)
        return lines.contains(cr) ? lines.filter { $0 != cr } : lines
    }

    /// Whether every CR and LF stands in a CR LF, and a last one ends the bytes.
    package static func isCanonical(_ bytes: [UInt8]) -> Bool {
        var isCanonical = true
        let rest = forEachLine(of: bytes) { line in
            // All but the last two octets of a line are neither; the last two are CR LF.
            let text = line.count - 2
            let hasLoneCR = line.baseAddress.map { text > 0 && memchr($0, Int32(cr), text) != nil } ?? false
            if text < 0 || line[text] != cr || hasLoneCR { isCanonical = false }
        }
        return isCanonical && rest == 0
    }

    /// Gives each line of `bytes` with the LF that ends it; the number of octets after the last LF.
    ///
    /// By `memchr`, because messages of megabytes pass here.
    @discardableResult
    package static func forEachLine(of bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Int {
        bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            var start = 0
            while let found = memchr(base + start, Int32(lf), buffer.count - start) {
                let next = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
                body(UnsafeBufferPointer(start: base + start, count: next - start))
                start = next
            }
            return buffer.count - start
        }
    }
}
