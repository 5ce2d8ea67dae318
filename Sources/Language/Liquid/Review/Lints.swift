import Diagnostics

/// What is allowed, but seldom meant.
enum Lints {
    static func findings(_ survey: Survey, _ groups: [SpinGroup], in source: SourceText) -> [Finding] {
        survey.filters.compactMap { filter($0.call, in: source) } + groups.flatMap { spin($0, in: source) }
    }

    private static func filter(_ call: FilterCall, in source: SourceText) -> Finding? {
        guard let filter = call.filter else { return nil }
        let count = call.arguments.count + (call.keywords.isEmpty ? 0 : 1)
        if !filter.arity.contains(count) {
            return Finding(
                .filterArguments, "\"\(call.name)\" takes \(filter.arityText) arguments, here it has \(count)",
                at: source.place(call.range))
        }
        guard call.name == "raw" else { return nil }
        return Finding(.rawValue, "this value is written without escaping", at: source.place(call.range))
    }

    private static func spin(_ group: SpinGroup, in source: SourceText) -> [Finding] {
        var findings: [Finding] = []
        let texts = group.options.map { String($0.trimmedOctets) }
        for (index, text) in texts.enumerated() {
            let place = source.place(group.optionRanges[index].isEmpty ? group.range : group.optionRanges[index])
            if text.isEmpty, group.options[index].isEmpty, texts.allSatisfy({ !$0.contains(" ") }) || texts.count == 1 {
                findings.append(Finding(.spinSame, "a text of this choice is empty", at: place))
            } else if texts[..<index].contains(text) {
                findings.append(Finding(.spinSame, "this text is in the choice twice", at: place))
            }
        }
        if let url = url(around: group, in: source.bytes) {
            findings.append(Finding(.spinInLink, "this choice stands inside a link", at: source.place(url)))
        }
        return findings
    }

    /// The group, where the word that it stands in begins as a link does.
    private static func url(around group: SpinGroup, in bytes: [UInt8]) -> Range<Int>? {
        var start = group.range.lowerBound
        while start > 0, !Octet.isSpace(bytes[start - 1]), !"(<\"'".utf8.contains(bytes[start - 1]) { start -= 1 }
        let word = bytes[start..<group.range.lowerBound]
        let isLink = ["http://", "https://", "www."].contains { word.starts(with: $0.utf8) }
        return isLink ? group.range : nil
    }
}
