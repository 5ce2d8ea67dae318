package import CivilTime

/// An IMAP account: read without changing anything (EXAMINE, BODY.PEEK), and given copies of what was sent.
package final class IMAPSource: MessageSource {
    /// How many messages one FETCH asks for.
    private static let batch = 1000

    private let connection: IMAPConnection

    /// Connects and logs in; blocks.
    package init(
        _ account: Account, deadline: ContinuousClock.Instant,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(SourceError) {
        connection = try IMAPConnection(account, deadline: deadline, isCancelled: isCancelled)
        try connection.readCapabilities()
    }

    package func folders() throws(SourceError) -> [MailFolder] {
        let hasUses =
            connection.capabilities.contains("SPECIAL-USE")
            && connection.capabilities.contains("LIST-EXTENDED")
        var folders: [MailFolder] = []
        try connection.perform("LIST \"\" \"*\"" + (hasUses ? " RETURN (SPECIAL-USE)" : "")) { response in
            if let folder = IMAPSource.folder(response.values) { folders.append(folder) }
        }
        return IMAPSource.named(folders)
    }

    /// Gives uses by names where the server says none of a kind (RFC 6154 is optional).
    private static func named(_ folders: [MailFolder]) -> [MailFolder] {
        let told = Set(folders.compactMap(\.use))
        return folders.map { folder in
            guard folder.use == nil, let use = MailFolder.Use(name: folder.name), !told.contains(use) else {
                return folder
            }
            return MailFolder(name: folder.name, use: use)
        }
    }

    package func open(_ folder: MailFolder) throws(SourceError) -> FolderState {
        var validity: Int?
        var state = FolderState(uidValidity: 0, uidNext: 0, count: 0)
        do throws(SourceError) {
            try connection.perform("EXAMINE \(try IMAPSource.quoted(folder.name))") { response in
                let values = response.values
                if values.count == 2, values[1].keyword == "EXISTS" { state.count = values[0].number ?? 0 }
                guard values.first?.keyword == "OK", let code = values.dropFirst().first?.text else { return }
                // A code's brackets keep it in one atom: `[UIDVALIDITY 12]`.
                let words = code.split { " []".contains($0) }
                guard words.count == 2, let number = UInt32(words[1]) else { return }
                if words[0].uppercased() == "UIDVALIDITY" { validity = Int(number) }
                if words[0].uppercased() == "UIDNEXT" { state.uidNext = number }
            }
        } catch .refused(let words) {
            throw .noFolder(words)
        }
        guard let validity else { throw .outOfStep("the folder has no UIDVALIDITY") }
        state.uidValidity = UInt32(validity)
        return state
    }

    package func entries(after mark: Int) throws(SourceError) -> [MessageEntry] {
        guard mark < Int(UInt32.max) else { return [] }
        // `n:*` always has the last message in it, even where n is past it (RFC 3501 6.4.8).
        return try search("UID \(max(mark, 0) + 1):*").filter { $0 > mark }.map {
            MessageEntry(key: String($0), uid: $0)
        }
    }

    package func entries(since day: LocalDate) throws(SourceError) -> [MessageEntry] {
        try search("SINCE \(InternalDate.day(day))").map { MessageEntry(key: String($0), uid: $0) }
    }

    /// The messages of the open folder that bear a Message-ID, given without brackets.
    package func entries(withMessageID id: String) throws(SourceError) -> [MessageEntry] {
        try search("HEADER Message-ID \(try IMAPSource.quoted("<\(id)>"))").map {
            MessageEntry(key: String($0), uid: $0)
        }
    }

    package func read(
        _ entries: [MessageEntry], limit: Int, each: (SourceMessage) -> Bool
    ) throws(SourceError) {
        var isWanted = true
        var start = 0
        while isWanted, start < entries.count {
            let end = min(start + IMAPSource.batch, entries.count)
            var open = Dictionary(entries[start..<end].map { ($0.uid, $0) }) { first, _ in first }
            let what = "(UID INTERNALDATE RFC822.SIZE BODY.PEEK[]<0.\(max(1, limit))>)"
            try connection.perform("UID FETCH \(IMAPSource.set(open.keys.sorted())) \(what)", literalLimit: limit) {
                guard isWanted, let fetched = Fetched($0.values), let entry = open.removeValue(forKey: fetched.uid)
                else { return }
                isWanted = each(fetched.message(entry, limit: limit))
            }
            start = end
        }
    }

    /// Puts a copy of a sent message into a folder, marked as seen.
    package func append(_ octets: [UInt8], to folder: MailFolder, received: Instant) throws(SourceError) {
        let name = try IMAPSource.quoted(folder.name)
        try connection.perform("APPEND \(name) (\\Seen) \"\(InternalDate.text(received))\"", literal: octets)
    }

    package func close() { connection.close() }

    // MARK: Parts

    private func search(_ criteria: String) throws(SourceError) -> [UInt32] {
        var uids: [UInt32] = []
        try connection.perform("UID SEARCH \(criteria)") { response in
            guard response.values.first?.keyword == "SEARCH" else { return }
            uids += response.values.dropFirst().compactMap { $0.number.flatMap { UInt32(exactly: $0) } }
        }
        return uids.sorted()
    }

    /// `LIST (\HasNoChildren \Sent) "/" "Sent Items"`.
    private static func folder(_ values: [IMAPValue]) -> MailFolder? {
        guard values.count >= 4, values[0].keyword == "LIST", let flags = values[1].items, let name = values[3].text,
            !name.unicodeScalars.contains("\u{FFFD}")
        else { return nil }
        let marks = Set(flags.compactMap { $0.text?.lowercased() })
        if marks.contains("\\noselect") || marks.contains("\\nonexistent") { return nil }
        if name.uppercased() == "INBOX" { return MailFolder(name: name, use: .inbox) }
        return MailFolder(name: name, use: marks.compactMap { MailFolder.Use(rawValue: String($0.dropFirst())) }.first)
    }

    /// A quoted string; no control can stand in one.
    private static func quoted(_ text: String) throws(SourceError) -> String {
        guard text.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }) else {
            throw .noFolder("a name holds a control character")
        }
        let escaped = text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "\"\(String(escaped))\""
    }

    /// `1:3,7` of rising numbers.
    private static func set(_ uids: [UInt32]) -> String {
        var ranges: [ClosedRange<UInt32>] = []
        for uid in uids {
            if let last = ranges.last, last.upperBound < uid, last.upperBound + 1 == uid {
                ranges[ranges.count - 1] = last.lowerBound...uid
            } else {
                ranges.append(uid...uid)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound):\($0.upperBound)" }
            .joined(separator: ",")
    }
}

