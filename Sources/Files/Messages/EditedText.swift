import Outreach
package import Planning

/// An email's text as a person rewrote it for one prospect: the subject on a line of its own, then the body in the
/// template's own format.
package struct EditedText: Sendable, Hashable {
    /// `nil` keeps the template's.
    package var subject: String?
    /// The text below the subject, in the template's own format.
    package var body: String

    /// Reads what an editor left: `Subject: ...`, a blank line, the body; without such a first line all of it is the body.
    package init(_ text: String) {
        let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = lines.first, first.lowercased().hasPrefix("subject:") else {
            body = text
            return
        }
        subject = String(first.dropFirst("subject:".count)).singleLine
        body = (lines.count > 1 ? String(lines[1]) : "").trimmingLineStarts
    }

    package init(subject: String?, body: String) {
        self.subject = subject
        self.body = body
    }

    /// What an editor gets; reading it again gives the same.
    package var text: String { (subject.map { "Subject: \($0)\n\n" } ?? "") + body }
}

extension Draft {
    /// What a person made of this email while it waited for approval.
    package var edited: EditedText? {
        let own = history.tasks.last { task in
            task.enrollment == enrollment.id && task.kind == .approve && (task.step == step.id || task.step == step.was)
        }
        return own?.editedText.map(EditedText.init)
    }
}

/// Data in Markdown that a person edits: every ASCII punctuation mark gets a backslash (CommonMark 0.31 2.4), which a
/// template's own rendering does in a way that no editor shows.
enum MarkdownEscape {
    static func append(_ value: String, to output: inout [UInt8]) {
        for byte in value.utf8 {
            switch byte {
            case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E:
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            // A line end in data would start a new paragraph or a list.
            case 0x0A, 0x0D: output.append(0x20)
            default: output.append(byte)
            }
        }
    }

    static let append: @Sendable (String, inout [UInt8]) -> Void = { append($0, to: &$1) }

    /// Markdown for an editor: without the backslashes that change nothing, so that `O\'Neill` reads `O'Neill`.
    static func tidied(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var tidied: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0x20
            let isEscape = byte == UInt8(ascii: "\\") && bytes[..<index].reversed().prefix { $0 == byte }.count % 2 == 0
            if isEscape, isHarmless(next, after: tidied.last, before: index + 2 < bytes.count ? bytes[index + 2] : 0x20)
            {
                continue
            }
            tidied.append(byte)
        }
        return String(decoding: tidied, as: UTF8.self)
    }

    /// Whether a mark means nothing to CommonMark there: quotes and commas anywhere, dots and hyphens inside a word.
    private static func isHarmless(_ mark: UInt8, after previous: UInt8?, before next: UInt8) -> Bool {
        switch mark {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "?"),
            UInt8(ascii: "%"), UInt8(ascii: "/"), UInt8(ascii: "@"):
            true
        case UInt8(ascii: "."), UInt8(ascii: "-"): (previous.map(isLetter) ?? false) && isLetter(next)
        default: false
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
    }
}
