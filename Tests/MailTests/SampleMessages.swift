import MIME
import Mail

extension WireMessage {
    /// From Ana to Bob.
    static func sample(_ text: String) throws -> WireMessage {
        WireMessage(
            from: try EmailAddress("ana@acme.example"), to: try EmailAddress("bob@beta.example"),
            octets: Array(text.utf8))
    }

    static let small = made("Subject: x\r\n\r\nhello\r\n")
    /// Larger than what the sockets of both sides hold, so that it can't be written before it is read.
    static let large = made(String(repeating: String(repeating: "a", count: 900) + "\r\n", count: 8000))

    private static func made(_ text: String) -> WireMessage {
        do { return try sample(text) } catch { preconditionFailure("\(error)") }
    }
}
