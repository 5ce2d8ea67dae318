/// Mail that leaves over SMTP.
package struct SMTPTransport: Transport {
    private let isCancelled: @Sendable () -> Bool

    /// - Parameter isCancelled: asked while waiting, several times a second (once while connecting); `true` ends
    ///   whatever has not passed its fence.
    package init(isCancelled: @escaping @Sendable () -> Bool = { false }) { self.isCancelled = isCancelled }

    package func connect(_ account: Account, deadline: ContinuousClock.Instant) throws(TransportError) -> any Session {
        let connection = try CurlConnection(account, deadline: deadline, isCancelled: isCancelled)
        return SMTPSession(connection, account: account)
    }
}

/// One SMTP connection: does what the dialogue says.
final class SMTPSession: Session {
    private(set) var isOpen = true
    private let connection: CurlConnection
    private let timeouts: Timeouts
    private let features: SMTPFeatures
    private var messagesLeft: Int
    private var needsReset = false

    init(_ connection: CurlConnection, account: Account) {
        self.connection = connection
        timeouts = account.timeouts
        messagesLeft = account.messagesPerConnection
        features = SMTPFeatures(ehlo: connection.log.ehlo)
    }

    func deliver(_ message: WireMessage, fence: () -> Bool) -> Handover {
        let start = ContinuousClock.now
        var dialogue = SMTPDialogue(message, features: features, needsReset: needsReset)
        var passage = FencePassage(limit: timeouts.fence)
        while true {
            switch dialogue.step {
            case .send(let octets, .dot): sendDot(octets, &dialogue, &passage)
            case .send(let octets, let phase): send(octets, phase, &dialogue)
            case .receive(let phase): receive(phase, &dialogue)
            case .fence: ask(fence, &dialogue, &passage)
            case .end(let result):
                finish(result)
                return Handover(
                    phase: result.phase, ending: result.ending, isFenced: passage.isGranted,
                    mayHaveLeft: passage.mayHaveLeft, duration: start.duration(to: .now),
                    transcript: dialogue.transcript)
            }
        }
    }

    func close() {
        defer { connection.sever() }
        guard isConnected else { return }
        isConnected = false
        isOpen = false
        let deadline = ContinuousClock.now + timeouts.quit
        guard connection.send(Array("QUIT\r\n".utf8)[...], patience: timeouts.quit, mayCancel: false).ending == nil
        else {
            return
        }
        var parser = ReplyParser()
        while case .octets(let octets) = connection.receive(until: deadline, mayCancel: false) {
            parser.feed(octets)
            guard case .none = try? parser.next() else { return }
        }
    }

    /// Whether QUIT would be understood.
    private var isConnected = true

    private func finish(_ result: SMTPDialogue.Result) {
        messagesLeft -= 1
        needsReset = result.needsReset
        isConnected = result.isReusable
        isOpen = result.isReusable && messagesLeft > 0
        if !result.isReusable { connection.sever() }
    }

    // MARK: Steps

    private func send(_ octets: ArraySlice<UInt8>, _ phase: WirePhase, _ dialogue: inout SMTPDialogue) {
        let patience = phase == .body ? timeouts.body : timeouts.command
        guard let ending = connection.send(octets, patience: patience, mayCancel: true).ending else {
            return dialogue.sent()
        }
        // A server that hangs up in the middle has often said why.
        if case .dropped = ending, case .octets(let reply) = connection.receiveNow() { dialogue.received(reply) }
        if case .end = dialogue.step { return }
        dialogue.stopped(ending)
    }

    private func receive(_ phase: WirePhase, _ dialogue: inout SMTPDialogue) {
        let deadline = ContinuousClock.now + (phase == .dot ? timeouts.dot : timeouts.command)
        while dialogue.step == .receive(phase) {
            switch connection.receive(until: deadline, mayCancel: phase != .dot) {
            case .octets(let octets): dialogue.received(octets)
            case .stopped(let ending): dialogue.stopped(ending)
            case .nothing: break
            }
        }
    }

    private func ask(_ fence: () -> Bool, _ dialogue: inout SMTPDialogue, _ passage: inout FencePassage) {
        switch connection.receiveNow() {
        case .octets(let octets): return dialogue.received(octets)
        case .stopped(let ending): return dialogue.stopped(ending)
        case .nothing: break
        }
        // The dot must be able to leave at once: the time between fence and dot is limited.
        if let ending = connection.waitUntilWritable(patience: timeouts.body) { return dialogue.stopped(ending) }
        dialogue.fenced(passage.ask(fence))
    }

    private func sendDot(_ octets: ArraySlice<UInt8>, _ dialogue: inout SMTPDialogue, _ passage: inout FencePassage) {
        guard let left = passage.timeLeft else {
            connection.sever()
            return dialogue.stopped(.fenceExpired)
        }
        let (count, ending) = connection.send(octets, patience: left, mayCancel: false)
        passage.mayHaveLeft = count > 0
        guard let ending else { return dialogue.sent() }
        // Not one octet was taken, and after this none can be: the server can't have seen the dot.
        connection.sever()
        dialogue.stopped(ending == .timedOut && count == 0 ? .fenceExpired : ending)
    }
}
