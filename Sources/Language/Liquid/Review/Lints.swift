/// What is allowed, but seldom meant.
enum Lints {
    static func problems(_ survey: Survey, _ groups: [SpinGroup], in bytes: [UInt8]) -> [SyntaxProblem] {
        survey.filters.compactMap { filter($0.call) } + groups.flatMap { spin($0, in: bytes) }
            + ForeignSyntax.problems(survey.texts, in: bytes)
    }

    private static func filter(_ call: FilterCall) -> SyntaxProblem? {
        guard let filter = call.filter else { return nil }
        let count = call.arguments.count + (call.keywords.isEmpty ? 0 : 1)
        if !filter.arity.contains(count) {
            let takes = "\"\(call.name)\" takes \(filter.arityText) \(filter.arity == 1...1 ? "argument" : "arguments")"
            return SyntaxProblem(
                .filterArguments, "\(takes), here it has \(count)", call.range,
                hint: count < filter.arity.lowerBound
                    ? "write \(call.name): value" : "leave out what is behind the first \(filter.arity.upperBound)")
        }
        guard call.name == "raw" else { return nil }
        return SyntaxProblem(
            .rawValue, "this value is written without escaping", call.range,
            hint: "leave \"| raw\" out, unless you wrote the value yourself")
    }

    private static func spin(_ group: SpinGroup, in bytes: [UInt8]) -> [SyntaxProblem] {
        var problems: [SyntaxProblem] = []
        var seen: Set<String> = []
        for (index, option) in group.options.enumerated() {
            let text = String(option.trimmedOctets)
            let range = group.optionRanges[index].isEmpty ? group.range : group.optionRanges[index]
            if text.isEmpty {
                problems.append(
                    SyntaxProblem(
                        .spinSame, "a text of this choice is empty", range,
                        hint: "write what stands there, or leave it out"))
            } else if !seen.insert(text).inserted {
                problems.append(
                    SyntaxProblem(
                        .spinSame, "this text is in the choice twice", range, hint: "word it otherwise, or leave it out"
                    ))
            }
        }
        if let url = url(around: group, in: bytes) {
            problems.append(
                SyntaxProblem(
                    .spinInLink, "this choice stands inside a link", url,
                    hint: "keep one address, and put the choice into the words around it"))
        }
        return problems
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
