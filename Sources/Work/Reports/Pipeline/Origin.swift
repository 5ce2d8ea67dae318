import Facts
package import Outreach

/// Who came to whom; reports keep them apart.
package enum Origin: String, Sendable, Hashable, CaseIterable {
    /// We came to them: lists, research, direct mail.
    case outbound
    /// They came to us: content, search, social, ads, forms, events, webinars.
    case inbound
    /// Somebody brought us together: referrals, partners.
    case referral

    /// By the person's `source`: its first word; what is unknown, a file's name among it, is a list.
    package init(of person: Person) {
        let source = person.facts["source"]?.plainText ?? ""
        let word = source.lowercased().split { !$0.isLetter }.first.map(String.init) ?? ""
        self =
            Origin.inboundWords.contains(word) ? .inbound : Origin.referralWords.contains(word) ? .referral : .outbound
    }

    private static let inboundWords: Set<String> = [
        "inbound", "content", "search", "social", "ad", "ads", "form", "event", "webinar", "website", "blog",
        "newsletter",
        "organic", "download", "demo", "booking",
    ]
    private static let referralWords: Set<String> = ["referral", "referred", "partner"]
}
