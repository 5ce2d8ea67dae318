import Digest

/// The filters of the standard that write texts in another coding: HTML, URLs, Base64.
enum CodingFilters {
    static let all: [String: Filter] = [
        "escape": Filter { (input, _, _) throws(FilterProblem) in escape(input) },
        "h": Filter { (input, _, _) throws(FilterProblem) in escape(input) },
        "escape_once": Filter { (input, _, _) throws(FilterProblem) in .markup(HTMLText.escapedOnce(input.text)) },
        "strip_html": .text(HTMLText.stripped),
        "newline_to_br": .text(newlineToBreak),
        "url_encode": Filter { (input, _, _) throws(FilterProblem) in
            input.isNone ? .none : .markup(urlEncoded(input.text))
        },
        "url_decode": Filter { (input, _, _) throws(FilterProblem) in
            if input.isNone { return .none }
            guard let text = urlDecoded(input.text) else { throw FilterProblem("invalid byte sequence in UTF-8") }
            return .text(text)
        },
        "base64_encode": .text { Base64.standard.encode($0.utf8) },
        "base64_url_safe_encode": .text { urlSafe(Base64.standard.encode($0.utf8)) },
        "base64_decode": Filter { (input, _, _) throws(FilterProblem) in
            .text(try decoded(input.text, isURLSafe: false))
        },
        "base64_url_safe_decode": Filter { (input, _, _) throws(FilterProblem) in
            .text(try decoded(input.text, isURLSafe: true))
        },
        // The value as it is: the output does not escape it.
        "raw": Filter { (input, _, _) throws(FilterProblem) in input },
    ]

    private static func escape(_ input: Operand) -> Operand {
        if input.isNone { return .none }
        var octets: [UInt8] = []
        HTMLText.escape(input.text, into: &octets)
        return .markup(String(decoding: octets, as: UTF8.self))
    }

    private static func newlineToBreak(_ text: String) -> String {
        var octets: [UInt8] = []
        for octet in text.utf8 {
            if octet == UInt8(ascii: "\n") {
                if octets.last == UInt8(ascii: "\r") { octets.removeLast() }
                octets.append(contentsOf: "<br />\n".utf8)
            } else {
                octets.append(octet)
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    // MARK: URLs

    /// As a form does: a space becomes `+`.
    private static func urlEncoded(_ text: String) -> String {
        var octets: [UInt8] = []
        for octet in text.utf8 {
            if Octet.isWord(octet) || "-.*~".utf8.contains(octet) {
                octets.append(octet)
            } else if octet == UInt8(ascii: " ") {
                octets.append(UInt8(ascii: "+"))
            } else {
                octets.append(UInt8(ascii: "%"))
                octets.append(hexDigits[Int(octet >> 4)])
                octets.append(hexDigits[Int(octet & 15)])
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    /// `nil` where the octets are not UTF-8.
    private static func urlDecoded(_ text: String) -> String? {
        let source = Array(text.utf8)
        var octets: [UInt8] = []
        var index = 0
        while index < source.count {
            if source[index] == UInt8(ascii: "%"), index + 2 < source.count, let high = hex(source[index + 1]),
                let low = hex(source[index + 2])
            {
                octets.append(high << 4 | low)
                index += 3
                continue
            }
            octets.append(source[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : source[index])
            index += 1
        }
        return String(validating: octets, as: UTF8.self)
    }

    private static func hex(_ octet: UInt8) -> UInt8? {
        switch octet {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): octet - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): octet - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): octet - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    // MARK: Base64

    private static func decoded(_ text: String, isURLSafe: Bool) throws(FilterProblem) -> String {
        guard let octets = Base64.standard.decode(isURLSafe ? standard(text) : text) else {
            throw FilterProblem("the text is not valid Base64")
        }
        return String(decoding: octets, as: UTF8.self)
    }

    /// In the alphabet for URLs; the padding stays.
    private static func urlSafe(_ text: String) -> String {
        text.replacing("+", with: "-").replacing("/", with: "_")
    }

    /// In the standard alphabet and padded: the kind for URLs may leave its padding out and use either alphabet.
    private static func standard(_ text: String) -> String {
        let text = text.replacing("-", with: "+").replacing("_", with: "/")
        let rest = text.utf8.count % 4
        return rest == 0 || text.utf8.last == UInt8(ascii: "=") ? text : text + String(repeating: "=", count: 4 - rest)
    }
}

/// HTML as text.
enum HTMLText {
    /// Appends `text` with the five characters that mean something written as references.
    static func escape(_ text: String, into output: inout [UInt8]) {
        for octet in text.utf8 {
            if let reference = reference(octet) {
                output.append(contentsOf: reference.utf8)
            } else {
                output.append(octet)
            }
        }
    }

    private static func reference(_ octet: UInt8) -> String? {
        switch octet {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }

    /// The text escaped, but for the references it has already.
    static func escapedOnce(_ text: String) -> String {
        let octets = Array(text.utf8)
        var output: [UInt8] = []
        for (index, octet) in octets.enumerated() {
            if octet == UInt8(ascii: "&"), isReference(octets, from: index + 1) {
                output.append(octet)
            } else if let reference = reference(octet) {
                output.append(contentsOf: reference.utf8)
            } else {
                output.append(octet)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Whether `name;` or `#12;` stands there.
    private static func isReference(_ octets: [UInt8], from start: Int) -> Bool {
        let isNumeric = start < octets.count && octets[start] == UInt8(ascii: "#")
        var index = isNumeric ? start + 1 : start
        let first = index
        while index < octets.count, isNumeric ? Octet.isDigit(octets[index]) : Octet.isLetter(octets[index]) {
            index += 1
        }
        return index > first && index < octets.count && octets[index] == UInt8(ascii: ";")
    }

    /// The text without scripts, styles, comments and tags.
    static func stripped(_ text: String) -> String {
        let octets = Array(text.utf8)
        let blocks = [("<script", "</script>"), ("<!--", "-->"), ("<style", "</style>")]
            .map { (Array($0.0.utf8), Array($0.1.utf8)) }
        let withoutBlocks = removing(octets, blocks)
        return String(
            decoding: removing(withoutBlocks, [([UInt8(ascii: "<")], [UInt8(ascii: ">")])]), as: UTF8.self)
    }

    /// The octets without what stands from an opening to its closing, both included.
    private static func removing(_ octets: [UInt8], _ pairs: [([UInt8], [UInt8])]) -> [UInt8] {
        var output: [UInt8] = []
        // Where a closing was looked for in vain: it need not be looked for again.
        var isClosable = [Bool](repeating: true, count: pairs.count)
        var index = 0
        scan: while index < octets.count {
            if octets[index] == UInt8(ascii: "<") {
                for (number, pair) in pairs.enumerated()
                where isClosable[number] && octets[index...].starts(with: pair.0) {
                    if let end = firstEnd(octets, pair.1, from: index + pair.0.count) {
                        index = end
                        continue scan
                    }
                    isClosable[number] = false
                }
            }
            output.append(octets[index])
            index += 1
        }
        return output
    }

    private static func firstEnd(_ octets: [UInt8], _ part: [UInt8], from start: Int) -> Int? {
        var index = start
        while index + part.count <= octets.count {
            if octets[index] == part[0], octets[index...].starts(with: part) { return index + part.count }
            index += 1
        }
        return nil
    }
}
