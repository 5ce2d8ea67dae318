import Diagnostics

extension Sink {
    /// One line of text for a Markdown file (CommonMark, and GitHub's tables): it shows as it is, and does not start a
    /// heading, a list, a quote, a rule or a code block. Line ends become spaces, controls become visible.
    package static func markdown(_ text: String) -> String {
        var escaped = ""
        for scalar in line(text).unicodeScalars {
            if markdownMarks.contains(scalar) { escaped += "\\" }
            escaped.unicodeScalars.append(scalar)
        }
        return escapeLineStart(escaped)
    }

    private static let markdownMarks: Set<Unicode.Scalar> = [
        "\\", "`", "*", "_", "[", "]", "<", ">", "&", "|", "~", "$",
    ]

    /// Escapes what means something only where a line begins: `# `, `- `, `+ `, `1. `, `1) `, `===`.
    private static func escapeLineStart(_ text: String) -> String {
        guard let first = text.utf8.first else { return text }
        switch first {
        case UInt8(ascii: "#"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: ":"):
            return "\\" + text
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard let mark = text[digits.endIndex...].utf8.first,
                mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")")
            else { return text }
            return text[..<digits.endIndex] + "\\" + text[digits.endIndex...]
        default: return text
        }
    }
}
