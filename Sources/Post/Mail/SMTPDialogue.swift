import MIME

/// One message's transaction as a state machine: octets in, steps out, no I/O of its own (RFC 5321 4.1.1).
///
/// The caller takes `step`, does it, and tells what came of it by `sent`, `received`, `fenced` or `stopped`,
/// until the step is `end`.
struct SMTPDialogue {
    /// What is to be done next.
    enum Step: Equatable {
        /// Write these octets, all of them; then `sent()`.
        case send([UInt8], WirePhase)
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
    private(set) var transcript: [String] = []

    private let content: DataOctets
    /// The commands yet to be written, with what each waits for; written together where PIPELINING is offered.
    private var commands: [(phase: WirePhase, line: String)]
    private let pipelining: Bool
    /// What replies are outstanding, in order.
    private var expected: [WirePhase] = []
    /// The first refusal, kept while the other replies of its group come in.
    private var refusal: (phase: WirePhase, reply: Reply)?
    private var parser = ReplyParser()

    init(_ message: WireMessage, features: SMTPFeatures, needsReset: Bool) {
        content = DataOctets(message.octets)
        pipelining = features.pipelining
        commands = needsReset ? [(.reset, "RSET")] : []
        step = .receive(.mail)
        if let missing = SMTPDialogue.missing(message, content, features) {
            let result = Result(
                phase: .mail, ending: .unsupported(missing), isReusable: true, needsReset: needsReset)
            step = .end(result)
            return
        }
        commands.append((.mail, SMTPDialogue.mail(message, content, features)))
        commands.append((.rcpt, "RCPT TO:<\(message.to.text)>"))
        commands.append((.data, "DATA"))
        writeCommands()
    }

    /// The step's octets are written.
    mutating func sent() {
        guard case .send(_, let phase) = step else { return }
        switch phase {
        case .body: step = .fence
        case .dot:
            expected = [.dot]
            step = .receive(.dot)
        default: step = .receive(expected.first ?? phase)
        }
    }

    /// Octets came.
    mutating func received(_ octets: some Sequence<UInt8>) {
        parser.feed(octets)
        do throws(ReplyParser.Malformed) {
            while case .receive = step, let reply = try parser.next() { take(reply) }
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
        transcript.append(isGranted ? "fence granted" : "fence refused")
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

    private static func missing(_ message: WireMessage, _ content: DataOctets, _ features: SMTPFeatures) -> String? {
        if message.needsSMTPUTF8, !features.smtpUTF8 { return "SMTPUTF8" }
        if let limit = features.size, content.size > limit { return "SIZE \(content.size)" }
        return content.isEightBit && !features.eightBitMIME ? "8BITMIME" : nil
    }

    private static func mail(_ message: WireMessage, _ content: DataOctets, _ features: SMTPFeatures) -> String {
        var line = "MAIL FROM:<\(message.from.text)>"
        if features.size != nil { line += " SIZE=\(content.size)" }
        if content.isEightBit { line += " BODY=8BITMIME" }
        if message.needsSMTPUTF8 { line += " SMTPUTF8" }
        return line
    }

    /// Writes what may be written now: all commands at once, or the next.
    private mutating func writeCommands() {
        let group = pipelining ? commands : Array(commands.prefix(1))
        commands.removeFirst(group.count)
        expected = group.map(\.phase)
        transcript += group.map { String($0.line.prefix { $0 != " " }) }
        step = .send(group.flatMap { Array($0.line.utf8) + [13, 10] }, group.first?.phase ?? .mail)
    }

    // MARK: Replies

    private mutating func take(_ reply: Reply) {
        transcript.append(reply.text)
        let phase = expected.removeFirst()
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
        if expected.isEmpty { endOfGroup(last: phase, reply) } else { step = .receive(expected[0]) }
    }

    /// All replies asked for are in: refuse, ask on, or write the message.
    private mutating func endOfGroup(last phase: WirePhase, _ reply: Reply) {
        if let refusal {
            // Nobody is to get the message, yet the server waits for it: nothing that is written now is harmless.
            let isWaiting = phase == .data && reply.code / 100 == 3
            return end(refusal.phase, .refused(refusal.reply), isReusable: !isWaiting, needsReset: !isWaiting)
        }
        if phase == .data {
            step = .send(content.body, .body)
        } else {
            writeCommands()
        }
    }

    /// A reply, or the beginning of one, to nothing: before a command, in the message, or before the dot.
    private mutating func unasked(_ reply: Reply?) {
        if let reply { transcript.append(reply.text) }
        if let reply, reply.code == 421 { return end(currentPhase, .refused(reply)) }
        end(currentPhase, .outOfStep(reply?.text ?? parser.remainder))
    }

    private mutating func end(
        _ phase: WirePhase, _ ending: Ending, isReusable: Bool = false, needsReset: Bool = false
    ) {
        step = .end(Result(phase: phase, ending: ending, isReusable: isReusable, needsReset: needsReset))
    }
}
