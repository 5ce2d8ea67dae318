/// Who may send for a domain, with all that its record includes (RFC 7208).
package struct SPFPolicy: Sendable, Hashable {
    /// What is wrong with it.
    package enum Problem: Sendable, Hashable {
        /// No record at this name.
        case missing(domain: String)
        /// More than one record: none counts then (RFC 7208 4.5).
        case many(domain: String, count: Int)
        /// A word that is no term makes the whole record void.
        case badTerm(String, domain: String)
        /// A name that includes itself by way of others.
        case loop(domain: String)
        /// More than ten lookups: receivers give up (RFC 7208 4.6.4).
        case manyLookups(Int)
        /// More than two lookups that found nothing.
        case manyEmpty(Int)
        /// `+all`: anybody may send.
        case open
        /// Neither `all` nor a redirect at the end: whoever is not named is as good as whoever is.
        case noEnd
        case unanswered(domain: String, reason: String)
    }

    /// The record at the domain itself.
    package var record: String?
    /// Lookups that a receiver may need in all.
    package var lookups = 0
    /// Those that found nothing.
    package var emptyLookups = 0
    /// What is wrong with it and all that it includes, in the order in which receivers would meet it.
    package var problems: [Problem] = []
    private var rules: [Rule] = []

    /// What a sender's address is held against, in order.
    struct Rule: Sendable, Hashable {
        enum Match: Sendable, Hashable {
            case anybody
            case networks([Network])
            /// Whoever passes these rules.
            case rules([Rule])
            /// It depends on the sender and can't be told beforehand.
            case unknown
        }

        struct Network: Sendable, Hashable {
            var address: IPAddress
            var bits: Int
        }

        var passes: Bool
        var match: Match
    }

    /// The most lookups that receivers make (RFC 7208 4.6.4).
    package static let lookupLimit = 10

    /// Reads the record of `domain` and of all that it names; blocks as `lookup` does.
    package static func read(_ domain: String, _ lookup: @escaping DNSLookup) -> SPFPolicy {
        var reader = SPFReader(lookup)
        var policy = SPFPolicy()
        policy.rules = reader.rules(domain, under: [])
        policy.record = reader.record
        (policy.lookups, policy.emptyLookups) = (reader.lookups, reader.emptyLookups)
        policy.problems = reader.problems
        if reader.lookups > lookupLimit { policy.problems.append(.manyLookups(reader.lookups)) }
        if reader.emptyLookups > 2 { policy.problems.append(.manyEmpty(reader.emptyLookups)) }
        return policy
    }

    /// Whether a receiver lets `address` send; `nil` where that depends on the mail.
    package func covers(_ address: IPAddress) -> Bool? { SPFPolicy.verdict(rules, address) }

    private static func verdict(_ rules: [Rule], _ address: IPAddress) -> Bool? {
        var isSure = true
        for rule in rules {
            switch rule.match {
            case .anybody: return isSure ? rule.passes : nil
            case .unknown: isSure = false
            case .networks(let networks):
                if networks.contains(where: { address.isIn($0.address, bits: $0.bits) }) {
                    return isSure ? rule.passes : nil
                }
            case .rules(let inner):
                switch verdict(inner, address) {
                case true?: return isSure ? rule.passes : nil
                case nil: isSure = false
                case false?: break
                }
            }
        }
        return isSure ? false : nil
    }
}

/// Follows a record and what it includes, counting as a receiver counts.
struct SPFReader {
    private(set) var record: String?
    private(set) var lookups = 0
    private(set) var emptyLookups = 0
    private(set) var problems: [SPFPolicy.Problem] = []
    private let lookup: DNSLookup
    /// Past this the count says enough; a record must not make us ask for ever.
    private static let patience = 50

    init(_ lookup: @escaping DNSLookup) { self.lookup = lookup }

