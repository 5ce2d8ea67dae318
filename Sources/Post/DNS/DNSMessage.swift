/// Reads the records of a server's answer (RFC 1035 4.1).
///
/// Octets come from anybody: every count and every pointer is checked, and a name may not lead back.
struct DNSMessage {
    /// The answer makes no sense at `offset`.
    struct Malformed: Error, Hashable {
        var offset: Int
    }

    private let octets: [UInt8]
    private var offset = 0

    /// The records of `type` in the answer's own section.
    static func records(_ octets: [UInt8], of type: DNSRecordType) throws(Malformed) -> [DNSRecord] {
        var message = DNSMessage(octets: octets)
        return try message.records(of: type)
    }

    private mutating func records(of type: DNSRecordType) throws(Malformed) -> [DNSRecord] {
        offset = 4
        let (questions, answers) = (try number16(), try number16())
        offset = 12
        for _ in 0..<questions {
            _ = try name()
            try skip(4)
        }
        var records: [DNSRecord] = []
        for _ in 0..<answers {
            _ = try name()
            let kind = try number16()
            try skip(6)
            let end = try number16() + offset
            guard end <= octets.count else { throw Malformed(offset: offset) }
            if kind == type.rawValue, let record = try record(type, end: end) { records.append(record) }
            offset = end
        }
        return records
    }

    private mutating func record(_ type: DNSRecordType, end: Int) throws(Malformed) -> DNSRecord? {
        switch type {
        case .a, .aaaa: return IPAddress(octets: Array(octets[offset..<end])).map { .address($0) }
        case .cname, .ptr: return .name(try name())
        case .mx: return .exchange(preference: try number16(), host: try name())
        case .txt: return .text(try strings(until: end))
        }
    }

    private mutating func strings(until end: Int) throws(Malformed) -> String {
        var text: [UInt8] = []
        while offset < end {
            let length = Int(octets[offset])
            guard offset + 1 + length <= end else { throw Malformed(offset: offset) }
            text += octets[offset + 1..<offset + 1 + length]
            offset += 1 + length
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// A name in lower case, labels joined by dots; a pointer goes on at an earlier place (RFC 1035 4.1.4).
    private mutating func name() throws(Malformed) -> String {
        var labels: [String] = []
        var at = offset
        var end: Int?
        var length = 0
        while true {
            guard at < octets.count else { throw Malformed(offset: at) }
            let first = Int(octets[at])
            if first == 0 { break }
            if first >= 0xC0 {
                guard at + 1 < octets.count else { throw Malformed(offset: at) }
                let target = (first & 0x3F) << 8 | Int(octets[at + 1])
                guard target < at else { throw Malformed(offset: at) }
                end = end ?? at + 2
                at = target
                continue
            }
            length += first + 1
            guard first < 0x40, length < 256, at + 1 + first <= octets.count else { throw Malformed(offset: at) }
            labels.append(String(decoding: octets[at + 1...at + first], as: UTF8.self))
            at += 1 + first
        }
        offset = end ?? at + 1
        return labels.joined(separator: ".").lowercased()
    }

    private mutating func number16() throws(Malformed) -> Int {
        guard offset + 2 <= octets.count else { throw Malformed(offset: offset) }
        defer { offset += 2 }
        return Int(octets[offset]) << 8 | Int(octets[offset + 1])
    }

    private mutating func skip(_ count: Int) throws(Malformed) {
        guard offset + count <= octets.count else { throw Malformed(offset: offset) }
        offset += count
    }
}
