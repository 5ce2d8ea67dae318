import MIME

/// Reads a delivery report in plain words.
struct TextReport {
    let message: ParsedMessage
    let origin: ReportOrigin
    let text: BounceText

    func read() -> Classification? {
        let header = message.header
        let announced = BounceMarks.announcements.hits(in: text.folded)
        let failedBy = header["x-failed-recipients"]
        guard failedBy != nil || isReport(announced) else { return nil }
        if let challenge = announced.first(where: { $0.meaning == .challenge }), failedBy == nil,
            announced.first?.meaning == .challenge
        {
            return Classification(.autoReply, reason: "challenge", why: ["the text says \"\(challenge.phrase)\""])
        }
        if let quiet = quiet(announced) { return quiet }
        var bounce = Classification(.bounce, why: evidence(announced))
        bounce.failures = failures(named: Addresses.all(in: failedBy ?? ""))
        return bounce
    }

    /// Whether header and text together make a report: neither a daemon's name nor a phrase is enough alone.
    private func isReport(_ announced: [PhraseTable<BounceMarks.Announcement>.Hit]) -> Bool {
        guard !announced.isEmpty else { return isReportWithoutWords }
        if message.dispositionNotification != nil, origin.subject != .failed { return false }
        if origin.isOfMuchElse { return origin.subject != nil && looksTechnical && !BulkMail.isBulk(message.header) }
        if origin.isDaemon, !origin.isAnswer { return true }
        if origin.isMachine { return origin.subject != nil || looksTechnical || returns(announced) }
        guard origin.subject != nil, !message.header.has("in-reply-to"), !BulkMail.isBulk(message.header) else {
            return false
        }
        // A gateway may answer with "Re:"; a person who does so quotes the report.
        let isTechnical = looksTechnical || returns(announced) || message.dispositionNotification != nil
        return isTechnical && !(origin.isAnswer && isQuoting)
    }

    /// In a language we have no words of, the subject must do, or a server's code with the address it is about.
    private var isReportWithoutWords: Bool {
        guard origin.isMachine, !origin.isOfMuchElse, !origin.isAnswer, !message.header.has("in-reply-to") else {
            return false
        }
        return origin.subject == .failed || showsServersWords
    }

    private var showsServersWords: Bool {
        StatusCode.enhanced(in: text.folded.bytes).contains { $0.code.hasPrefix("5") }
            && StatusCode.replies(in: text.folded.bytes).contains { $0.code >= 500 } && !candidates.isEmpty
    }

    /// Whether a machine says that something failed and hands our message back.
    private func returns(_ announced: [PhraseTable<BounceMarks.Announcement>.Hit]) -> Bool {
        announced.contains { $0.meaning == .failed } && !message.embedded.isEmpty && !origin.isAnswer
    }

    /// Whether the text shows what only mail systems write: a reply code, an enhanced status, an address on its line.
    private var looksTechnical: Bool {
        !StatusCode.enhanced(in: text.folded.bytes).isEmpty || !StatusCode.replies(in: text.folded.bytes).isEmpty
            || !candidates.isEmpty
    }

    private var isQuoting: Bool {
        text.lines.contains { $0.first == UInt8(ascii: ">") } || message.header.has("references")
    }

    private func quiet(_ announced: [PhraseTable<BounceMarks.Announcement>.Hit]) -> Classification? {
        let meanings = announced.map(\.meaning)
        let isFinal = BounceMarks.finals.first(in: text.folded) != nil
        let isDelay =
            !isFinal && (meanings.contains(.delayed) || origin.subject == .delayed && !meanings.contains(.failed))
        let isSuccess = origin.subject == .delivered || meanings.contains(.delivered) && !meanings.contains(.failed)
        guard isDelay || isSuccess else { return nil }
        let reason = isDelay ? "delayed" : "delivered"
        var quiet = Classification(.other, reason: reason, why: ["the report says so: \(reason)"])
        quiet.failures = failures(named: [])
        return quiet
    }

