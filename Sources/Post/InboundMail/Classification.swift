/// What a message that came in is, and what it says that matters.
package struct Classification: Sendable {
    /// The kinds, in the order in which they are looked for.
    package enum Kind: String, Sendable, CaseIterable {
        /// A failed delivery; a delay or a success is `other`.
        case bounce
        /// A complaint: somebody pressed "spam" (RFC 5965).
        case arf
        /// A read receipt (RFC 8098).
        case receipt
        /// A calendar invitation or an answer to one (RFC 6047).
        case calendar
        /// A machine's answer: away, gone, ticket received, challenge.
        case autoReply = "auto-reply"
        /// A person who wants no more mail.
        case unsubscribe
        /// A person's answer.
        case reply
        /// Everything else: news, new mail, delays, successes.
        case other
    }

    /// What it is.
    package var kind: Kind
    /// Whom a bounce or a delay is about, one failure an address, in the report's order.
    package var failures: [Failure] = []
    /// One word on it: a bounce's or an auto-reply's reason, a delay, a complaint's type, a meeting's answer.
    package var reason = ""
    /// When somebody who is away says to be back.
    package var returnsOn: ReturnDate?
    /// The meeting a calendar message is about.
    package var meeting: Meeting?
    /// What the sender wrote, without quotes and signature; for people's messages only.
    package var newText = ""
    /// A first guess of a reply's sentiment: a person decides.
    package var sentimentGuess: Sentiment?
    /// Message ids the message names as ours: threading headers, embedded headers, quoted text.
    package var namedMessageIDs: [String] = []
    /// The evidence, one sentence each.
    package var why: [String] = []

    init(_ kind: Kind, reason: String = "", why: [String] = []) {
        self.kind = kind
        self.reason = reason
        self.why = why
    }

    /// The addresses of the failures.
    package var recipients: [String] { failures.map(\.recipient) }
    /// The enhanced status codes of the failures (RFC 3463), each once, sorted.
    package var statuses: [String] { Set(failures.compactMap(\.status)).sorted() }
    /// Whether somebody complained: a report that says "not spam", or of failed authentication, is none.
    package var isComplaint: Bool { kind == .arf && !["not-spam", "auth-failure", "dmarc"].contains(reason) }
    /// Whether every address failed for good; `nil` for what is no bounce.
    package var isHard: Bool? {
        kind == .bounce ? !failures.isEmpty && failures.allSatisfy(\.isHard) : nil
    }
}

/// A guess at what a reply means.
package enum Sentiment: String, Sendable { case positive, neutral, negative }
