import MIME

/// Mail to many.
enum BulkMail {
    /// Whether a header says that the message went to a list or to subscribers.
    static func isBulk(_ header: HeaderFields) -> Bool { header.has("list-unsubscribe") || header.has("list-id") }

    /// Whether the sender's address is a service's: nobody reads what is sent there.
    static func isFromService(_ header: HeaderFields) -> Bool {
        let local = Addresses.first(in: header["from"] ?? "").map { String($0.localPart) } ?? ""
        return BounceMarks.silent.contains(local) || ["notifications", "notification", "updates"].contains(local)
    }
}
