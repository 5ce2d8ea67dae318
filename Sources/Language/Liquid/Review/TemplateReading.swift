package import Diagnostics

/// What came of reading a template: the template, unless there are errors, and all that is to say about it.
package struct TemplateReading: Sendable {
    /// The template, ready to render; `nil` where a finding is an error.
    package let template: Template?
    /// Everything that is wrong, in the order of the source, warnings included.
    package let findings: [Finding]
    /// What the template uses, as far as it could be read.
    package let uses: TemplateUses
}

/// What a template uses, and where; a place is worked out when it is asked for.
package struct TemplateUses: Sendable {
    /// A variable at one place.
    package struct Variable: Sendable {
        /// With dots: `company.industry`.
        package let path: String
        /// Whether a `default`, an `if` or another question stands between a missing value and the reader.
        package let isGuarded: Bool
        fileprivate let mark: Mark
        /// Where it stands, worked out when it is asked for.
        package var place: Place { mark.place }
    }

    /// A filter at one place.
    package struct Filter: Sendable {
        /// As written, known or not.
        package let name: String
        fileprivate let mark: Mark
        /// Where it stands, worked out when it is asked for.
        package var place: Place { mark.place }
    }

    /// Another template that is shown.
    package struct Partial: Sendable {
        /// `nil` where the name is worked out when the template renders.
        package let name: String?
        fileprivate let mark: Mark
        /// Where its name stands, worked out when it is asked for.
        package var place: Place { mark.place }
    }

    /// Octets of a source.
    fileprivate struct Mark: Sendable {
        let source: SourceText
        let range: Range<Int>
        var place: Place { source.place(range) }
    }

    /// The data it asks for, what it sets itself left out, in the order of the source.
    package let variables: [Variable]
    /// In the order of the source, each use of them.
    package let filters: [Filter]
    /// In the order of the source, each use of them.
    package let partials: [Partial]
    /// The names that the template sets itself, in alphabetical order.
    package let ownNames: [String]
    /// The choices, in the order of the source.
    package let spinGroups: [SpinGroup]
    /// The words of the tags that could not be read: what would be told of them would follow from that alone.
    private let unreadNames: Set<String>

    /// - Parameter unread: the tags that could not be read, in octets of the source.
    init(_ survey: Survey, spinGroups: [SpinGroup], unread: [Range<Int>] = [], in source: SourceText) {
        func mark(_ range: Range<Int>) -> Mark { Mark(source: source, range: range) }
        variables = survey.variables.map {
            Variable(path: $0.lookup.path, isGuarded: $0.isGuarded, mark: mark($0.lookup.range))
        }
        filters = survey.filters.map { Filter(name: $0.call.name, mark: mark($0.call.range)) }
        partials = survey.partials.map { Partial(name: $0.name, mark: mark($0.range)) }
        ownNames = survey.ownNames.sorted()
        self.spinGroups = spinGroups
        unreadNames = Set(
            unread.flatMap { range in
                source.bytes[range].split { !Octet.isWord($0) }.map { String(decoding: $0, as: UTF8.self) }
            })
    }
}

/// The names that templates may use.
package struct Vocabulary: Sendable {
    /// Paths with dots: `first_name`, `company.industry`.
    package let paths: Set<String>
    /// Names whose every `.key` is allowed: `custom`.
    package let openNames: Set<String>
    private let beginnings: Set<String>

    /// Names with dots, and names that hold whatever keys the data has.
    package init(paths: some Sequence<String>, openNames: some Sequence<String> = [String]()) {
        self.paths = Set(paths)
        self.openNames = Set(openNames)
        var beginnings: Set<String> = []
        for path in self.paths {
            var parts = path.split(separator: ".")
            while parts.count > 1 {
                parts.removeLast()
                beginnings.insert(parts.joined(separator: "."))
            }
        }
        self.beginnings = beginnings
    }

    /// Whether `path` is a name, a record of names, or a question such as `.size` about one.
    package func contains(_ path: String) -> Bool {
        if paths.contains(path) || beginnings.contains(path) { return true }
        let parts = path.split(separator: ".").map(String.init)
        if let first = parts.first, openNames.contains(first) { return true }
        guard let last = parts.last, parts.count > 1, ["size", "first", "last"].contains(last) else { return false }
        return contains(parts.dropLast().joined(separator: "."))
    }

    /// The name probably meant by `path`.
    package func nearest(to path: String) -> String? {
        let all = paths.union(openNames).sorted()
        if let name = NearestName.among(all, to: path) { return name }
        // The last part alone: `company.industri`, or `industry` for `company.industry`.
        let tail = path.split(separator: ".").last.map(String.init) ?? path
        return all.first { $0.split(separator: ".").last.map(String.init) == tail && $0 != path }
    }
}

extension TemplateUses {
    /// A finding for each variable that `vocabulary` does not know, 500 at most.
    package func unknownVariables(_ vocabulary: Vocabulary) -> [Finding] {
        variables.lazy.filter { !vocabulary.contains($0.path) && !isUnread($0.path) }.prefix(
            TemplateParser.maximumProblems
        ).map { use in
            Finding(
                .unknownVariable, "no variable is named \"\(use.path)\"", at: use.place,
                hint: (vocabulary.nearest(to: use.path) ?? nearestOwnName(use.path)).map { "did you mean \"\($0)\"?" })
        }
    }

    /// Whether a tag that could not be read may have set it.
    private func isUnread(_ path: String) -> Bool {
        path.split(separator: ".").first.map { unreadNames.contains(String($0)) } ?? false
    }

    /// The template's own name that `path` probably begins with, with the rest of the path.
    private func nearestOwnName(_ path: String) -> String? {
        let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
        guard let first = parts.first, let name = NearestName.among(ownNames, to: first) else { return nil }
        return ([name] + parts.dropFirst()).joined(separator: ".")
    }
}
