/// What became of one message at the server: all that a verdict needs, and no verdict.
///
/// (The word "delivery" belongs to the target that performs a tick.)
package struct Handover: Sendable {
    /// The phase in which it ended.
    package var phase: WirePhase
    /// How it ended.
    package var ending: Ending
    /// Whether the fence was asked and granted.
    package var isFenced: Bool
    /// Whether any octet of the final dot (or a rename) was given to the system: from then on the message
    /// may have been delivered whatever `ending` says, unless a reply to the dot does.
    package var mayHaveLeft: Bool
    /// From the first octet of the transaction to its ending.
    package var duration: Duration
    /// Commands by name and replies in full, in order; no secrets, no addresses of ours in it.
    package var transcript: Transcript

    package init(
        phase: WirePhase, ending: Ending, isFenced: Bool = false, mayHaveLeft: Bool = false,
        duration: Duration = .zero, transcript: Transcript = Transcript()
    ) {
        self.phase = phase
        self.ending = ending
        self.isFenced = isFenced
        self.mayHaveLeft = mayHaveLeft
        self.duration = duration
        self.transcript = transcript
    }

    /// The reply that decided, if one did.
    package var reply: Reply? { ending.reply }
}

/// How a conversation, or one message's part of it, ended.
package enum Ending: Sendable, Hashable {
    /// The server took the message: 2yz to the final dot.
    case accepted(Reply)
    /// The server said no: 4yz or 5yz in this phase (421 in any).
    case refused(Reply)
    /// The connection broke or was closed; the system's or TLS's own words.
    case dropped(String)
    /// The server did not answer in this phase's time.
    case timedOut
    /// What came is no reply, or no reply to what was asked; what came, cut to 200 octets.
    case outOfStep(String)
    /// The server lacks what the message or account needs: `SMTPUTF8`, `SIZE 1000`, `STARTTLS`, `AUTH`.
    case unsupported(String)
    /// The certificate is not to be trusted: expired, self-signed, another host's, an unknown CA.
    case untrusted(String)
    /// The fence said no: the message was cancelled; no dot left.
    case fenceRefused
    /// More than 5 s passed since the fence was asked: taken back; no dot left.
    case fenceExpired
    /// We were told to stop, before the fence.
    case cancelled
    /// Something of our own failed: a secret, a CA file, the Maildir's disk.
    case failed(String)

    /// The server's reply, where one decided.
    package var reply: Reply? {
        switch self {
        case .accepted(let reply), .refused(let reply): reply
        default: nil
        }
    }
}
