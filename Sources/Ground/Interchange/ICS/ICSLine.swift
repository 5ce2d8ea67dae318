/// A content line (RFC 5545 section 3.1), unfolded: `NAME;PARAMETER=value:value`.
struct ICSLine {
    /// In upper case.
    var name: String
    /// Names in upper case, quotes taken off.
    var parameters: [String: String] = [:]
    var value: String
    /// The line of the file on which it starts, from 1, and that line's text, for findings.
    var number: Int
    var text: String

    /// The content lines of a file; `nil` stands for one that has no colon, with its number and text.
    static func lines(in bytes: [UInt8]) -> [(line: ICSLine?, number: Int, text: String)] {
        physicalLines(bytes).map { number, first, octets in
            let text = String(decoding: first, as: UTF8.self)
            return (parse(octets, number: number, text: text), number, text)
        }
    }

    /// Lines with their continuations, which start with a space or a tab; the fold may part a character's octets.
    private static func physicalLines(_ bytes: [UInt8]) -> [(Int, ArraySlice<UInt8>, [UInt8])] {
        var lines: [(Int, ArraySlice<UInt8>, [UInt8])] = []
        var number = 0
        let start = bytes.starts(with: UTF8Check.byteOrderMark) ? 3 : 0
        for var line in bytes[start...].split(separator: .lineFeed, omittingEmptySubsequences: false) {
            number += 1
            if line.last == .carriageReturn { line = line.dropLast() }
            if let first = line.first, first == 0x20 || first == 0x09, !lines.isEmpty {
                lines[lines.count - 1].2 += line.dropFirst()
            } else if !line.isEmpty {
                lines.append((number, line, Array(line)))
            }
        }
        return lines
    }

    private static func parse(_ octets: [UInt8], number: Int, text: String) -> ICSLine? {
        var parts: [[UInt8]] = [[]]
        var isQuoted = false
        for (offset, byte) in octets.enumerated() {
            switch byte {
            case .quote: isQuoted.toggle()
            case UInt8(ascii: ";") where !isQuoted: parts.append([])
            case UInt8(ascii: ":") where !isQuoted:
                let value = String(decoding: octets[(offset + 1)...], as: UTF8.self)
                return ICSLine(parts, value: value, number: number, text: text)
            default: parts[parts.count - 1].append(byte)
            }
        }
        return nil
    }

    private init(_ parts: [[UInt8]], value: String, number: Int, text: String) {
        let parts = parts.map { String(decoding: $0, as: UTF8.self) }
        self.name = parts[0].uppercased()
        self.value = value
        self.number = number
        self.text = text
        for parameter in parts.dropFirst() {
            let halves = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if halves.count == 2 { parameters[halves[0].uppercased()] = String(halves[1]) }
        }
    }

    /// The value as text: `\n`, `\,`, `\;` and `\\` (RFC 5545 section 3.3.11).
    var unescapedValue: String {
        var text = ""
        var isEscaped = false
        for scalar in value.unicodeScalars {
            if isEscaped {
                text.unicodeScalars.append(scalar == "n" || scalar == "N" ? "\n" : scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
