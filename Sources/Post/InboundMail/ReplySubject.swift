/// What the beginning of a subject says: an answer, or something passed on.
enum ReplySubject {
    /// Whether the subject begins as answers and forwarded messages do, in any language's abbreviation.
    static func isAnswer(_ subject: String) -> Bool { isReply(subject) || isForward(subject) }

    /// `Re:`, `AW:`, `Sv:`, `Re[2]:`, ...
    static func isReply(_ subject: String) -> Bool { begins(subject, with: replies) }

    /// `Fwd:`, `WG:`, `TR:`, ...
    static func isForward(_ subject: String) -> Bool { begins(subject, with: forwards) }

    private static func begins(_ subject: String, with marks: [String]) -> Bool {
        let folded = FoldedText(subject.drop { $0 == " " || $0 == "[" }).bytes
        return marks.contains { mark in
            guard folded.starts(with: mark.utf8) else { return false }
            // "Re[2]:", "Re (3):", "Re :" and the wide colon of Chinese keyboards.
            let rest = folded.dropFirst(mark.utf8.count).drop { "[]() 0123456789".utf8.contains($0) }
            return rest.first == UInt8(ascii: ":") || rest.starts(with: "：".utf8)
        }
    }

    private static let replies = [
        "re", "aw", "antw", "sv", "vs", "ref", "rif", "r", "odp", "res", "ynt", "vá", "回复", "答复", "回覆", "返信", "отв",
        "ang",
    ]
    private static let forwards = [
        "fwd", "fw", "wg", "tr", "rv", "i", "enc", "doorst", "vb", "vl", "pd", "转发", "轉寄", "转寄", "転送", "пересл",
        "vidarebefordrat", "ilt",
    ]
}
