/// Why a message could not be delivered.
package enum BounceReason: String, Sendable, Hashable, CaseIterable {
    /// Nobody has that address.
    case unknownUser = "unknown-user"
    /// Nothing has that domain.
    case unknownHost = "unknown-host"
    /// The person has gone to another address.
    case moved
    /// The domain takes no mail at all (RFC 7505).
    case noMailHere = "no-mail-here"
    /// The mailbox is full.
    case mailboxFull = "mailbox-full"
    /// The mailbox is switched off for now.
    case suspended
    /// The message is too big.
    case tooBig = "too-big"
    /// The content was taken for spam or a virus.
    case content
    /// Our address, domain or host is not liked.
    case blocked
    /// Authentication of the sender failed: SPF, DKIM, DMARC, reverse DNS.
    case authentication
    /// A rule of the receiver's forbids it: relaying, permissions, filters.
    case policy
    /// Too much at once.
    case tooMuch = "too-much"
    /// It was tried for days.
    case expired
    /// The way there is broken: routing, DNS, TLS, connections.
    case network
    /// The receiver's machine is broken.
    case system
    /// The report does not say.
    case unspecified

    /// Whether it means that the address is no use any more.
    var isAboutTheAddress: Bool {
        switch self {
        case .unknownUser, .unknownHost, .moved, .noMailHere: true
        default: false
        }
    }

    /// Judges a failure by its status and by what the server said.
    ///
    /// A precise status (RFC 3463, section 3) tells; words tell where it is general, and they may take "unknown
    /// user" back: servers answer 5.1.1 for a full mailbox or a message they do not like.
    static func judged(status: String?, said: FoldedText) -> BounceReason {
        let words = strongest(of: BouncePhrases.reasons.hits(in: said).map(\.meaning))
        let told = status.flatMap { byStatus[$0] }
        guard let told else { return words ?? status.flatMap(general) ?? .unspecified }
        guard told.isAboutTheAddress, let words, !words.isAboutTheAddress else { return told }
        return words
    }

    /// Of several causes named, the one that says least against the address wins: better soft than wrongly hard.
    private static func strongest(of named: [BounceReason]) -> BounceReason? {
        let order: [BounceReason] = [
            .mailboxFull, .authentication, .blocked, .content, .tooBig, .tooMuch, .suspended, .policy, .moved,
            .noMailHere, .unknownUser, .expired, .unknownHost, .network, .system,
        ]
        return order.first { named.contains($0) }
    }

    /// What precise codes mean; RFC 3463, RFC 7505, RFC 7372 and the registry of enhanced status codes.
    private static let byStatus: [String: BounceReason] = [
        "5.1.1": .unknownUser, "5.1.2": .unknownHost, "5.1.3": .unknownUser, "5.1.6": .moved, "5.1.10": .noMailHere,
        "5.1.7": .blocked, "5.1.8": .blocked, "5.2.2": .mailboxFull, "4.2.2": .mailboxFull, "5.2.3": .tooBig,
        "5.3.4": .tooBig, "4.4.7": .expired, "5.4.7": .expired, "5.4.6": .network, "4.4.6": .network,
        "5.7.9": .policy, "5.7.26": .authentication, "5.7.509": .authentication, "5.7.515": .authentication,
        "5.7.25": .authentication, "5.7.27": .noMailHere, "5.7.20": .authentication, "5.7.23": .authentication,
    ]

    /// What the class and subject of a code say where nothing better is known.
    private static func general(_ status: String) -> BounceReason? {
        let digits = status.split(separator: ".")
        switch digits.dropFirst().first {
        case "2": return .suspended
        case "3": return .system
        case "4": return status.hasPrefix("4") ? .expired : .network
        case "6": return .content
        case "7": return .policy
        default: return nil
        }
    }
}
