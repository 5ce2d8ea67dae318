/// The filters of the standard that work on texts.
enum TextFilters {
    static let all: [String: Filter] = [
        "downcase": .text { $0.lowercased() },
        "upcase": .text { $0.uppercased() },
        "capitalize": .text(capitalized),
        "append": Filter(1...1) { (input, arguments, context) throws(FilterProblem) in
            context.joined(input, arguments[0])
        },
        "prepend": Filter(1...1) { (input, arguments, context) throws(FilterProblem) in
            context.joined(arguments[0], input)
        },
        "strip": keepingMarkup { $0.stripped(left: true, right: true) },
        "lstrip": keepingMarkup { $0.stripped(left: true, right: false) },
        "rstrip": keepingMarkup { $0.stripped(left: false, right: true) },
        "strip_newlines": keepingMarkup(withoutNewlines),
        "slice": Filter(1...2, slice),
        "split": Filter(1...1) { (input, arguments, context) throws(FilterProblem) in
            .list(input.text.splitText(by: arguments[0].text).map { .text($0) })
        },
        "replace": Filter(1...2) { (input, arguments, context) throws(FilterProblem) in
            try replace(input, arguments, context, all: true)
        },
        "replace_first": Filter(1...2) { (input, arguments, context) throws(FilterProblem) in
            try replace(input, arguments, context, all: false)
        },
        "replace_last": Filter(2...2) { (input, arguments, context) throws(FilterProblem) in
            .text(replacingLast(input.text, arguments[0].text, arguments[1].text))
        },
        "remove": Filter(1...1) { (input, arguments, context) throws(FilterProblem) in
            try replace(input, [arguments[0], .text("")], context, all: true)
        },
        "remove_first": Filter(1...1) { (input, arguments, context) throws(FilterProblem) in
            try replace(input, [arguments[0], .text("")], context, all: false)
        },
        "remove_last": Filter(1...1) { (input, arguments, context) throws(FilterProblem) in
            .text(replacingLast(input.text, arguments[0].text, ""))
        },
        "truncate": Filter(0...2, truncate),
        "truncatewords": Filter(0...2, truncateWords),
    ]

    /// A filter that leaves what is escaped as it is.
    private static func keepingMarkup(_ function: @escaping @Sendable (String) -> String) -> Filter {
        Filter { (input, _, _) throws(FilterProblem) in
            if case .markup(let text) = input { return .markup(function(text)) }
            return .text(function(input.text))
        }
    }

    /// The first character in upper case, the others in lower.
    private static func capitalized(_ text: String) -> String {
        if let plain = text.capitalizedASCII { return plain }
        guard let first = text.unicodeScalars.first else { return "" }
        let rest = text.unicodeScalars.dropFirst()
        return first.properties.titlecaseMapping + String(String.UnicodeScalarView(rest)).lowercased()
    }

