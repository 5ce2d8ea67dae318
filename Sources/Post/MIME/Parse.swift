/// A message as it came in, read for what it says: never an error, because anybody can send anything.
///
/// Reading is one pass over the octets with bounded depth, part count, field count and text (`ParseLimits`), so that
/// a hostile message costs time in proportion to its length and memory in proportion to the limits.
package struct ParsedMessage: Sendable {
    /// The fields of the message's own header.
    package var header: HeaderFields
    /// The media type of the whole message; text/plain where it names none (RFC 2045, section 5.2).
    package var contentType: ContentType
    /// The leaves of the tree in order of appearance: everything that is not a multipart.
    package var parts: [Part]
    /// The fields of message/delivery-status parts (RFC 3464): the message's group first, then one a recipient.
    package var deliveryStatus: [HeaderFields]
    /// The fields of a message/feedback-report part (RFC 5965), or `nil`.
    package var feedbackReport: HeaderFields?
    /// The fields of a message/disposition-notification part (RFC 8098), or `nil`.
    package var dispositionNotification: HeaderFields?
    /// The headers of messages carried inside this one, whole or header-only.
    package var embedded: [HeaderFields]
    /// The calendar objects it carries (RFC 5545, RFC 6047).
    package var calendars: [CalendarObject]
    /// Whether a limit cut something off.
    package var isTruncated: Bool

    /// One leaf of the tree.
    package struct Part: Sendable {
        /// The part's own fields; the message's for a message without parts.
        package var header: HeaderFields
        /// Its media type.
        package var contentType: ContentType
        /// `attachment`, `inline`, or empty (RFC 2183); lower case.
        package var disposition: String
        /// How many multiparts are around it.
        package var depth: Int
        /// The media type of the multipart around it, `multipart/report`; empty for a message without parts.
        package var container: String
        /// The text of a text or report part as UTF-8, line ends as they came; `nil` for everything else.
        package var text: String?
    }

    /// Reads `bytes`, the octets of one message; any line end will do.
    package static func parse(_ bytes: [UInt8], limits: ParseLimits = ParseLimits()) -> ParsedMessage {
        var splitter = PartSplitter(bytes: bytes, limits: limits)
        return splitter.message()
    }
}

/// How much of a message is looked at.
package struct ParseLimits: Sendable {
    /// Fields kept of all headers together.
    package var fields = 20_000
    /// Octets kept of one field.
    package var fieldLength = 65_536
    /// Leaves kept.
    package var parts = 10_000
    /// Multiparts within multiparts.
    package var depth = 50
    /// Octets decoded to text, of all parts together.
    package var text = 2_097_152

    package init() {}
}
