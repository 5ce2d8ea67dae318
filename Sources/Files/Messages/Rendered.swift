import Digest
package import Outreach

/// A message as one person gets it.
package struct Rendered: Sendable, Hashable {
    /// One line; `nil` for LinkedIn notes and call scripts.
    package var subject: String?
    /// The line that mail programs show beside the subject.
    package var preheader: String?
    /// The plain text, footer included.
    package var text: String
    /// The HTML document; `nil` for plain messages.
    package var html: String?

    package init(subject: String?, preheader: String? = nil, text: String, html: String? = nil) {
        self.subject = subject
        self.preheader = preheader
        self.text = text
        self.html = html
    }

    /// SHA-256 of what a reader sees, hashed part by part, 64 hex digits: what an approval is bound to.
    package var digest: String {
        var hash = SHA256()
        for part in [subject ?? "", preheader ?? "", text, html ?? ""] {
            hash.update("\(part.utf8.count):")
            hash.update(part)
        }
        return hash.finish().hex
    }
}

/// What rendering came to.
package enum Rendering: Sendable, Hashable {
    case rendered(Rendered)
    /// A fact is missing, a template fails, a text is too long.
    case hold(Hold)
    /// `{% skip "reason" %}`: this person does not get this step.
    case skip(String)
}

/// How long a text may be where it goes, in characters.
package struct LengthLimit: Sendable, Hashable {
    /// UTF-16 code units, as LinkedIn counts them.
    package var characters: Int
    /// What it is a limit of: `connection note`.
    package var what: String

    /// LinkedIn's limits for an action; `nil` where there is none.
    package init?(_ action: LinkedInAction, premium: Bool) {
        switch action {
        case .connect: (characters, what) = (premium ? 300 : 200, "connection note")
        case .inmail: (characters, what) = (1900, "InMail")
        case .message: (characters, what) = (8000, "message")
        case .comment: (characters, what) = (1250, "comment")
        case .view, .follow, .like: return nil
        }
    }

    /// Why LinkedIn would not take a text whole, its subject among it; `nil` where it would.
    package func hold(subject: String?, text: String) -> Hold? {
        for (what, text, most) in [("\(what) subject", subject ?? "", LengthLimit.subject), (what, text, characters)] {
            let length = LinkedInAction.length(of: text)
            if length > most { return Hold(.tooLong, "\(what) is \(length)/\(most) characters") }
        }
        return nil
    }

    /// An InMail has one; the others have none.
    private static let subject = 200
}
