import Diagnostics

extension JSON {
    /// The value written in `bytes` (UTF-8, a BOM allowed), and nothing after it.
    ///
    /// Half a surrogate pair (`"\ud800"`) becomes U+FFFD, for Swift's strings cannot hold one.
    /// - Parameter file: the name errors carry.
    /// - Parameter maximumDepth: how far arrays and objects may nest.
    /// - Throws: `JSONError` with the place of the first thing that is wrong.
    package init(parsing bytes: [UInt8], file: String = "json", maximumDepth: Int = 128) throws(JSONError) {
        do {
            var reader = JSONReader(bytes: bytes, maximumDepth: maximumDepth)
            self = try reader.document()
        } catch {
            throw JSONError(reason: error.reason, place: SourceText(file: file, bytes: bytes).place(at: error.offset))
        }
    }

    /// The value written in `text`.
    package init(parsing text: String, file: String = "json", maximumDepth: Int = 128) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), file: file, maximumDepth: maximumDepth)
    }
}

/// Reads one document; what is wrong is thrown with its offset of octets.
struct JSONReader {
    struct Problem: Error {
        var reason: JSONError.Reason
        var offset: Int
    }

    let bytes: [UInt8]
    let maximumDepth: Int
    var at = 0

    init(bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    mutating func document() throws(Problem) -> JSON {
        if let offset = UTF8Check.firstInvalid(in: bytes) { throw Problem(reason: .notUTF8, offset: offset) }
        if bytes.starts(with: UTF8Check.byteOrderMark) { at = 3 }
        let value = try value(depth: 0)
        skipSpace()
        if at < bytes.count { throw problem(.trailing) }
        return value
    }

    private mutating func value(depth: Int) throws(Problem) -> JSON {
        switch try next("a value") {
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw problem(.expected("a value"))
        }
    }

    private mutating func object(depth: Int) throws(Problem) -> JSONObject {
        try enter(depth)
        var object = JSONObject()
        if try next("a name or }", inside: "an object") == UInt8(ascii: "}") {
            at += 1
            return object
        }
        while true {
            guard try next("a name", inside: "an object") == UInt8(ascii: "\"") else {
                throw problem(.expected("a name in double quotes"))
            }
            let name = try string()
            guard try next("a colon", inside: "an object") == UInt8(ascii: ":") else {
                throw problem(.expected("a colon"))
            }
            at += 1
            object[name] = try value(depth: depth)
            if try close(UInt8(ascii: "}"), "a comma or }", inside: "an object") { return object }
        }
    }

    private mutating func array(depth: Int) throws(Problem) -> [JSON] {
        try enter(depth)
        var array: [JSON] = []
        if try next("a value or ]", inside: "an array") == UInt8(ascii: "]") {
            at += 1
            return array
        }
        while true {
            array.append(try value(depth: depth))
            if try close(UInt8(ascii: "]"), "a comma or ]", inside: "an array") { return array }
        }
    }

    private mutating func enter(_ depth: Int) throws(Problem) {
        if depth > maximumDepth { throw problem(.tooDeep(maximumDepth)) }
        at += 1
    }

    /// Takes a comma or the closing bracket; true for the bracket.
    private mutating func close(_ bracket: UInt8, _ what: String, inside: String) throws(Problem) -> Bool {
        let byte = try next(what, inside: inside)
        guard byte == bracket || byte == UInt8(ascii: ",") else { throw problem(.expected(what)) }
        at += 1
        return byte == bracket
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(Problem) -> JSON {
        let count = word.utf8CodeUnitCount
        let matches = word.withUTF8Buffer { bytes[at...].prefix(count).elementsEqual($0) }
        guard matches else { throw problem(.expected("a value")) }
        at += count
        return value
    }

    private mutating func number() throws(Problem) -> JSONNumber {
        guard let end = JSONNumber.end(in: bytes, from: at) else { throw problem(.badNumber) }
        let text = String(decoding: bytes[at..<end], as: UTF8.self)
        at = end
        return JSONNumber(checked: text)
    }

    /// The next octet that is no white space, not taken.
    private mutating func next(_ what: String, inside: String? = nil) throws(Problem) -> UInt8 {
        skipSpace()
        guard at < bytes.count else { throw problem(inside.map { .unfinished($0) } ?? .expected(what)) }
        return bytes[at]
    }

    private mutating func skipSpace() {
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 {
            at += 1
        }
    }

    func problem(_ reason: JSONError.Reason) -> Problem { Problem(reason: reason, offset: at) }
}
