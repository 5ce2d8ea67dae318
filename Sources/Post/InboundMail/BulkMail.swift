import MIME

/// Mail to many.
enum BulkMail {
    /// Whether a header says that the message went to a list or to subscribers.
    static func isBulk(_ header: HeaderFields) -> Bool { header.has("list-unsubscribe") || header.has("list-id") }
}
