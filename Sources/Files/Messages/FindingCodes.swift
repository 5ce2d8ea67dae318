package import Diagnostics

extension FindingCode {
    /// What can be wrong with a template besides its Liquid.
    package static let messages: [FindingCode] = [
        .unclosedFrontMatter, .badFrontMatter, .unknownFrontMatter, .missingSubject, .subjectOfReply, .badLink,
        .linkWithoutText, .rawHTML, .spinInOptOut,
    ]

    static let unclosedFrontMatter = FindingCode(
        "unclosed-front-matter", summary: "the front matter of a template has no end",
        page: """
            A template may begin with front matter: `key: value` lines between two lines of `---`. Without the second
            line the whole file would be front matter, and the message empty. Add the closing `---`.
            """)
    static let badFrontMatter = FindingCode(
        "bad-front-matter", summary: "a line of the front matter is not `key: value`, or a key stands twice",
        page: """
            Front matter is one `key: the rest of the line` a line, without quotes. A line that starts with `#` is a
            comment. Text belongs below the closing `---`.
            """)
    static let unknownFrontMatter = FindingCode(
        "unknown-front-matter", summary: "the front matter has a key that Stoke does not know",
        page: """
            Known keys: `subject`, `preheader`, `optional` (variables that may be missing, separated by commas) and
            `spintax` (`on` or `off`). A misspelt `subject:` would send a message without one.
            """)
    static let missingSubject = FindingCode(
        "missing-subject", summary: "the template of an email that starts a thread has no subject",
        page: """
            The first email of a thread needs a `subject:` in its template's front matter. An answer in a thread may
            leave it out: then it is `Re:` and the subject of the last email that was sent.
            """)
    static let subjectOfReply = FindingCode(
        "re-in-first-subject", .warning, summary: "the first email of a thread pretends to be an answer",
        page: """
            `Re:` or `Fwd:` in the subject of a first email claims a conversation that never was. People notice, filters
            punish it, and in many countries it is unlawful. Use `thread:` on a later step for a real answer.
            """)
    static let badLink = FindingCode(
        "bad-link", summary: "a link has a scheme that no message should carry",
        page: """
            Links in messages are `https:`, `http:`, `mailto:` or `tel:`. Anything else (`javascript:`, `file:`, a path
            without a host) does nothing good in a mail program and is left out of the message.
            """)
    static let linkWithoutText = FindingCode(
        "link-without-text", .warning, summary: "a link has no text to click on",
        page: """
            `[](https://...)` shows nothing in the HTML part. Write what the link leads to between the brackets.
            """)
    static let rawHTML = FindingCode(
        "raw-html", .warning, summary: "HTML in a Markdown template is left out of the message",
        page: """
            Markdown templates become HTML by themselves; tags written by hand, `<br>` or `<b>`, are left out, for the
            values of people must never become tags either. Write `**bold**`, end a line with two blanks for a line
            break, or make the template an `.html` file.
            """)
    static let spinInOptOut = FindingCode(
        "spin-in-opt-out", .warning, summary: "a choice stands in the sentence that tells the way out",
        page: """
            How to stop the messages must be said plainly, and in the same words for everybody: it is what the law asks
            for, and what a complaint is judged by. Keep choices out of that sentence.
            """)
}
