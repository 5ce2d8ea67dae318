import Diagnostics

/// A place where a template offers several texts.
package struct SpinGroup: Sendable, Hashable {
    /// The file of the template it stands in, as the template's source has it.
    package let template: String
    /// Its number in its file, from 0, in the order of the source, branches not taken included.
    package let number: Int
    /// The name that makes groups agree; `nil` for one of its own.
    package let name: String?
    /// How many texts there are to choose from.
    package let optionCount: Int
    /// The texts as written.
    package let options: [String]
    /// The group, and each option, in octets of the template's source.
    package let range: Range<Int>
    /// Where each option stands, in octets of the source.
    package let optionRanges: [Range<Int>]
}

/// `{% spin %}a{% or %}b{% endspin %}`, and `{a|b}` on one line: one of several texts.
final class SpinTag: Tag {
    private let group: SpinGroup
    private let options: [Body]

    private init(group: SpinGroup, options: [Body]) {
        self.group = group
        self.options = options
    }

    var isBlank: Bool { false }

    /// Takes the shorthand that `parser` found.
    init(shorthand: SpinLine.Group, _ parser: inout TemplateParser) {
        group = parser.spinGroup(parser.spinGroups.count, name: nil, shorthand.options, shorthand.range)
        parser.spinGroups.append(group)
        options = shorthand.options.map { parser.body(in: $0) }
    }

    static func read(_ parser: inout TemplateParser, _ head: TagHead) -> (any Tag)? {
        let name = parser.markup(head.markup) { markup throws(SyntaxProblem) -> String? in
            if markup.isAtEnd { return nil }
            let quoted = markup.take(.string)
            let token = if let quoted { quoted } else { try markup.expect(.name, "a name that makes choices agree") }
            try markup.expectEnd()
            return quoted == nil ? markup.text(token) : markup.string(token)
        }
        let index = parser.spinGroups.count
        parser.spinGroups.append(parser.spinGroup(index, name: name ?? nil, [], head.whole))
        var options: [Body] = []
        var ranges: [Range<Int>] = []
        var start = head.whole.upperBound
        while true {
            let (body, stop) = parser.body(of: head, until: ["or", "endspin"])
            options.append(body)
            guard let stop else { return nil }
            ranges.append(start..<stop.whole.lowerBound)
            start = stop.whole.upperBound
            if stop.name == "endspin" { break }
        }
        let group = parser.spinGroup(index, name: name ?? nil, ranges, head.whole)
        parser.spinGroups[index] = group
        if options.count < 2 {
            parser.report(
                SyntaxProblem(
                    .spinOptions, "\"spin\" has only one text to choose from", head.whole,
                    hint: "put {% or %} between the texts"))
        }
        parser.reportDisagreement(group)
        return SpinTag(group: group, options: options)
    }

    func render(_ renderer: inout Renderer) throws(Stop) {
        let choice = renderer.choice(group)
        try renderer.render(options[min(max(choice, 0), options.count - 1)])
    }

    func survey(_ survey: inout Survey) {
        for option in options { survey.body(option) }
    }
}

extension TemplateParser {
    /// The choice that is the `index`th of what is read here.
    func spinGroup(_ index: Int, name: String?, _ options: [Range<Int>], _ range: Range<Int>) -> SpinGroup {
        // Groups of one name share the number of the first.
        let first = name.flatMap { name in spinGroups.first { $0.name == name } }
        return SpinGroup(
            template: source.file, number: first?.number ?? firstChoice + index, name: name, optionCount: options.count,
            options: options.map { String(decoding: bytes[$0], as: UTF8.self) }, range: range, optionRanges: options)
    }

    /// Groups of one name must have equally many texts.
    fileprivate mutating func reportDisagreement(_ group: SpinGroup) {
        guard let name = group.name, let first = spinGroups.first(where: { $0.name == name }),
            first.optionCount > 0, first.optionCount != group.optionCount
        else { return }
        report(
            SyntaxProblem(
                .spinOptions,
                "\"spin \(name)\" has \(group.optionCount) texts here and \(first.optionCount) where it was first",
                group.range, notes: [("first here", first.range)]))
    }
}
