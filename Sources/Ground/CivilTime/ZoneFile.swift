/// Why the octets of a time zone could not be used.
package enum ZoneError: Error, Sendable, Hashable {
    /// The machine has no zone of this name.
    case unknown(name: String)
    /// Not a TZif file (RFC 9636), or a broken one: what is wrong with it.
    case malformed(name: String, reason: String)
    /// The file counts leap seconds (`right/`), which instants here do not.
    case leapSeconds(name: String)
}

extension Zone {
    /// The zone in the octets of a TZif file, version 1 to 4 (RFC 9636).
    ///
    /// - Throws: `ZoneError`, never `unknown`.
    package init(name: String, tzif: [UInt8]) throws(ZoneError) {
        do {
            self.init(name: name, table: try Table(tzif))
        } catch {
            switch error {
            case .leapSeconds: throw .leapSeconds(name: name)
            case .malformed(let reason): throw .malformed(name: name, reason: reason)
            }
        }
    }
}

/// What is wrong in a TZif file, before anybody knows its name.
private enum TZifError: Error {
    case malformed(String)
    case leapSeconds
}

extension Zone.Table {
    fileprivate convenience init(_ file: [UInt8]) throws(TZifError) {
        var reader = TZifReader(rest: file[...])
        var header = try reader.header()
        if header.version == 0 {
            let block = try reader.block(header, timeSize: 4)
            self.init(starts: block.starts, offsets: block.offsets, rule: nil, ruleStart: .max)
            return
        }
        // The first block is for readers of version 1 only; its times end in 2038.
        try reader.skip(header.blockSize(timeSize: 4))
        header = try reader.header()
        let block = try reader.block(header, timeSize: 8)
        let rule = try reader.footer()
        self.init(starts: block.starts, offsets: block.offsets, extendedBy: rule)
    }

    /// Appends the rule's transitions of the coming decades, so that a lookup among them is a search.
    private convenience init(starts: [Int], offsets: [ZoneOffset], extendedBy rule: ZoneRule?) {
        guard let rule else {
            self.init(starts: starts, offsets: offsets, rule: nil, ruleStart: .max)
            return
        }
        // A table that ends before 1900 is no place to lay out a rule from.
        guard let last = starts.last, last > -2_208_988_800 else {
            self.init(starts: starts, offsets: offsets, rule: rule, ruleStart: starts.last.map { $0 + 1 } ?? .min)
            return
        }
        // 2101-01-01T00:00:00Z, or the table's end where that is later.
        let horizon = max(4_133_980_800, last + 1)
        let coming = rule.transitions(from: last + 1, through: horizon - 1)
        var offsets = offsets
        // The rule holds from the end of the table on, even where they do not agree on what holds there.
        offsets[offsets.count - 1] = rule.offset(at: last)
        self.init(
            starts: starts + coming.map(\.at.seconds), offsets: offsets + coming.map(\.after), rule: rule,
            ruleStart: horizon)
    }
}

/// The counts at the head of a data block (RFC 9636, section 3.1).
private struct TZifHeader {
    var version: UInt8
    var universalCount, standardCount, leapCount, timeCount, typeCount, characterCount: Int

    func blockSize(timeSize: Int) -> Int {
        timeCount * (timeSize + 1) + typeCount * 6 + characterCount + leapCount * (timeSize + 4) + standardCount
            + universalCount
    }
}

private struct TZifReader {
    var rest: ArraySlice<UInt8>

    mutating func skip(_ count: Int) throws(TZifError) { _ = try take(count) }

    private mutating func take(_ count: Int) throws(TZifError) -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw .malformed("the file ends early") }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private mutating func integer(_ size: Int) throws(TZifError) -> Int {
        let bytes = try take(size)
        let unsigned = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return size == 4 ? Int(Int32(truncatingIfNeeded: unsigned)) : Int(Int64(bitPattern: unsigned))
    }

    mutating func header() throws(TZifError) -> TZifHeader {
        guard try take(4).elementsEqual("TZif".utf8) else { throw .malformed("no TZif magic") }
        let version = try take(1).first ?? 0
        try skip(15)
        var counts: [Int] = []
        for _ in 0..<6 { counts.append(try integer(4)) }
        // No zone has more than a few hundred of anything.
        guard counts.allSatisfy({ (0...100_000).contains($0) }) else { throw .malformed("an absurd count") }
        return TZifHeader(
            version: version, universalCount: counts[0], standardCount: counts[1], leapCount: counts[2],
            timeCount: counts[3], typeCount: counts[4], characterCount: counts[5])
    }

    /// The data block (RFC 9636, section 3.2): first moments, and one offset more than those.
    mutating func block(
        _ header: TZifHeader, timeSize: Int
    ) throws(TZifError) -> (starts: [Int], offsets: [ZoneOffset]) {
        guard header.leapCount == 0 else { throw .leapSeconds }
        guard (1...256).contains(header.typeCount), header.characterCount >= 1 else {
            throw .malformed("no local time types")
        }
        var starts: [Int] = []
        for _ in 0..<header.timeCount {
            let start = try integer(timeSize)
            if let last = starts.last, last >= start { throw .malformed("transitions out of order") }
            starts.append(start)
        }
        let indices = try take(header.timeCount)
        let records = try take(header.typeCount * 6)
        let names = try take(header.characterCount)
        try skip(header.standardCount + header.universalCount)
        let types = try self.types(records, names)
        guard indices.allSatisfy({ Int($0) < types.count }) else { throw .malformed("a transition to no type") }
        return (starts, [types[0]] + indices.map { types[Int($0)] })
    }

    private func types(_ records: ArraySlice<UInt8>, _ names: ArraySlice<UInt8>) throws(TZifError) -> [ZoneOffset] {
        var reader = TZifReader(rest: records)
        var types: [ZoneOffset] = []
        while !reader.rest.isEmpty {
            let seconds = try reader.integer(4)
            let flags = Array(try reader.take(2))
            guard abs(seconds) < Zone.reach, flags[0] <= 1 else { throw .malformed("an absurd offset") }
            let name = names.dropFirst(Int(flags[1]))
            guard let end = name.firstIndex(of: 0) else { throw .malformed("an abbreviation without an end") }
            let abbreviation = String(decoding: name[..<end], as: UTF8.self)
            types.append(ZoneOffset(seconds: seconds, abbreviation: abbreviation, isDaylight: flags[0] == 1))
        }
        return types
    }

    /// The footer (RFC 9636, section 3.3): LF, a rule or nothing, LF.
    mutating func footer() throws(TZifError) -> ZoneRule? {
        let newline = UInt8(ascii: "\n")
        guard rest.first == newline, let end = rest.dropFirst().firstIndex(of: newline) else {
            throw .malformed("no footer")
        }
        let text = rest[(rest.startIndex + 1)..<end]
        if text.isEmpty { return nil }
        guard let rule = ZoneRule(posix: text) else { throw .malformed("the footer is no rule") }
        return rule
    }
}
