package import CivilTime
package import Outreach

/// What came of one message of a mailbox: by this a mailbox's and a sequence's reputation is judged.
package struct SendRecord: Sendable, Hashable {
    /// The ledger's row of the message.
    package var message: Int
    /// The sequence's name.
    package var sequence: String
    /// The part of the person's address behind its @; `nil` of a forgotten person.
    package var domain: String?
    /// How the delivery ended.
    package var state: Message.State
    /// The server's last reply, whole.
    package var reply: String?
    /// Of its fence; refused before that, of its first try.
    package var at: Instant
    /// Whether the address turned out to be none, at once or by a bounce.
    package var hasBounced: Bool

    package init(
        message: Int, sequence: String, domain: String?, state: Message.State, reply: String?, at: Instant,
        hasBounced: Bool
    ) {
        self.message = message
        self.sequence = sequence
        self.domain = domain
        self.state = state
        self.reply = reply
        self.at = at
        self.hasBounced = hasBounced
    }

    /// The domain of an address, in lower case.
    package static func domain(of email: String?) -> String? {
        email?.split(separator: "@").last.map { $0.lowercased() }
    }

    /// The order in which they were sent.
    package static func isBefore(_ a: SendRecord, _ b: SendRecord) -> Bool { (a.at, a.message) < (b.at, b.message) }
}

extension Shelf {
    /// What this person's messages of a mailbox came to since then.
    func sends(of mailbox: String, since: Instant) -> [SendRecord] {
        messages.map(\.message).filter { message in
            guard message.mailbox == mailbox else { return false }
            return message.fencedAt.map { $0 >= since } ?? (message.state == .rejected && message.date >= since)
        }.map { message in
            SendRecord(
                message: message.id,
                sequence: enrollments.first { $0.id == message.enrollment }?.sequence ?? "",
                domain: SendRecord.domain(of: row.person.email), state: message.state, reply: message.reply,
                at: message.fencedAt ?? message.date,
                hasBounced: touchpoints.contains {
                    $0.kind == .bounceHard && $0.at >= since && $0.enrollment == message.enrollment
                        && $0.step == message.step
                })
        }
    }
}

extension MemoryStore {
    package func sends(of mailbox: String, since: Instant) throws(StoreError) -> [SendRecord] {
        try read { (tables) throws(StoreError) in
            let own = tables.shelves.values.flatMap { $0.sends(of: mailbox, since: since) }
            let others = try tables.base?.sends(of: mailbox, since: since) ?? []
            return (own + others.filter { tables.messageShelf[$0.message] == nil }).sorted(by: SendRecord.isBefore)
        }
    }

    package func sendCount(of mailbox: String, since: Instant) throws(StoreError) -> Int {
        try sends(of: mailbox, since: since).count
    }

    package func bounceCount(of mailbox: String, since: Instant) throws(StoreError) -> Int {
        try sends(of: mailbox, since: since).count(where: \.hasBounced)
    }
}
