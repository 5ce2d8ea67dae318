import Arguments
import DNS
import MIME
import Mail
import Outreach

/// What receivers find in DNS about the domains that mail comes from.
struct DomainDiagnosis {
    private let model: Model
    private let selectors: [String]
    private let lookup: DNSLookup
    private let note: @Sendable (String) -> Void

    init(_ desk: Desk, _ model: Model, lookup: @escaping DNSLookup) {
        self.model = model
        self.lookup = lookup
        selectors = desk.invocation.values("--selector")
        let output = desk.output
        note = { output.note($0) }
    }

    var diagnoses: [Diagnosis] {
        let live = model.mailboxes.values.filter(\.isLive).sorted { $0.name < $1.name }
        guard !live.isEmpty else {
            return [.fine("dns", "domains", "no mailbox hands mail to a server, so nobody is asked")]
        }
        let domains = Set(live.map(\.domain)).sorted()
        let servers = Set(live.compactMap(\.server)).sorted()
        return domains.flatMap { domain in
            note("asking DNS about \(domain)")
            return self.domain(domain, servers: live.filter { $0.domain == domain }.compactMap(\.server))
        } + servers.compactMap(pointer)
    }

    private func domain(_ domain: String, servers: [String]) -> [Diagnosis] {
        let area = "domain \(domain)"
        return SPFDiagnosis(area: area, domain: domain, servers: servers, lookup: lookup).diagnoses
            + dkim(area, domain) + [dmarc(area, domain), exchange(area, domain)]
    }

    // MARK: DKIM

    private func dkim(_ area: String, _ domain: String) -> [Diagnosis] {
        let named = selectors.isEmpty ? written(for: domain) : selectors
        if !named.isEmpty { return named.map { self.selector($0, area, domain) } }
        for selector in DKIMKey.usualSelectors {
            switch DKIMKey.find(selector, of: domain, lookup) {
            case .missing: continue
            case .unanswered(let reason):
                return [.look(area, "DKIM", "could not be asked: \(reason)", do: "see resolv.conf, then again")]
            default: return [self.selector(selector, area, domain)]
            }
        }
        return [
            .look(
                area, "DKIM", "none of the usual selectors is there",
                do: "if your server signs, say by which, as dkim: of the mailbox; else let it sign")
        ]
    }

    /// The selectors that the domain's live mailboxes name as `dkim:`, each once.
    private func written(for domain: String) -> [String] {
        Set(model.mailboxes.values.filter { $0.isLive && $0.domain == domain }.compactMap(\.dkim)).sorted()
    }

    private func selector(_ name: String, _ area: String, _ domain: String) -> Diagnosis {
        let place = "\(name)._domainkey.\(domain)"
        switch DKIMKey.find(name, of: domain, lookup) {
        case .key(let key): return self.key(key, name, area)
        case .missing:
            return .wrong(area, "DKIM", "nothing is at \(place)", do: "publish the key that your server signs with")
        case .revoked:
            return .wrong(area, "DKIM", "the key at \(place) is revoked: p= is empty", do: "sign with another key")
        case .broken(let why):
            return .wrong(area, "DKIM", "\(place): \(why)", do: "publish it again as your server prints it")
        case .unanswered(let reason):
            return .look(area, "DKIM", "could not be asked: \(reason)", do: "see resolv.conf, then again")
        }
    }

    private func key(_ key: DKIMKey, _ name: String, _ area: String) -> Diagnosis {
        if key.isTest {
            return .look(
                area, "DKIM", "\(name) is marked as a test (t=y)", do: "take t=y out once mail arrives signed")
        }
        switch key.algorithm {
        case .ed25519: return .fine(area, "DKIM", "\(name), Ed25519")
        case .rsa(let bits) where bits < 1024:
            return .wrong(area, "DKIM", "\(name) is RSA of \(bits) bits; receivers refuse it", do: "make one of 2048")
        case .rsa(let bits) where bits < 2048:
            return .look(area, "DKIM", "\(name) is RSA of \(bits) bits", do: "make one of 2048 bits")
        case .rsa(let bits): return .fine(area, "DKIM", "\(name), RSA of \(bits) bits")
        }
    }

    // MARK: DMARC and MX

