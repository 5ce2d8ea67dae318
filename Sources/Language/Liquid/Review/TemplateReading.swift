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

/// What a template uses, and where.
package struct TemplateUses: Sendable {
    /// One use at one place, which is worked out when it is asked for.
    package struct Use: Sendable {
        /// A variable's path with dots, `company.industry`; a filter's name; a template's, or `nil` where that is
        /// worked out when the template renders.
        package let name: String?
        /// Whether a `default`, an `if` or another question stands between a missing value and the reader.
        package let isGuarded: Bool
        /// As written, in octets of the source.
        package let range: Range<Int>
        fileprivate let source: SourceText

        /// Where it is.
        package var place: Place { source.place(range) }
    }

    /// The data it asks for, what it sets itself left out, in the order of the source.
    package let variables: [Use]
    /// The filters, in the order of the source.
    package let filters: [Use]
    /// The templates it shows.
    package let partials: [Use]
    /// The choices, in the order of the source.
    package let spinGroups: [SpinGroup]

    init(_ survey: Survey, spinGroups: [SpinGroup], in source: SourceText) {
        variables = survey.variables.map {
            Use(name: $0.lookup.path, isGuarded: $0.isGuarded, range: $0.lookup.range, source: source)
        }
        filters = survey.filters.map {
            Use(name: $0.call.name, isGuarded: false, range: $0.call.range, source: source)
        }
        partials = survey.partials.map { Use(name: $0.name, isGuarded: false, range: $0.range, source: source) }
        self.spinGroups = spinGroups
    }
}

/// The names that templates may use.
package struct Vocabulary: Sendable {
    /// Paths with dots: `first_name`, `company.industry`.
    package let paths: Set<String>
    /// Names whose every `.key` is allowed: `custom`.
    package let openNames: Set<String>
    private let beginnings: Set<String>

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
    /// A finding for each variable that `vocabulary` does not know.
    package func unknownVariables(_ vocabulary: Vocabulary) -> [Finding] {
        variables.compactMap { use in
            guard let path = use.name, !vocabulary.contains(path) else { return nil }
            return Finding(
                .unknownVariable, "no variable is named \"\(path)\"", at: use.place,
                hint: vocabulary.nearest(to: path).map { "did you mean \"\($0)\"?" })
        }
    }
}
