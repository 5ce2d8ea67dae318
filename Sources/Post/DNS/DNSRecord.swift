/// A kind of record, by its number (RFC 1035 3.2.2, RFC 3596).
package enum DNSRecordType: Int, Sendable, Hashable, CaseIterable {
    case a = 1
    case cname = 5
    case ptr = 12
    case mx = 15
    case txt = 16
    case aaaa = 28
}

/// What one record says.
package enum DNSRecord: Sendable, Hashable {
    /// A or AAAA.
    case address(IPAddress)
    /// CNAME or PTR: a name in lower case, without the dot at its end.
    case name(String)
    /// MX: the lower preference is asked first; an empty host takes no mail (RFC 7505).
    case exchange(preference: Int, host: String)
    /// TXT: its strings joined, as SPF, DKIM and DMARC want it.
    case text(String)
}

/// What came of a question.
package enum DNSAnswer: Sendable, Hashable {
    /// At least one record of the type asked for, in the order of the answer.
    case records([DNSRecord])
    /// The name is there, without records of this type.
    case nothing
    /// There is no such name.
    case noName
    /// No server answered, or not with an answer; why, in lower case.
    case failed(String)

    /// The records; none unless there are some.
    package var records: [DNSRecord] {
        if case .records(let records) = self { records } else { [] }
    }

    /// The texts among the records.
    package var texts: [String] {
        records.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    /// The addresses among the records.
    package var addresses: [IPAddress] {
        records.compactMap { if case .address(let address) = $0 { address } else { nil } }
    }

    /// The names among the records.
    package var names: [String] {
        records.compactMap { if case .name(let name) = $0 { name } else { nil } }
    }

    /// Why nobody answered; `nil` where somebody did.
    package var failure: String? {
        if case .failed(let reason) = self { reason } else { nil }
    }
}

/// Asks for records; a resolver's, or a test's table.
package typealias DNSLookup = @Sendable (_ name: String, _ type: DNSRecordType) -> DNSAnswer
