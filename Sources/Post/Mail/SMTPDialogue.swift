import MIME

/// One message's transaction as a state machine: octets in, steps out, no I/O of its own (RFC 5321 4.1.1).
///
/// The caller takes `step`, does it, and tells what came of it by `sent`, `received`, `fenced` or `stopped`,
/// until the step is `end`.
struct SMTPDialogue {
    /// What is to be done next.
    enum Step: Equatable {
        /// Write these octets, all of them; then `sent()`.
        case send(ArraySlice<UInt8>, WirePhase)
        /// Wait for octets; then `received(_:)`.
        case receive(WirePhase)
        /// See that the server is silent, ask the fence; then `fenced(_:)`.
        case fence
        /// It is over.
        case end(Result)
    }

    /// How it ended, and what the connection is good for.
    struct Result: Equatable {
        var phase: WirePhase
        var ending: Ending
        /// Whether the connection may go on with another message.
        var isReusable: Bool
        /// Whether that message must begin with RSET.
        var needsReset: Bool
    }

    private(set) var step: Step
    /// Commands by name and replies in full.
    private(set) var transcript = Transcript()

    private let message: WireMessage
    private let content: DataOctets
    private let features: SMTPFeatures
    private let needsSMTPUTF8: Bool
    /// What the next reply answers, and the last of those that are outstanding.
    private var awaited: WirePhase
    private var lastAwaited: WirePhase
    /// The first refusal, kept while the other replies of its group come in.
    private var refusal: (phase: WirePhase, reply: Reply)?
    private var parser = ReplyParser()

    init(_ message: WireMessage, features: SMTPFeatures, needsReset: Bool) {
        (self.message, self.features) = (message, features)
        content = DataOctets(message.octets)
        needsSMTPUTF8 = message.needsSMTPUTF8
        (awaited, lastAwaited) = (.mail, .mail)
        if let missing = SMTPDialogue.missing(content, needsSMTPUTF8, features) {
            step = .end(
                Result(phase: .mail, ending: .unsupported(missing), isReusable: true, needsReset: needsReset))
        } else {
            step = .receive(.mail)
            write(from: needsReset ? .reset : .mail)
        }
    }

    /// The step's octets are written.
    mutating func sent() {
        guard case .send(_, let phase) = step else { return }
        switch phase {
        case .body: step = .fence
        case .dot:
            (awaited, lastAwaited) = (.dot, .dot)
            step = .receive(.dot)
        default: step = .receive(awaited)
        }
    }

    /// Octets came.
    mutating func received(_ octets: some Sequence<UInt8>) {
        parser.feed(octets)
        do throws(ReplyParser.Malformed) {
            while isReceiving, let reply = try parser.next() { take(reply) }
            if !isOver, !isReceiving, !parser.isEmpty { unasked(try parser.next()) }
        } catch {
            return end(currentPhase, .outOfStep(error.line))
        }
        if case .end(var result) = step, !parser.isEmpty {
            // The reply that came stands; what came after it was not asked for.
            result.isReusable = false
            step = .end(result)
        }
    }

    /// The fence was asked.
    mutating func fenced(_ isGranted: Bool) {
        transcript.fenced(isGranted)
        if isGranted {
            step = .send(content.dot, .dot)
        } else {
            end(.fence, .fenceRefused)
        }
    }

    /// The connection is no good any more, for a reason that the caller knows.
    mutating func stopped(_ ending: Ending) { end(currentPhase, ending) }

    private var isOver: Bool {
        if case .end = step { true } else { false }
    }

    private var isReceiving: Bool {
        if case .receive = step { true } else { false }
    }

    private var currentPhase: WirePhase {
        switch step {
        case .send(_, let phase): phase
        case .receive(let phase): phase
        case .fence: .body
        case .end(let result): result.phase
        }
    }

    // MARK: Commands

    /// What the message needs and the server does not offer.
    private static func missing(_ content: DataOctets, _ needsSMTPUTF8: Bool, _ features: SMTPFeatures) -> String? {
        if needsSMTPUTF8, !features.smtpUTF8 { return "SMTPUTF8" }
        if let limit = features.size, content.size > limit { return "SIZE \(content.size)" }
        return content.isEightBit && !features.eightBitMIME ? "8BITMIME" : nil
    }

