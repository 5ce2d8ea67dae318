/// Commands and their responses over one IMAP connection; knows tags, not what commands mean.
final class IMAPConnection {
    /// A response that is no answer to one command: `* 12 EXISTS`.
    struct Untagged {
        /// The values after the star.
        var values: [IMAPValue]
    }

    /// What the server said it can do, in capitals.
    private(set) var capabilities: Set<String> = []
    private let connection: CurlConnection
    private let patience: Duration
    private let goodbye: Duration
    private var reader = IMAPReader()
    private var tagNumber = 0
    private var isUsable = true

    init(_ account: Account, deadline: ContinuousClock.Instant, isCancelled: @escaping @Sendable () -> Bool)
        throws(SourceError)
    {
        do throws(TransportError) {
            connection = try IMAPConnection.connect(account, deadline, isCancelled)
        } catch {
            // IMAP has no reply codes: the line that said no is all there is.
            if error.phase == .auth, case .outOfStep(let line) = error.ending { throw .refused(line) }
            throw .transport(error)
        }
        patience = account.timeouts.command
        goodbye = account.timeouts.quit
    }

    /// With AUTHENTICATE, or where no mechanism is offered, with LOGIN.
    private static func connect(
        _ account: Account, _ deadline: ContinuousClock.Instant, _ isCancelled: @escaping @Sendable () -> Bool
    ) throws(TransportError) -> CurlConnection {
        do throws(TransportError) {
            return try CurlConnection(account, deadline: deadline, isCancelled: isCancelled)
        } catch  where error.ending == .unsupported("AUTH") && account.authentication == .password {
            return try CurlConnection(account, deadline: deadline, mayLogIn: true, isCancelled: isCancelled)
        }
    }

    /// Asks what the server can do; once, after login.
    func readCapabilities() throws(SourceError) {
        try perform("CAPABILITY") { untagged in
            guard untagged.values.first?.keyword == "CAPABILITY" else { return }
            capabilities = Set(untagged.values.dropFirst().compactMap(\.keyword))
        }
    }

    /// Sends a command and reads until its answer.
    ///
    /// - Parameters:
    ///   - literal: octets that the command ends with; the server is asked before they go.
    ///   - literalLimit: how many octets of each literal in the answers to keep.
    ///   - each: gets every untagged response as it comes.
    /// - Returns: the text after OK.
    /// - Throws: `refused` for NO and BAD, after which the connection goes on.
    @discardableResult
    func perform(
        _ command: String, literal: [UInt8]? = nil, literalLimit: Int = 1 << 20, each: (Untagged) -> Void = { _ in }
    ) throws(SourceError) -> String {
        guard isUsable else { throw .broken("the connection is closed") }
        tagNumber += 1
        let tag = "s\(tagNumber)"
        reader.literalLimit = literalLimit
        let end = literal.map { " {\($0.count)}\r\n" } ?? "\r\n"
        try send(Array("\(tag) \(command)\(end)".utf8))
        var deadline = ContinuousClock.now + patience
        while true {
            guard let pieces = try nextResponse(&deadline) else { continue }
            guard case .text(let start)? = pieces.first else { continue }
            if start.first == UInt8(ascii: "+") {
                guard let literal else { throw stop(.outOfStep(IMAPConnection.words(start))) }
                try send(literal + [13, 10])
            } else if start.starts(with: Array("* ".utf8)) {
                try takeUntagged(pieces, each)
            } else {
                return try answer(start, tag: tag)
            }
        }
    }

    /// Says LOGOUT and closes; bounded.
    func close() {
        guard isUsable else { return }
        isUsable = false
        tagNumber += 1
        let deadline = ContinuousClock.now + goodbye
        let farewell = Array("s\(tagNumber) LOGOUT\r\n".utf8)
        if connection.send(farewell[...], patience: goodbye, mayCancel: false).ending == nil {
            while case .octets = connection.receive(until: deadline, mayCancel: false) { continue }
        }
        connection.sever()
    }

    // MARK: Reading

    /// The next response; `nil` when the read brought none whole.
    ///
    /// The time left grows by a millisecond an octet, so that a large message has its time and a drip has not.
    private func nextResponse(_ deadline: inout ContinuousClock.Instant) throws(SourceError) -> [IMAPPiece]? {
        do throws(IMAPReader.Malformed) {
            if let pieces = try reader.next() { return pieces }
            try reader.check()
        } catch {
            throw stop(.outOfStep(error.text))
        }
        switch connection.receive(until: deadline, mayCancel: true) {
        case .octets(let octets):
            deadline = min(deadline + .milliseconds(octets.count), .now + patience)
            reader.feed(octets)
        case .stopped(.dropped(let words)): throw stop(.broken(words))
        case .stopped(.timedOut): throw stop(.broken("the server stopped answering"))
        case .stopped(let ending): throw stop(.broken("\(ending)"))
        case .nothing: break
        }
        return nil
    }

    private func takeUntagged(_ pieces: [IMAPPiece], _ each: (Untagged) -> Void) throws(SourceError) {
        var parser = IMAPValueParser(IMAPConnection.withoutStar(pieces))
        guard let values = parser.values() else {
            // QUIRK: the text of OK, NO, BAD, BYE is free and may hold any bracket (RFC 3501 7.1).
            if case .text(let start)? = pieces.first { try takeStatus(start, each) }
            return
        }
        if values.first?.keyword == "BYE", case .text(let start)? = pieces.first {
            throw stop(.refused(IMAPConnection.words(start)))
        }
        each(Untagged(values: values))
    }

    private func takeStatus(_ line: [UInt8], _ each: (Untagged) -> Void) throws(SourceError) {
        let words = IMAPConnection.words(line)
        if words.uppercased().hasPrefix("* BYE") { throw stop(.refused(words)) }
        let atoms = words.split(separator: " ").dropFirst().map { IMAPValue.atom(Array($0.utf8)) }
        each(Untagged(values: atoms))
    }

    private func answer(_ line: [UInt8], tag: String) throws(SourceError) -> String {
        let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0] == tag else { throw stop(.outOfStep(IMAPConnection.words(line))) }
        switch words[1].uppercased() {
        case "OK": return words.count > 2 ? String(words[2]) : ""
        case "NO", "BAD": throw .refused(words.dropFirst().joined(separator: " "))
        default: throw stop(.outOfStep(IMAPConnection.words(line)))
        }
    }

    private func send(_ octets: [UInt8]) throws(SourceError) {
        if let ending = connection.send(octets[...], patience: patience, mayCancel: true).ending {
            if case .dropped(let words) = ending { throw stop(.broken(words)) }
            throw stop(.broken("the server takes no more octets"))
        }
    }

    /// After this the connection is no good.
    private func stop(_ error: SourceError) -> SourceError {
        isUsable = false
        connection.sever()
        return error
    }

    private static func withoutStar(_ pieces: [IMAPPiece]) -> [IMAPPiece] {
        guard case .text(let start)? = pieces.first else { return pieces }
        return [.text(Array(start.dropFirst(2)))] + pieces.dropFirst()
    }

    private static func words(_ line: [UInt8]) -> String { String(decoding: line.prefix(200), as: UTF8.self) }
}
