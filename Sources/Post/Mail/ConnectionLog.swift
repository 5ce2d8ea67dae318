/// What libcurl says while it connects: the phase, the last whole reply, the lines of EHLO, a transcript.
///
/// Filled in by libcurl's debug callback, on the thread that connects.
final class ConnectionLog {
    /// The protocol whose commands are seen.
    enum Language { case smtp, imap }

    private(set) var phase: WirePhase = .connect
    /// When the phase, or its last command, began.
    private(set) var phaseStart: ContinuousClock.Instant
    /// Commands by name and replies in full; what proves who we are is masked.
    private(set) var transcript: [String] = []
    /// The last whole reply to the last command (SMTP).
    private(set) var reply: Reply?
    /// The reply that said no to EHLO; libcurl tries HELO then.
    private(set) var refusedEHLO: Reply?
    /// The last line the server wrote.
    private(set) var lastLine = ""
    /// The reply to the last EHLO.
    private(set) var ehlo: [String] = []
    /// Whether AUTH or LOGIN was tried.
    private(set) var hasAuthenticated = false

    /// Whether it is SMTP that is spoken.
    var isSMTP: Bool { language == .smtp }

    private let language: Language
    private var parser = ReplyParser()

    init(language: Language, now: ContinuousClock.Instant) {
        self.language = language
        self.phaseStart = now
    }

    /// The phase changed without a command: TCP stands, TLS begins.
    func enter(_ phase: WirePhase, now: ContinuousClock.Instant) {
        guard self.phase < phase else { return }
        self.phase = phase
        phaseStart = now
    }

    /// libcurl wrote a command, or a part of the exchange after AUTH.
    func wrote(_ octets: [UInt8], now: ContinuousClock.Instant) {
        let words = String(decoding: octets.filter { $0 != 13 && $0 != 10 }, as: UTF8.self).split(separator: " ")
        let verb = words.dropFirst(language == .imap ? 1 : 0).first.map { $0.uppercased() } ?? ""
        phaseStart = now
        if verb == "HELO", let reply, reply.isTemporary || reply.isPermanent { refusedEHLO = reply }
        reply = nil
        parser = ReplyParser()
        switch verb {
        case "EHLO", "HELO", "CAPABILITY": (phase, ehlo) = (.ehlo, [])
        case "STARTTLS": phase = .starttls
        case "AUTH", "AUTHENTICATE", "LOGIN":
            (phase, hasAuthenticated) = (.auth, true)
            return append("\(verb) \(verb == "LOGIN" ? "***" : mechanism(words)) ***")
        default:
            if phase == .auth { return append("***") }
        }
        append(verb)
    }

    /// libcurl read a line, or several.
    func read(_ octets: [UInt8], now: ContinuousClock.Instant) {
        if phase == .connect { phase = .banner }
        for line in octets.split(separator: UInt8(ascii: "\n")) {
            lastLine = text(of: line)
            append(lastLine)
        }
        guard language == .smtp else { return readIMAP(octets, now: now) }
        parser.feed(octets)
        while let next = try? parser.next() { take(next, now: now) }
    }

    private func take(_ next: Reply, now: ContinuousClock.Instant) {
        reply = next
        if phase == .ehlo, next.isPositive { ehlo = next.lines }
        if phase == .starttls, next.isPositive {
            phase = .tls
            phaseStart = now
        }
    }

    private func readIMAP(_ octets: [UInt8], now: ContinuousClock.Instant) {
        let words = String(decoding: octets, as: UTF8.self).split(separator: " ")
        if phase == .starttls, words.count > 1, words[0] != "*", words[1].uppercased() == "OK" {
            phase = .tls
            phaseStart = now
        }
    }

    private func mechanism(_ words: [Substring]) -> String {
        words.dropFirst(language == .imap ? 2 : 1).first.map { $0.uppercased() } ?? ""
    }

    private func append(_ line: String) {
        if transcript.count < 100, !line.isEmpty { transcript.append(line) }
    }

    private func text(of line: ArraySlice<UInt8>) -> String {
        String(decoding: line.prefix(500).filter { $0 != 13 }, as: UTF8.self)
    }
}
