import MIME

/// Finds in a report's own words which addresses failed.
///
/// Every address the report shows is a candidate; the shape of its line says how likely it is the one. Formats
/// differ in words, but nearly all put the failed address at the start of a line, or right after a lead-in.
struct BounceRecipients {
    /// An address with the line it stands on.
    struct Candidate {
        var address: String
        var line: Int
        var score: Int
    }

    let text: BounceText
    /// Addresses that are not meant: the report's sender and the one it went to.
    let strangers: Set<String>
    /// Addresses the returned message was sent to.
    let returnedTo: [String]

    /// The failed addresses with their lines, in order; empty when none is to be seen.
    func found() -> [Candidate] {
        var candidates: [Candidate] = []
        var places: [String: Int] = [:]
        for (index, line) in text.lines.enumerated() where candidates.count < Self.most {
            for candidate in judged(line, index) {
                if let known = places[candidate.address] {
                    candidates[known].score = max(candidates[known].score, candidate.score)
                } else {
                    places[candidate.address] = candidates.count
                    candidates.append(candidate)
                }
            }
        }
        let best = candidates.map(\.score).max() ?? 0
        if best >= Self.certain { return candidates.filter { $0.score >= Self.certain } }
        return candidates.first { $0.score == best && best > 0 }.map { [$0] } ?? []
    }

    private static let certain = 4
    /// More addresses than one message is sent to.
    static let most = 200

    private func judged(_ line: [UInt8], _ index: Int) -> [Candidate] {
        guard line.contains(UInt8(ascii: "@")) else { return [] }
        let folded = FoldedText(String(decoding: line, as: UTF8.self))
        let leadIns = Self.leadIns.hits(in: folded)
        let isAsked = isAskedFor(index)
        let isAside = isAsked || Self.asides.first(in: folded) != nil
        let found = Addresses.all(in: line)
        // "<carl@inner> (expanded from <info@x>)": we wrote to the second one.
        if found.count == 2, Self.expansions.first(in: folded) != nil, opens(line, found[0].range) {
            return isStrange(found[1].address) ? [] : [Candidate(address: found[1].address, line: index, score: 8)]
        }
        return found.compactMap { found in
            guard !isStrange(found.address) else { return nil }
            var score = 1
            if returnedTo.contains(found.address) { score += 2 }
            let opens = opens(line, found.range)
            if isAsked || isAside && !opens { return Candidate(address: found.address, line: index, score: score - 1) }
            if opens { score += 4 }
            if leadIns.contains(where: { Self.leads($0, to: found, in: folded) }) { score += 4 }
            return Candidate(address: found.address, line: index, score: score)
        }
    }

    /// Whether the line before asks to write to the address that follows.
    private func isAskedFor(_ index: Int) -> Bool {
        let before = text.lines[..<index].suffix(2).last { line in line.contains { $0 > 32 } }
        return before.map { Self.requests.first(in: FoldedText(String(decoding: $0, as: UTF8.self))) != nil } ?? false
    }

    private static let requests = PhraseTable<Bool>(
        ["to the address", "contact the", "list owner at", "send mail to", "send an email to", "e-mail to"]
            .map { ($0, true) })

    private static let expansions = PhraseTable<Bool>(
        ["(expanded from", "generated from"].map { ($0, true) })

    private func isStrange(_ address: String) -> Bool {
        strangers.contains(address) || BounceMarks.machines.contains(String(address.localPart))
            || address.localPart.count > 64
    }