    private static func withoutNewlines(_ text: String) -> String {
        var octets: [UInt8] = []
        for octet in text.utf8 {
            if octet == UInt8(ascii: "\n") {
                if octets.last == UInt8(ascii: "\r") { octets.removeLast() }
            } else {
                octets.append(octet)
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private static let slice: Filter.Function = { (input, arguments, context) throws(FilterProblem) in
        let offset = try integer(arguments[0])
        let length = arguments.count > 1 && arguments[1].isTruthy ? try integer(arguments[1]) : 1
        if case .list(let values) = input {
            return .list(part(offset, length, of: values.count).map { Array(values[$0]) } ?? [])
        }
        let scalars = Array(input.text.unicodeScalars)
        guard let range = part(offset, length, of: scalars.count) else { return .text("") }
        return .text(String(String.UnicodeScalarView(scalars[range])))
    }

    /// The places of a part; a negative offset counts from the end. `nil` where the part is outside.
    private static func part(_ offset: Int, _ length: Int, of count: Int) -> Range<Int>? {
        let start = offset < 0 ? count &+ offset : offset
        guard start >= 0, start <= count, length >= 0 else { return nil }
        return start..<start + min(length, count - start)
    }

    static func integer(_ value: Operand) throws(FilterProblem) -> Int {
        guard let number = value.strictInteger else { throw FilterProblem("invalid integer") }
        return number.clampedInt
    }

    // MARK: replacing

    private static func replace(
        _ input: Operand, _ arguments: [Operand], _ context: FilterContext, all: Bool
    ) throws(FilterProblem) -> Operand {
        let text = input.text
        let replacement = arguments.count > 1 ? arguments[1].text : ""
        return .text(try text.replacingText(arguments[0].text, with: replacement, all: all, context: context))
    }

    private static func replacingLast(_ text: String, _ part: String, _ replacement: String) -> String {
        if part.isEmpty { return text + replacement }
        var found: Range<String.Index>?
        var start = text.utf8.startIndex
        while let range = text.utf8.firstRange(ofOctets: part.utf8, from: start) {
            found = range
            start = text.utf8.index(after: range.lowerBound)
        }
        guard let found else { return text }
        return String(text[..<found.lowerBound]) + replacement + String(text[found.upperBound...])
    }

    // MARK: shortening

    private static let truncate: Filter.Function = { (input, arguments, context) throws(FilterProblem) in
        if input.isNone { return .none }
        let text = input.text
        let length = arguments.isEmpty ? 50 : try integer(arguments[0])
        let ellipsis = arguments.count > 1 ? arguments[1].text : "..."
        let scalars = text.unicodeScalars
        guard scalars.count > length else { return .text(text) }
        let kept = length < 0 ? 0 : max(0, length - ellipsis.unicodeScalars.count)
        return .text(String(String.UnicodeScalarView(scalars.prefix(kept))) + ellipsis)
    }

    private static let truncateWords: Filter.Function = { (input, arguments, context) throws(FilterProblem) in
        if input.isNone { return .none }
        let text = input.text
        let count = max(1, arguments.isEmpty ? 15 : try integer(arguments[0]))
        let words = text.splitText(by: " ")
        let ellipsis = arguments.count > 1 ? arguments[1].text : "..."
        // White space behind the last word kept counts as one more.
        guard words.count > count || words.count == count && text.endsInSpace else { return .text(text) }
        return .text(words.prefix(count).joined(separator: " ") + ellipsis)
    }
}

extension String {
    /// The text with its first letter in upper case and the others in lower; `nil` where it has more than ASCII.
    fileprivate var capitalizedASCII: String? {
        var text = self
        return text.withUTF8 { octets -> String? in
            guard octets.allSatisfy({ $0 < 0x80 }) else { return nil }
            return String(unsafeUninitializedCapacity: octets.count) { result in
                for (index, octet) in octets.enumerated() {
                    let isLetter = Octet.isLetter(octet)
                    result.initializeElement(
                        at: index, to: !isLetter ? octet : index == 0 ? octet & ~0x20 : octet | 0x20)
                }
                return octets.count
            }
        }
    }

    /// The text without white space and NUL at the ends asked for.
    func stripped(left: Bool, right: Bool) -> String {
        func isStripped(_ octet: UInt8) -> Bool { Octet.isSpace(octet) || octet == 0 }
        var rest = Substring(self).utf8
        if left { rest = rest.drop(while: isStripped) }
        if right {
            while let last = rest.last, isStripped(last) { rest = rest.dropLast() }
        }
        return String(Substring(rest))
    }

    var endsInSpace: Bool { utf8.last.map(Octet.isSpace) ?? false }

    /// The parts between `separator`, without empty ones at the end; a single space stands for any white space,
    /// an empty text for every place between two characters.
    func splitText(by separator: String) -> [String] {
        if separator == " " { return utf8.split(whereSeparator: Octet.isSpace).map { String(Substring($0)) } }
        if separator.isEmpty { return unicodeScalars.map { String($0) } }
        var parts: [String] = []
        var start = utf8.startIndex
        while let range = utf8.firstRange(ofOctets: separator.utf8, from: start) {
            parts.append(String(self[start..<range.lowerBound]))
            start = range.upperBound
        }
        parts.append(String(self[start...]))
        while parts.last?.isEmpty ?? false { parts.removeLast() }
        return parts
    }

    /// The text with `part` replaced; an empty part stands before every character and at the end.
    func replacingText(
        _ part: String, with replacement: String, all: Bool, context: FilterContext
    ) throws(FilterProblem) -> String {
        let replacement = Replacement(replacement)
        var result: [UInt8] = []
        var start = utf8.startIndex
        var search = start
        while let range = utf8.firstRange(ofOctets: part.utf8, from: search) {
            result.append(contentsOf: utf8[start..<range.lowerBound])
            replacement.append(to: &result, in: self, range)
            try context.allow(octets: result.count)
            start = range.upperBound
            if part.isEmpty {
                guard range.upperBound < utf8.endIndex else { break }
                search = unicodeScalars.index(after: range.upperBound)
            } else {
                search = start
            }
            if !all { break }
        }
        result.append(contentsOf: utf8[start...])
        return String(decoding: result, as: UTF8.self)
    }
}

/// What a match is replaced with: `\0` and `\&` stand for the match, `\\` for a backslash,
/// `` \` `` and `\'` for what is before and behind it, and other numbers for nothing.
private struct Replacement {
    private let octets: [UInt8]
    private let isPlain: Bool

    init(_ text: String) {
        octets = Array(text.utf8)
        isPlain = !octets.contains(UInt8(ascii: "\\"))
    }

    func append(to result: inout [UInt8], in text: String, _ match: Range<String.Index>) {
        if isPlain { return result.append(contentsOf: octets) }
        var index = 0
        while index < octets.count {
            guard octets[index] == UInt8(ascii: "\\"), index + 1 < octets.count else {
                result.append(octets[index])
                index += 1
                continue
            }
            switch octets[index + 1] {
            case UInt8(ascii: "0"), UInt8(ascii: "&"): result.append(contentsOf: text.utf8[match])
            case UInt8(ascii: "`"): result.append(contentsOf: text.utf8[..<match.lowerBound])
            case UInt8(ascii: "'"): result.append(contentsOf: text.utf8[match.upperBound...])
            case UInt8(ascii: "\\"): result.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "1")...UInt8(ascii: "9"): break
            default: result.append(contentsOf: octets[index...index + 1])
            }
            index += 2
        }
    }
}
