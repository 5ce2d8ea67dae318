package import CivilTime

/// One message as we mean it; `encoded()` gives its octets.
///
/// The same value always gives the same octets: the date, Message-ID and boundary come from the caller.
package struct OutboundMessage: Sendable, Hashable {
    /// A header of the caller's own, `Auto-Submitted: no`.
    package struct Field: Sendable, Hashable {
        /// The name: printable ASCII without a colon (RFC 5322 2.2).
        package var name: String
        /// The value, unfolded, without controls.
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The ways out that a reader's program shows (RFC 2369, RFC 8058).
    package struct Unsubscribe: Sendable, Hashable {
        /// A `mailto:` URI.
        package var mailto: String?
        /// An `https:` URI that takes a one-click POST; only it brings `List-Unsubscribe-Post`.
        package var url: String?

        package init(mailto: String? = nil, url: String? = nil) {
            self.mailto = mailto
            self.url = url
        }
    }

    /// The writer.
    package var from: NamedAddress
    /// The one recipient.
    package var to: NamedAddress
    /// The subject, unencoded; one line.
    package var subject: String
    /// The plain text; any line ends.
    package var text: String
    /// The same in HTML, for a multipart/alternative.
    package var html: String?
    /// `left@right`, without angle brackets (RFC 5322 3.6.4).
    package var messageID: String
    /// When it was written.
    package var date: Instant
    /// Seconds east of UTC that the Date header shows; whole minutes.
    package var utcOffset: Int
    /// The boundary's own part, 1 to 60 of letters, digits, `-`, `.` and `_`; needed with `html`.
    ///
    /// `=_` is put before it, which quoted-printable can't hold (RFC 2045 6.7).
    package var boundary: String
    /// The id this answers, without brackets.
    package var inReplyTo: String?
    /// The ids of the thread, oldest first, without brackets.
    package var references: [String] = []
    /// How to get no more of them.
    package var unsubscribe: Unsubscribe?
    /// Further headers, in this order; none of those above.
    package var fields: [Field] = []

    package init(
        from: NamedAddress, to: NamedAddress, subject: String, text: String, html: String? = nil, messageID: String,
        date: Instant, utcOffset: Int = 0, boundary: String
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.messageID = messageID
        self.date = date
        self.utcOffset = utcOffset
        self.boundary = boundary
    }

    /// Whether its headers need a server that offers SMTPUTF8 (RFC 6532).
    package var needsSMTPUTF8: Bool { from.address.needsSMTPUTF8 || to.address.needsSMTPUTF8 }

    /// The message's octets: CR LF line ends, quoted-printable UTF-8, no line over 998 octets.
    ///
    /// - Throws: everything that is wrong with the value, at once.
    package func encoded() throws(CompositionError) -> [UInt8] { try checked().encoded() }

    /// The message with its header written: what is left to do can't fail.
    ///
    /// - Throws: everything that is wrong with the value, at once.
    package func checked() throws(CompositionError) -> CheckedMessage {
        let header = HeaderSection(self)
        guard header.problems.isEmpty else { throw CompositionError(problems: header.problems) }
        return CheckedMessage(message: self, header: header.octets)
    }
}

/// A message that can be written down.
///
/// Its octets are made when they are asked for, on any thread: a message waits in the form that takes less room.
package struct CheckedMessage: Sendable {
    /// The message as we mean it.
    package let message: OutboundMessage
    fileprivate let header: [UInt8]

    /// The message's octets: CR LF line ends, quoted-printable UTF-8, no line over 998 octets.
    package func encoded() -> [UInt8] { Composer.octets(of: message, header: header) }
}

/// Why a message can't be written down: every reason at once.
package struct CompositionError: Error, Sendable, Hashable {
    /// One reason, with the header it is about.
    package enum Problem: Sendable, Hashable {
        /// A header value holds a control character (CR, LF and NUL among them).
        case control(header: String)
        /// A header name is no name, or one that the message writes itself.
        case name(String)
        /// An id is not `left@right` of printable ASCII.
        case messageID(header: String)
        /// An unsubscribe URI is no `mailto:` or `https:` URI of printable ASCII.
        case uri
        /// A word can't be folded into a line of 998 octets (RFC 5322 2.1.1).
        case lineTooLong(header: String)
        /// The boundary is empty, too long or has other characters.
        case boundary
        /// The year has not four digits, or the offset is over 24 hours or no whole minutes.
        case date

        /// What is wrong, in lower case, without the value.
        package var reason: String {
            switch self {
            case .control(let header): "\(header) holds a control character"
            case .name(let name): "\(name) can't be a header of its own"
            case .messageID(let header): "\(header) holds no id of the form left@right"
            case .uri: "a way to unsubscribe is no mailto: or https: address"
            case .lineTooLong(let header): "\(header) is too long to be folded"
            case .boundary: "the boundary is not 1 to 60 letters, digits, hyphens, dots or underscores"
            case .date: "the date can't be written in a header"
            }
        }
    }

    /// In the order of the headers; never empty.
    package var problems: [Problem]

    package init(problems: [Problem]) { self.problems = problems }
}
