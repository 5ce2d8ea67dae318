/// Whose message it is, and how well that is known.
package enum Match<Sent: Sendable>: Sendable {
    /// Known for certain: it may decide, and a bounce of it may suppress.
    case strong(Sent, by: Evidence)
    /// Likely: it pauses and asks.
    case weak(Sent, by: Evidence)
    /// From somebody else of the same company.
    case colleague(Sent, domain: String)
    /// Written by ourselves: a copy in Sent, a Bcc, what a list sent back; with the addresses it went to.
    case ours(to: [String])
    /// Of nobody we wrote to.
    case nobody

    /// What connects a message with one of ours.
    package enum Evidence: String, Sendable {
        case token, thread, providerID = "provider-id", embedded, quoted, sender, recipient
    }

    /// The message of ours it is about, if any.
    package var sent: Sent? {
        switch self {
        case .strong(let sent, _), .weak(let sent, _), .colleague(let sent, _): sent
        case .ours, .nobody: nil
        }
    }
}
