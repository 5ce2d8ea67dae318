import DNS
import MIME

/// Whom a domain lets send, as receivers read it.
struct SPFDiagnosis {
    let area: String
    let domain: String
    /// Hosts that mailboxes of the domain hand mail to.
    let servers: [String]
    let lookup: DNSLookup

    var diagnoses: [Diagnosis] {
        let policy = SPFPolicy.read(domain, lookup)
        let problems = policy.problems.map(diagnosis)
        guard problems.isEmpty else { return problems }
        let end = policy.record?.split(separator: " ").last.map { ", ends with \($0)" } ?? ""
        let count = "\(policy.lookups) of \(SPFPolicy.lookupLimit) lookups\(end)"
        return [uncovered(policy) ?? .fine(area, "SPF", count)]
    }

    private func diagnosis(_ problem: SPFPolicy.Problem) -> Diagnosis {
        switch problem {
        case .missing(let name) where name == domain:
            wrong("there is no record, so anybody may send as \(domain)", do: "publish the TXT that your server names")
        case .missing(let name):
            wrong("it includes \(name), which has no record: all of it is void", do: "take include:\(name) out")
        case .many(let name, let count):
            wrong("\(name) has \(count) records, so none counts", do: "join them into one")
        case .badTerm(let word, let name):
            wrong("\"\(word)\" in the record of \(name) is no term: all of it is void", do: "mend or remove it")
        case .loop(let name): wrong("\(name) includes itself by way of others", do: "take that include out")
        case .manyLookups(let count):
            wrong(
                "it takes \(count) lookups; receivers give up after \(SPFPolicy.lookupLimit)",
                do: "take out includes that no longer send, or write their networks as ip4:")
        case .manyEmpty(let count):
            look("\(count) of its names lead nowhere; receivers may give up after 2", do: "take them out")
        case .open: wrong("+all lets anybody send as \(domain)", do: "end it with ~all or -all")
        case .noEnd: look("it ends without all, which says nothing of others", do: "end it with ~all or -all")
        case .unanswered(let name, let reason):
            look("\(name) could not be asked: \(reason)", do: "see resolv.conf, then again")
        }
    }

    /// A server of the domain's own that the record does not name. What others' servers send from is theirs to say.
    private func uncovered(_ policy: SPFPolicy) -> Diagnosis? {
        let own = servers.filter { MailDomain.registrable($0) == MailDomain.registrable(domain) }
        for server in own {
            for address in lookup(server, .a).addresses + lookup(server, .aaaa).addresses
            where policy.covers(address) == false {
                return look(
                    "it does not name \(server) (\(address))",
                    do: "if that server hands mail to the world itself, add ip\(address.isIPv4 ? 4 : 6):\(address)")
            }
        }
        return nil
    }

    private func wrong(_ message: String, do remedy: String) -> Diagnosis {
        .wrong(area, "SPF", message, do: remedy)
    }

    private func look(_ message: String, do remedy: String) -> Diagnosis { .look(area, "SPF", message, do: remedy) }
}
