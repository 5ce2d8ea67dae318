/// What a domain wants done with mail that is not its own (RFC 7489 6.3).
package struct DMARCPolicy: Sendable, Hashable {
    /// What to do with mail that fails.
    package enum Request: String, Sendable, Hashable, CaseIterable {
        case none, quarantine, reject
    }

    /// What it asks receivers to do with mail that fails (RFC 7489 6.3, `p=`).
    package var request: Request
    /// Where reports go; empty where nobody wants them.
    package var reports: String

    package init(request: Request, reports: String) {
        self.request = request
        self.reports = reports
    }

    /// What was found at `_dmarc.`.
    package enum Reading: Sendable, Hashable {
        case policy(DMARCPolicy)
        case missing
        /// More than one record: then none counts (RFC 7489 6.6.3).
        case many(Int)
        /// The record can't be read; why, in lower case.
        case broken(String)
        case unanswered(String)
    }

    /// The policy of `domain`: its own, else that of the `organisation` it belongs to, whose `sp` then counts.
    package static func find(of domain: String, organisation: String?, _ lookup: DNSLookup) -> Reading {
        let own = read(lookup("_dmarc.\(domain)", .txt), isParent: false)
        guard own == .missing, let organisation, organisation != domain else { return own }
        return read(lookup("_dmarc.\(organisation)", .txt), isParent: true)
    }

    private static func read(_ answer: DNSAnswer, isParent: Bool) -> Reading {
        if let failure = answer.failure { return .unanswered(failure) }
        let records = answer.texts.map { ($0, TagList($0)) }.filter { $0.1.first == "v" && $0.1["v"] == "DMARC1" }
        guard let (_, tags) = records.first else { return .missing }
        if records.count > 1 { return .many(records.count) }
        guard let word = (isParent ? tags["sp"] : nil) ?? tags["p"] else { return .broken("it has no p=") }
        guard let request = Request(rawValue: word.lowercased()) else {
            return .broken("p=\(word) is none of none, quarantine, reject")
        }
        return .policy(DMARCPolicy(request: request, reports: tags["rua"] ?? ""))
    }
}