    /// Writes the command of that phase, where PIPELINING is offered with all that follow it (RFC 2920).
    private mutating func write(from first: WirePhase) {
        var octets: [UInt8] = []
        octets.reserveCapacity(160)
        (awaited, lastAwaited) = (first, first)
        append(first, to: &octets)
        while features.pipelining, let next = SMTPDialogue.command(after: lastAwaited) {
            append(next, to: &octets)
            lastAwaited = next
        }
        step = .send(octets[...], first)
    }

    private static func command(after phase: WirePhase) -> WirePhase? {
        switch phase {
        case .reset: .mail
        case .mail: .rcpt
        case .rcpt: .data
        default: nil
        }
    }

    private mutating func append(_ command: WirePhase, to octets: inout [UInt8]) {
        switch command {
        case .reset: octets.append(text: "RSET")
        case .mail:
            octets.append(text: "MAIL FROM:")
            octets.append(path: message.from)
            if features.size != nil { octets.append(text: " SIZE=\(content.size)") }
            if content.isEightBit { octets.append(text: " BODY=8BITMIME") }
            if needsSMTPUTF8 { octets.append(text: " SMTPUTF8") }
        case .rcpt:
            octets.append(text: "RCPT TO:")
            octets.append(path: message.to)
        default: octets.append(text: "DATA")
        }
        octets.append(text: "\r\n")
        transcript.wrote(command)
    }

    // MARK: Replies

    private mutating func take(_ reply: Reply) {
        transcript.read(reply)
        let phase = awaited
        if reply.code == 421 { return end(phase, .refused(reply)) }
        switch (phase, reply.code / 100) {
        case (.dot, 2): return end(.dot, .accepted(reply), isReusable: true)
        case (.dot, 4), (.dot, 5): return end(.dot, .refused(reply), isReusable: true, needsReset: true)
        case (.data, 3): break
        case (.data, 2), (_, 3): return end(phase, .outOfStep(reply.text))
        case (.reset, 4), (.reset, 5): return end(phase, .refused(reply))
        case (_, 4), (_, 5): if refusal == nil { refusal = (phase, reply) }
        default: break
        }
        if phase != lastAwaited, let next = SMTPDialogue.command(after: phase) {
            awaited = next
            step = .receive(next)
        } else {
            endOfGroup(last: phase, reply)
        }
    }

    /// All replies asked for are in: refuse, ask on, or write the message.
    private mutating func endOfGroup(last phase: WirePhase, _ reply: Reply) {
        if let refusal {
            // Nobody is to get the message, yet the server waits for it: nothing that is written now is harmless.
            let isWaiting = phase == .data && reply.code / 100 == 3
            return end(refusal.phase, .refused(refusal.reply), isReusable: !isWaiting, needsReset: !isWaiting)
        }
        if let next = SMTPDialogue.command(after: phase) {
            write(from: next)
        } else {
            step = .send(content.body, .body)
        }
    }

    /// A reply, or the beginning of one, to nothing: before a command, in the message, or before the dot.
    private mutating func unasked(_ reply: Reply?) {
        if let reply { transcript.read(reply) }
        if let reply, reply.code == 421 { return end(currentPhase, .refused(reply)) }
        end(currentPhase, .outOfStep(reply?.text ?? parser.remainder))
    }

    private mutating func end(
        _ phase: WirePhase, _ ending: Ending, isReusable: Bool = false, needsReset: Bool = false
    ) {
        step = .end(Result(phase: phase, ending: ending, isReusable: isReusable, needsReset: needsReset))
    }
}

extension [UInt8] {
    fileprivate mutating func append(text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
    }

    /// `<ana@acme.example>` (RFC 5321 4.1.2).
    fileprivate mutating func append(path address: EmailAddress) {
        append(UInt8(ascii: "<"))
        append(text: address.localPart)
        append(UInt8(ascii: "@"))
        append(text: address.domain)
        append(UInt8(ascii: ">"))
    }
}