    private func evidence(_ announced: [PhraseTable<BounceMarks.Announcement>.Hit]) -> [String] {
        var why: [String] = []
        if message.header.has("x-failed-recipients") { why.append("X-Failed-Recipients") }
        if origin.isMachine { why.append(origin.evidence) }
        if origin.subject == .failed { why.append("the subject announces a failure") }
        if let first = announced.first { why.append("the text says \"\(first.phrase)\"") }
        return why
    }

    private var returnedTo: [String] {
        ([text.returned].compactMap { $0 } + message.embedded).flatMap {
            $0.all("to").flatMap { Addresses.all(in: $0) }
        }
    }

    /// A provider that speaks of its own mailboxes may leave the domain out: a name alone on a line after a colon.
    private var bareNames: [String] {
        guard let domain = Addresses.first(in: message.header["from"] ?? "")?.split(separator: "@").last,
            let colon = text.lines.firstIndex(where: { $0.last == UInt8(ascii: ":") })
        else { return [] }
        let names = text.lines[(colon + 1)...].prefix(20).compactMap { line -> String? in
            let words = line.split { $0 == 32 || $0 == 9 }
            guard words.count == 1, let word = words.first, word.count < 65,
                word.allSatisfy({
                    (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                        || "._-".utf8.contains($0)
                })
            else { return nil }
            return String(decoding: word, as: UTF8.self).lowercased() + "@\(domain)"
        }
        return Array(names.prefix(1))
    }

    private func addresses(in names: [String]) -> Set<String> {
        Set(names.flatMap { message.header.all($0).flatMap { Addresses.all(in: $0) } })
    }

    private var candidates: [BounceRecipients.Candidate] {
        let senders = addresses(in: ["from", "reply-to", "sender"])
        let readers = addresses(in: ["to", "delivered-to", "cc"])
        let strangers = senders.union(readers).subtracting(returnedTo)
        let found = BounceRecipients(text: text, strangers: strangers, returnedTo: returnedTo).found()
        // Somebody who wrote to themselves gets the report at the address that failed.
        return found.isEmpty
            ? BounceRecipients(text: text, strangers: senders, returnedTo: returnedTo).found() : found
    }

    /// The failed addresses: what a header names, else what the text shows, else whom the returned message was to.
    private func failures(named: [String]) -> [Failure] {
        let shown = candidates
        let all: [String] =
            if !named.isEmpty {
                named
            } else if !shown.isEmpty {
                shown.map(\.address)
            } else if let named = Addresses.first(in: message.dispositionNotification?["final-recipient"] ?? "") {
                [named]
            } else {
                returnedTo.count == 1 ? returnedTo : bareNames
            }
        let addresses = Array(all.prefix(BounceRecipients.most))
        return addresses.map { address in
            let said = diagnostic(of: address, among: addresses)
            let codes = StatusCode.enhanced(in: Array(said.utf8)).map(\.code)
            let status = codes.first { !StatusCode.isGeneric($0) } ?? codes.first
            return Failure.judged(recipient: address, status: status, diagnostic: said)
        }
    }

    /// The lines about one address: all of a report about one, else those from its first to the next one's first.
    private func diagnostic(of address: String, among addresses: [String]) -> String {
        guard addresses.count > 1 else { return text.lines.joinedText }
        var pieces: [ArraySlice<[UInt8]>] = []
        var start: Int?
        for (index, line) in text.lines.enumerated() {
            guard let named = Addresses.all(in: line).first(where: { addresses.contains($0.address) }) else { continue }
            if named.address == address {
                start = start ?? index
            } else if let from = start {
                pieces.append(text.lines[from..<index])
                start = nil
            }
        }
        if let start { pieces.append(text.lines[start...]) }
        return pieces.map(\.joinedText).joined(separator: "\n")
    }
}
