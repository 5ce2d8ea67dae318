/// The words of answering machines as data, by language and by what they do in a text.
enum AwayPhrases {
    /// What a phrase does.
    enum Group: Sendable, Hashable {
        /// Stands at the beginning of an automatic answer's subject.
        case subject
        /// Says that the answer is automatic.
        case automatic
        /// Says that somebody is away.
        case away
        /// Says that somebody has left, or that the address is not read any more.
        case gone
        /// Says that a request was received.
        case ticket
        /// Asks the sender to prove something.
        case challenge
        /// Thanks for a message.
        case thanks
        /// Names somebody else to ask.
        case contact

        var opensSubject: Bool { self == .subject || self == .automatic || self == .away }
    }

    /// A group and the language of the phrase (ISO 639-1).
    struct Sense: Sendable {
        var group: Group
        var language: String
    }

    /// The language most of the hits are in.
    static func language(of hits: [PhraseTable<Sense>.Hit]) -> String? {
        var votes: [String: Int] = [:]
        for hit in hits { votes[hit.meaning.language, default: 0] += hit.meaning.group == .subject ? 1 : 2 }
        return votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    static let table = PhraseTable<Sense>(
        (western + others).flatMap { language, groups in
            groups.flatMap { group, phrases in phrases.map { ($0, Sense(group: group, language: language)) } }
        })

    /// Phrases of one language by group.
    typealias Language = (String, [(Group, [String])])
}
