import Liquid

/// A place where a message may say one of several things.
package struct TextChoice: Sendable, Hashable {
    /// What it is chosen by: its name, else its number in its file.
    package let key: String
    /// The texts as written.
    package let options: [String]

    package init(key: String, options: [String]) {
        self.key = key
        self.options = options
    }
}

extension TemplateLibrary {
    /// The choices of a template and of all that it includes by name, each once, in the order of the source.
    package func choices(in template: String) -> [TextChoice] {
        var choices: [TextChoice] = []
        guard let source = self[template]?.source else { return [] }
        for part in reachableParts(of: template) {
            for group in part.uses.spinGroups {
                let key = group.key(in: source)
                if !choices.contains(where: { $0.key == key }) {
                    choices.append(TextChoice(key: key, options: group.options))
                }
            }
        }
        return choices
    }

    /// The parts of a template, then those of the templates that it includes by name.
    func reachableParts(of template: String) -> [Template] {
        var (names, parts): ([String], [Template]) = ([template], [])
        var index = 0
        while index < names.count {
            let own = self[names[index]]?.parts ?? []
            parts += own
            for name in own.flatMap(\.uses.partials).compactMap(\.name) where !names.contains(name) {
                names.append(name)
            }
            index += 1
        }
        return parts
    }
}

/// Ways to decide a number of choices.
package struct Decisions: Sendable {
    /// How many ways there are; `Int.max` where they are beyond counting.
    package let total: Int
    /// Which text of each choice, by the choice's key.
    package let ways: [[String: Int]]
    /// Whether `ways` are all there are; else each text of each choice stands in one of them.
    package var isComplete: Bool { ways.count == total }

    /// All ways, or where they are more than `limit`, so many that each text is in one.
    package init(_ choices: [TextChoice], limit: Int) {
        total = choices.reduce(1) { product, choice in
            let (value, isOver) = product.multipliedReportingOverflow(by: max(1, choice.options.count))
            return isOver ? Int.max : value
        }
        if total <= limit {
            ways = choices.reduce([[:]]) { ways, choice in
                ways.flatMap { way in choice.options.indices.map { way.merging([choice.key: $0]) { $1 } } }
            }
        } else {
            let most = choices.map(\.options.count).max() ?? 1
            ways = (0..<most).map { row in
                Dictionary(choices.map { ($0.key, row % max(1, $0.options.count)) }, uniquingKeysWith: { $1 })
            }
        }
    }
}