/// What one FETCH response holds; flags that the server tells on its own have no body and are none.
private struct Fetched {
    let uid: UInt32
    private let received: Instant
    private let size: Int
    private let octets: [UInt8]
    private let sent: Int

    /// Reads `12 FETCH (UID 5 INTERNALDATE "..." RFC822.SIZE 3 BODY[]<0> {3})`.
    init?(_ values: [IMAPValue]) {
        guard values.count == 3, values[1].keyword == "FETCH", let items = values[2].items else { return nil }
        var facts: [String: IMAPValue] = [:]
        for index in stride(from: 0, to: items.count - 1, by: 2) {
            if let key = items[index].keyword { facts[key] = items[index + 1] }
        }
        guard let uid = facts["UID"]?.number.flatMap({ UInt32(exactly: $0) }),
            case .string(let octets, let sent)? = facts["BODY[]<0>"] ?? facts["BODY[]"]
        else { return nil }
        self.uid = uid
        self.octets = octets
        self.sent = sent
        size = max(facts["RFC822.SIZE"]?.number ?? 0, sent)
        received = facts["INTERNALDATE"]?.text.flatMap(InternalDate.instant) ?? Instant(0)
    }

    func message(_ entry: MessageEntry, limit: Int) -> SourceMessage {
        // QUIRK: some servers count RFC822.SIZE wrongly; only a whole limit's worth of octets means that some are missing.
        let isCut = octets.count < sent || (octets.count >= limit && size > octets.count)
        return SourceMessage(entry: entry, received: received, size: size, octets: octets, isCut: isCut)
    }
}
