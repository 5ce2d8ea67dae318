import MIME

/// Reads reports of failed deliveries: RFC 3464's and those in plain words.
enum Bounce {
    /// What the message reports; `nil` where it is no report of a delivery.
    ///
    /// A report of delays or successes alone is `other` with that reason: nothing failed.
    static func read(_ message: ParsedMessage) -> Classification? {
        let origin = ReportOrigin(message)
        let text = BounceText(ReportOrigin.text(of: message))
        if let notification = CloudNotification.read(message, origin) { return notification }
        if let report = DeliveryStatus.read(message, text, origin) { return report }
        return TextReport(message: message, origin: origin, text: text).read()
    }
}
