import Diagnostics

/// What is wrong with the octets of a YAML file before any grammar is asked, and the octets with it mended.
///
/// The mended text has the same lines, so that the parser can go on and find what else is wrong.
struct YAMLScreen {
    /// The text to parse: UTF-8, no tabs, no control characters, no byte order mark.
    private(set) var source: SourceText
    /// Where a line has its first of a kind.
    private(set) var findings: [Finding] = []

    static let limit = 1_000_000

    /// - Returns: `nil`, with one finding in `findings`, where the file is too large to read at all.
    static func screen(file: String, bytes: [UInt8]) -> YAMLScreen {
        var screen = YAMLScreen(source: SourceText(file: file, bytes: []))
        if bytes.count > limit {
            let size = "the file has \(bytes.count) octets, more than \(limit)"
            screen.findings.append(Finding(.fileTooLarge, size, at: Place(file: file, line: 1, column: 1)))
            return screen
        }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        let text = screen.repaired(body, file: file)
        screen.source = SourceText(file: file, bytes: screen.blanked(text, file: file))
        return screen
    }

    /// Where the lines of a text are not UTF-8.
    static func encodingFindings(file: String, bytes: [UInt8]) -> [Finding] {
        var screen = YAMLScreen(source: SourceText(file: file, bytes: []))
        _ = screen.repaired(bytes, file: file)
        return screen.findings
    }

    private init(source: SourceText) { self.source = source }

    /// The text as UTF-8; each line that is not gets a finding at its first bad octet.
    private mutating func repaired(_ bytes: [UInt8], file: String) -> [UInt8] {
        if String(validating: bytes, as: UTF8.self) != nil { return bytes }
        let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
        let source = SourceText(file: file, bytes: repaired)
        var lineStart = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let text = Array(String(decoding: line, as: UTF8.self).utf8)
            if let offset = zip(line, text).enumerated().first(where: { $0.element.0 != $0.element.1 })?.offset {
                findings.append(
                    Finding(
                        .yamlEncoding, "the text is not UTF-8 here", at: source.place(at: lineStart + offset),
                        hint: "save the file as UTF-8"))
            }
            lineStart += text.count + 1
        }
        return repaired
    }

    /// The text with tabs and control characters as spaces; the first of each line is reported.
    private mutating func blanked(_ bytes: [UInt8], file: String) -> [UInt8] {
        func isRefused(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x0A && byte != 0x0D || byte == 0x7F }
        guard bytes.contains(where: isRefused) else { return bytes }
        let source = SourceText(file: file, bytes: bytes)
        var blanked = bytes
        var isReported = false
        for (offset, byte) in bytes.enumerated() {
            if byte == 0x0A { isReported = false }
            guard isRefused(byte) else { continue }
            blanked[offset] = 0x20
            if !isReported { findings.append(Self.finding(byte, at: source.place(at: offset))) }
            isReported = true
        }
        return blanked
    }

    private static func finding(_ byte: UInt8, at place: Place) -> Finding {
        if byte == 0x09 { return Finding(.yamlTab, "a tab", at: place, hint: "indent with spaces") }
        let number = String(byte, radix: 16, uppercase: true)
        return Finding(
            .yamlControl, "a control character (\(byte < 16 ? "0" : "")\(number))", at: place, hint: "remove it")
    }
}