    /// - Parameter above: the names whose records led here, the outermost first.
    mutating func rules(_ domain: String, under above: [String]) -> [SPFPolicy.Rule] {
        guard !above.contains(domain) else {
            problems.append(.loop(domain: domain))
            return []
        }
        guard let text = text(domain) else { return [] }
        if above.isEmpty { record = text }
        var terms: [SPFTerm] = []
        for word in text.split(whereSeparator: \.isWhitespace).dropFirst() {
            if let term = SPFTerm(word) {
                terms.append(term)
            } else {
                problems.append(.badTerm(String(word), domain: domain))
            }
        }
        return rules(terms, domain, above)
    }

    private mutating func rules(_ terms: [SPFTerm], _ domain: String, _ above: [String]) -> [SPFPolicy.Rule] {
        var rules: [SPFPolicy.Rule] = []
        for term in terms {
            if case .redirect = term.kind { continue }
            rules += rule(term, domain, above).map { [$0] } ?? []
            // What stands behind `all` is never reached (RFC 7208 5.1).
            guard term.kind == .all else { continue }
            if term.qualifier == .pass { problems.append(.open) }
            return rules
        }
        for case .redirect(let target) in terms.map(\.kind) {
            guard count() else { return rules }
            guard !target.contains("%") else { return rules + [.init(passes: true, match: .unknown)] }
            return rules + self.rules(target.lowercased(), under: above + [domain])
        }
        if above.isEmpty { problems.append(.noEnd) }
        return rules
    }

    private mutating func rule(_ term: SPFTerm, _ domain: String, _ above: [String]) -> SPFPolicy.Rule? {
        if term.isLookup, !count() { return nil }
        let match: SPFPolicy.Rule.Match
        switch term.kind {
        case .all: match = .anybody
        case .network(let address, let bits): match = .networks([.init(address: address, bits: bits)])
        case .include(let target) where !target.contains("%"):
            match = .rules(rules(target.lowercased(), under: above + [domain]))
        case .address(let target, let bits) where target?.contains("%") != true:
            match = .networks(networks([target ?? domain], bits))
        case .exchange(let target, let bits) where target?.contains("%") != true:
            match = .networks(networks(exchanges(target ?? domain), bits))
        case .include, .address, .exchange, .pointer, .exists: match = .unknown
        case .redirect, .other: return nil
        }
        return .init(passes: term.qualifier == .pass, match: match)
    }

    /// The record at `domain`, where there is exactly one.
    private mutating func text(_ domain: String) -> String? {
        let answer = lookup(domain, .txt)
        if let failure = answer.failure {
            problems.append(.unanswered(domain: domain, reason: failure))
            return nil
        }
        let texts = answer.texts.filter { $0.lowercased() == "v=spf1" || $0.lowercased().hasPrefix("v=spf1 ") }
        if texts.count == 1 { return texts[0] }
        problems.append(texts.isEmpty ? .missing(domain: domain) : .many(domain: domain, count: texts.count))
        return nil
    }

    private mutating func exchanges(_ domain: String) -> [String] {
        let hosts = lookup(domain, .mx).records.compactMap { record -> String? in
            if case .exchange(_, let host) = record, !host.isEmpty { host } else { nil }
        }
        if hosts.isEmpty { emptyLookups += 1 }
        return hosts
    }

    private mutating func networks(_ hosts: [String], _ bits: SPFTerm.Bits) -> [SPFPolicy.Rule.Network] {
        hosts.flatMap { host -> [SPFPolicy.Rule.Network] in
            let addresses = lookup(host, .a).addresses + lookup(host, .aaaa).addresses
            if addresses.isEmpty { emptyLookups += 1 }
            return addresses.map { .init(address: $0, bits: $0.isIPv4 ? bits.ipv4 : bits.ipv6) }
        }
    }

    /// Counts one lookup; whether it is to be made.
    private mutating func count() -> Bool {
        lookups += 1
        return lookups <= SPFReader.patience
    }
}
