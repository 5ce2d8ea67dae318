/// A way for messages to leave: SMTP, or a Maildir.
package protocol Transport: Sendable {
    /// Connects, up to and with authentication.
    ///
    /// Blocks; belongs on a thread of its own.
    ///
    /// - Parameter deadline: when to give up, whatever phase it is in.
    /// - Throws: the phase that failed, and how.
    func connect(_ account: Account, deadline: ContinuousClock.Instant) throws(TransportError) -> any Session
}

/// One connection; used by one thread at a time.
package protocol Session: AnyObject {
    /// Whether another message can go over it: not after a drop or a 421, nor past `messagesPerConnection`.
    var isOpen: Bool { get }

    /// Hands one message over, and blocks until it is known what became of it.
    ///
    /// - Parameters:
    ///   - next: the message that will be handed over after this one, if that is known: where the server allows it, its
    ///     commands leave with this one's final dot. Whoever decides otherwise then closes the session.
    ///   - fence: asked once, when all but the final dot is written. `false` keeps the dot from leaving.
    func deliver(_ message: WireMessage, before next: WireMessage?, fence: () -> Bool) -> Handover

    /// Says goodbye; bounded by the account's `quit` time. Commit what `deliver` said before calling it.
    func close()
}

extension Session {
    /// Hands a message over of which nobody knows yet what comes after it.
    package func deliver(_ message: WireMessage, fence: () -> Bool) -> Handover {
        deliver(message, before: nil, fence: fence)
    }
}

/// Why there is no connection.
package struct TransportError: Error, Sendable {
    /// The phase that failed.
    package var phase: WirePhase
    /// How: `refused`, `dropped`, `timedOut`, `unsupported`, `untrusted`, `cancelled` or `failed`.
    package var ending: Ending
    /// Since the start.
    package var duration: Duration
    /// Commands by name and replies in full; no secrets.
    package var transcript: [String]

    package init(phase: WirePhase, ending: Ending, duration: Duration = .zero, transcript: [String] = []) {
        self.phase = phase
        self.ending = ending
        self.duration = duration
        self.transcript = transcript
    }
}
