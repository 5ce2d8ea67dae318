import CResolv
import Synchronization

/// Asks the system's resolver, libresolv; each question once.
package final class Resolver: Sendable {
    /// Whom to ask.
    package enum Server: Sendable, Hashable {
        /// Those of resolv.conf(5).
        case system
        /// One by its IPv4 address.
        case at(address: String, port: Int)

        /// `192.0.2.53`, `127.0.0.1:5353`; `nil` for anything else.
        package init?(_ text: String) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard let address = IPAddress(parts[0]), address.isIPv4, parts.count <= 2 else { return nil }
            guard let port = parts.count == 2 ? Int(parts[1]) : 53, (1...65_535).contains(port) else { return nil }
            self = .at(address: parts[0], port: port)
        }
    }

    private struct Question: Hashable {
        var name: String
        var type: DNSRecordType
    }

    private let server: Server
    private let seconds: Int
    private let known = Mutex<[Question: DNSAnswer]>([:])

    /// - Parameter seconds: how long one try waits for an answer; there are two.
    package init(_ server: Server = .system, seconds: Int = 3) {
        self.server = server
        self.seconds = seconds
    }

    /// The records of `type` at `name`, an absolute name; blocks.
    package func lookup(_ name: String, _ type: DNSRecordType) -> DNSAnswer {
        let question = Question(name: name.lowercased(), type: type)
        if let answer = known.withLock({ $0[question] }) { return answer }
        let answer = Resolver.isName(name) ? ask(question) : .noName
        known.withLock { $0[question] = answer }
        return answer
    }

    /// What can be asked for at all: labels of 1 to 63 octets, 253 in all (RFC 1035 2.3.4).
    private static func isName(_ name: String) -> Bool {
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return name.utf8.count <= 253 && !name.utf8.contains(0) && labels.allSatisfy { (1...63).contains($0.count) }
    }

    private func ask(_ question: Question) -> DNSAnswer {
        var answer = [UInt8](repeating: 0, count: 65_536)
        var why: Int32 = 0
        let (address, port) = place
        let count = Int(
            stoke_resolve(
                question.name, Int32(question.type.rawValue), address, port, Int32(seconds), &answer,
                Int32(answer.count), &why))
        guard count >= 0 else { return Resolver.reason(why) }
        do throws(DNSMessage.Malformed) {
            let records = try DNSMessage.records(Array(answer.prefix(count)), of: question.type)
            return records.isEmpty ? .nothing : .records(records)
        } catch {
            return .failed("the name server's answer makes no sense at octet \(error.offset)")
        }
    }

    private var place: (address: String?, port: Int32) {
        switch server {
        case .system: (nil, 0)
        case .at(let address, let port): (address, Int32(port))
        }
    }

    private static func reason(_ why: Int32) -> DNSAnswer {
        switch why {
        case HOST_NOT_FOUND: .noName
        case NO_DATA: .nothing
        case TRY_AGAIN: .failed("no name server answers")
        default: .failed("the name server refuses to answer")
        }
    }
}
