package import CivilTime

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

/// One address a report says could not be reached.
package struct Failure: Sendable, Hashable {
    /// The address we wrote to: the original one where the report tells it, lower case.
    package var recipient: String
    /// The address it ended at, where the report says another.
    package var finalRecipient: String?
    /// The enhanced status code, `5.1.1`; `nil` where the report has none.
    package var status: String?
    /// What the server said.
    package var diagnostic: String
    /// Why.
    package var reason: BounceReason
    /// Whether the address is no use any more: nobody, nowhere, moved away. Never for 4.x.x, 5.2.2 and 5.7.x.
    package var isHard: Bool
}

/// The day somebody is back.
package struct ReturnDate: Sendable, Hashable {
    /// The first day they are there again.
    package var day: LocalDate
    /// The words it was read from.
    package var text: String
    /// How it was read: `back on`, `until, inclusive`, `year taken from the message's date`, ...
    package var reading: String
}

/// A meeting that a message calls, accepts or declines.
package struct Meeting: Sendable, Hashable {
    /// `REQUEST`, `REPLY`, `COUNTER`, `CANCEL`, ...
    package var method: String
    /// The event's name.
    package var uid: String
    /// The answer of the sender: `ACCEPTED`, `DECLINED`, `TENTATIVE`, or empty.
    package var participation: String
    /// Whether it means that a meeting is on: an invitation, or an accepted one.
    package var isOn: Bool
}

/// A guess at what a reply means.
package enum Sentiment: String, Sendable { case positive, neutral, negative }