    /// Whether an address opens its line: only bullets, quotes, brackets before it, and a line's end, a colon, dots, a
    /// reason in brackets or the address again after it.
    private func opens(_ line: [UInt8], _ range: Range<Int>) -> Bool {
        let before = line[..<range.lowerBound]
        guard before.allSatisfy({ " \t<>*-\"'([.;=|".utf8.contains($0) }) else {
            // "550 5.1.1 <ann@example.com>... User unknown": sendmail's transcript.
            let isTranscript = before.allSatisfy { " \t<>*-.".utf8.contains($0) || (48...57).contains($0) }
            return isTranscript && line[range.upperBound...].starts(with: ">...".utf8)
        }
        var rest = line[range.upperBound...]
        while let first = rest.first, " \t>\"')].,;".utf8.contains(first) { rest = rest.dropFirst() }
        guard let next = rest.first else { return true }
        let after = line[range.upperBound...]
        return next == UInt8(ascii: ":") || next == UInt8(ascii: "<") || next == UInt8(ascii: "(")
            || after.starts(with: "...".utf8) || after.starts(with: ">...".utf8) || next == UInt8(ascii: "-")
            || rest.starts(with: "on ".utf8) || rest.starts(with: "failed".utf8) || tellsCause(rest)
    }

    /// Whether the rest of a line is an error: a reply code, a status, or a cause in words.
    private func tellsCause(_ rest: ArraySlice<UInt8>) -> Bool {
        !StatusCode.replies(in: Array(rest)).isEmpty || !StatusCode.enhanced(in: Array(rest)).isEmpty
            || BouncePhrases.reasons.first(in: FoldedText(String(decoding: rest, as: UTF8.self))) != nil
    }

    private static func leads(
        _ hit: PhraseTable<Bool>.Hit, to found: Addresses.Found, in folded: FoldedText
    ) -> Bool {
        // Folding may have shortened the line, so the address is looked for again.
        let rest = folded.bytes[min(hit.range.upperBound, folded.bytes.count)...]
        let text = rest.drop { " \t:<\"'(;[".utf8.contains($0) }
        if text.starts(with: found.address.utf8) { return true }
        let typed = ["rfc822;", "smtp:", "rfc822; ", "smtp;"].first { text.starts(with: $0.utf8) }
        return typed.map {
            text.dropFirst($0.utf8.count).drop { $0 == 32 || $0 == 60 }.starts(with: found.address.utf8)
        }
            ?? false
    }

    /// What stands right before a failed address.
    private static let leadIns = PhraseTable<Bool>(
        [
            "delivered to:", "delivered to", "undeliverable to", "undeliverable: ", "unknown user:", "unknown user",
            "user unknown:", "failed recipient:", "recipient:", "recipients:", "recipient address:", "rcpt to:",
            "originally addressed to", "delivering your mail to", "deliver message to:", "deliver message to",
            "deliver your message to", "deliver to:", "deliver to", "delivery to", "delivery to:",
            "invalid final delivery userid:",
            "following recipient:", "following recipients:", "following address:", "mailbox is full:",
            "final-recipient:",
            "original-recipient:", "email address :", "address:", "addresses:", "attempts:", "your message to",
            "message to",
            "mail to", "user:", "failed:", "failed addresses follow", "local mailbox", "delivre a", "account=", "for:",
            "reach the following recipient(s):", "failed for", "could not be reached:", "was sent to",
            "rejected recipient",
            "mailbox for", "addressed to", "receiver:", "empfänger:", "destinataire:", "destinatario:", "宛先", "宛先:",
            "undeliverable address:", "intended recipient:", "error-for:", "for user", "mailing list", "unknown host:",
            "allowed size:", "not deliver to",
            "user id:", "bounced address:", "delivery failed:", "to the following recipient",
            "recipient", "address", "mailbox", "user ",
        ].map { ($0, true) })

    /// Lines that show an address which is not the failed one.
    private static let asides = PhraseTable<Bool>(
        [
            "mail from", "message-id", "please contact", "contact ", "for assistance", "for help",
            "for further assistance",
            "postmaster", "if you believe", "help desk", "support", "reply-to", "from:", "abuse@", "sender:",
            "return-path",
            "in-reply-to", "references:", "more information", "mail_from", "envelope-from", "reporting-mta", "http://",
            "https://",
            "your administrator", "hello ", "x-mailer", "email from", "message from", "sent by", "sender address",
        ].map { ($0, true) })
}
