import MIME

extension EmailAddress {
    /// The company's domain, where the address tells one: registrable, and not one at which anyone can have an address.
    var companyDomain: String? { isFreeMail ? nil : registrableDomain }
}

/// Addresses of web pages, as far as they tell a company's domain.
enum WebAddress {
    /// The registrable domain of a company's site; `nil` of a page on somebody else's, and of what is no address.
    static func companyDomain(_ text: String) -> String? {
        guard let host = host(text), let ascii = try? MailDomain.ascii(host),
            let domain = MailDomain.registrable(ascii), !shared.contains(domain), !MailDomain.isFreeMail(domain)
        else { return nil }
        return domain
    }

    /// Whether it is a page of LinkedIn.
    static func isLinkedIn(_ text: String) -> Bool {
        host(text)?.split(separator: ".").contains("linkedin") ?? false
    }

    /// The host of `https://www.acme.example:443/about?x`, without `www.`, in lower case.
    private static func host(_ text: String) -> String? {
        var rest = Substring(text).trimmed
        if let scheme = rest.ranges(of: "://").first { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        while rest.hasSuffix(".") { rest = rest.dropLast() }
        let host = rest.lowercased()
        return host.isEmpty ? nil : host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
    }

    /// Sites on which companies only have a page.
    private static let shared: Set<String> = [
        "linkedin.com", "facebook.com", "fb.com", "instagram.com", "twitter.com", "x.com", "youtube.com", "medium.com",
        "github.com", "crunchbase.com", "linktr.ee", "google.com", "goo.gl", "bit.ly", "notion.site", "angel.co",
        "wellfound.com", "tiktok.com", "xing.com", "substack.com", "t.me", "apple.com",
    ]
}
