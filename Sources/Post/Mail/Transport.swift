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
    /// - Parameter fence: asked once, when all but the final dot is written. `false` keeps the dot from leaving.
    func deliver(_ message: WireMessage, fence: () -> Bool) -> Handover

    /// Says goodbye; bounded by the account's `quit` time. Commit what `deliver` said before calling it.
    func close()
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