    private func dmarc(_ area: String, _ domain: String) -> Diagnosis {
        let organisation = MailDomain.registrable(domain)
        switch DMARCPolicy.find(of: domain, organisation: organisation, lookup) {
        case .policy(let policy) where policy.request == .none && policy.reports.isEmpty:
            return .look(
                area, "DMARC", "p=none without reports: it asks for nothing and tells you nothing",
                do: "add rua=mailto:you@\(domain), later p=quarantine")
        case .policy(let policy): return .fine(area, "DMARC", "p=\(policy.request.rawValue)")
        case .missing:
            return .look(
                area, "DMARC", "there is none; large receivers want one",
                do: "publish TXT at _dmarc.\(organisation ?? domain): \"v=DMARC1; p=none; rua=mailto:you@\(domain)\"")
        case .many(let count):
            return .wrong(area, "DMARC", "there are \(count) records, so none counts", do: "keep one")
        case .broken(let why): return .wrong(area, "DMARC", why, do: "mend the TXT record at _dmarc.\(domain)")
        case .unanswered(let reason):
            return .look(area, "DMARC", "could not be asked: \(reason)", do: "see resolv.conf, then again")
        }
    }

    /// Where answers and bounces to the domain go (RFC 5321 5.1).
    private func exchange(_ area: String, _ domain: String) -> Diagnosis {
        let answer = lookup(domain, .mx)
        if let failure = answer.failure {
            return .look(area, "MX", "could not be asked: \(failure)", do: "see resolv.conf, then again")
        }
        let hosts = answer.records.compactMap { record -> (Int, String)? in
            if case .exchange(let preference, let host) = record { (preference, host) } else { nil }
        }.sorted { $0.0 < $1.0 }.map(\.1)
        guard let first = hosts.first else {
            return .wrong(
                area, "MX", "there is none, so answers and bounces may not come back",
                do: "publish an MX record with the server that takes mail for \(domain)")
        }
        if first.isEmpty {
            return .wrong(
                area, "MX", "the domain says that it takes no mail (null MX)", do: "publish the server that takes it")
        }
        let lost = hosts.filter { lookup($0, .a).addresses.isEmpty && lookup($0, .aaaa).addresses.isEmpty }
        return lost.isEmpty
            ? .fine(area, "MX", hosts.joined(separator: ", "))
            : .wrong(
                area, "MX", "\(lost.joined(separator: ", ")) has no address",
                do: "publish an A or AAAA record for it, or take it out")
    }

    // MARK: PTR

    /// Whether a server's address leads back to it: receivers refuse mail from machines that have no name.
    private func pointer(_ server: String) -> Diagnosis? {
        let area = "server \(server)"
        guard IPAddress(server) == nil, server != "localhost" else { return nil }
        let addresses = lookup(server, .a).addresses + lookup(server, .aaaa).addresses
        guard let first = addresses.first else {
            let reason = lookup(server, .a).failure.map { "could not be asked: \($0)" } ?? "DNS does not know it"
            return .look(area, "PTR", reason, do: "see the name in stoke.yaml, and resolv.conf")
        }
        for address in addresses {
            let names = lookup(address.reverseName, .ptr).names
            if names.isEmpty {
                return .look(
                    area, "PTR", "\(address) has no name",
                    do: "if this machine hands mail to the world, let its host set the PTR to \(server)")
            }
            let leadsBack = names.contains { name in
                lookup(name, address.isIPv4 ? .a : .aaaa).addresses.contains(address)
            }
            if !leadsBack {
                return .look(
                    area, "PTR", "\(address) is called \(names[0]), which does not lead back to it",
                    do: "let \(names[0]) have the address \(address), or set the PTR to \(server)")
            }
        }
        let more = addresses.count > 1 ? " and \(addresses.count - 1) more" : ""
        return .fine(area, "PTR", "\(first)\(more), there and back")
    }
}

extension Mailbox {
    /// The domain of its address, in lower case.
    var domain: String { String(fromAddress.lowercased().split(separator: "@").last ?? "") }
    /// The host that it hands mail to; `nil` for a folder.
    var server: String? {
        if case .server(_, let host, _)? = try? ServerURL(smtp) { host } else { nil }
    }
}
