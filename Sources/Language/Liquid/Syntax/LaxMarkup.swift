/// The values of a `when` as old templates may write them: what can't be read is passed over.
enum LaxMarkup {
    /// The values, set apart by `or` and commas; `nil` where there is none.
    static func values(_ bytes: [UInt8], _ markup: Range<Int>, dialect: Dialect) -> [Expression]? {
        var values: [Expression] = []
        var index = markup.lowerBound
        while let fragment = fragment(bytes, from: index, to: markup.upperBound) {
            values.append(expression(bytes, fragment, dialect))
            guard let next = separator(bytes, from: fragment.upperBound, to: markup.upperBound) else { break }
            index = next
        }
        return values.isEmpty ? nil : values
    }

    /// A run without white space, commas and pipes, or with quoted texts in it.
    private static func fragment(_ bytes: [UInt8], from start: Int, to end: Int) -> Range<Int>? {
        var lower = start
        while lower < end, Octet.isSpace(bytes[lower]) || ",|".utf8.contains(bytes[lower]) { lower += 1 }
        var upper = lower
        while upper < end, !Octet.isSpace(bytes[upper]), !",|".utf8.contains(bytes[upper]) {
            if bytes[upper] == UInt8(ascii: "'") || bytes[upper] == UInt8(ascii: "\"") {
                guard let close = bytes[(upper + 1)..<end].firstIndex(of: bytes[upper]) else { break }
                upper = close
            }
            upper += 1
        }
        return upper > lower ? lower..<upper : nil
    }

    /// Where the next value begins: behind a comma or an `or`.
    private static func separator(_ bytes: [UInt8], from start: Int, to end: Int) -> Int? {
        var index = start
        while index < end, Octet.isSpace(bytes[index]) { index += 1 }
        if index < end, bytes[index] == UInt8(ascii: ",") { return index + 1 }
        let isWord = index > start && bytes[index..<end].starts(with: "or".utf8)
        return isWord && index + 2 < end && Octet.isSpace(bytes[index + 2]) ? index + 2 : nil
    }

    private static func expression(_ bytes: [UInt8], _ fragment: Range<Int>, _ dialect: Dialect) -> Expression {
        if var markup = try? MarkupParser(bytes, fragment, dialect: dialect), let expression = try? markup.expression(),
            markup.isAtEnd
        {
            return expression
        }
        // `foo=>bar` is `foo.bar`: the words are the way, whatever is between them.
        let words = bytes[fragment].split { !Octet.isWord($0) && $0 != UInt8(ascii: "-") }
            .map { String(decoding: $0, as: UTF8.self) }
        return .lookup(
            Lookup(
                name: words.first, segments: words.dropFirst().map { .key($0) }, range: fragment,
                path: words.joined(separator: ".")))
    }
}
