/// What a fact can be.
package enum FactType: Sendable, Hashable {
    case text
    case number
    case flag
    /// One of these words.
    case word([String])
    /// A column of the user's own: text or number, nobody knows.
    case custom

    /// For "expected ..., found ...".
    package var expected: String {
        switch self {
        case .text: "a text"
        case .number: "a number"
        case .flag: "true or false"
        case .word(let words): words.joined(separator: ", ")
        case .custom: "a text or a number"
        }
    }
}

/// The facts that criteria and templates may ask for, by dotted path.
package struct FactCatalogue: Sendable, Hashable {
    private var types: [String: FactType]
    /// Ids of the steps whose outcome may be asked for.
    package var steps: [String]
    /// Kinds of touchpoints that are known; others may be asked for, too, for imports bring new ones.
    package var touchpoints: [String]
    /// Whether any other path is taken for a column of the user's own: nobody knows here what was imported.
    package var takesAnyColumn = false

    /// - Parameter types: by dotted path.
    package init(_ types: [String: FactType], steps: [String] = [], touchpoints: [String] = []) {
        self.types = types
        self.steps = steps
        self.touchpoints = touchpoints
    }

    /// The type of the fact at `path`; `nil` where there is no such fact.
    package func type(of path: String) -> FactType? {
        if let type = types[path] { return type }
        let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if parts.contains("") { return nil }
        switch (parts.first, parts.last) {
        case ("steps", "outcome"): return parts.count == 3 && steps.contains(parts[1]) ? .text : nil
        case ("touchpoints", "count"), ("touchpoints", "days_ago"): return parts.count > 2 ? .number : nil
        case ("steps", _), ("touchpoints", _): return nil
        default: return takesAnyColumn ? .custom : nil
        }
    }

    /// Adds facts of the user's own; what is known already keeps its type.
    package mutating func add(custom names: [String]) {
        for name in names where types[name] == nil { types[name] = .custom }
    }

    /// Adds or changes one fact.
    package mutating func add(_ path: String, _ type: FactType) { types[path] = type }

    /// Every path there is, sorted, for suggestions.
    package var paths: [String] {
        let outcomes = steps.map { "steps.\($0).outcome" }
        let touches = touchpoints.flatMap { ["touchpoints.\($0).count", "touchpoints.\($0).days_ago"] }
        return (Array(types.keys) + outcomes + touches).sorted()
    }

    /// What an import may know about a person and a company.
    package static let person = FactCatalogue([
        "first_name": .text, "last_name": .text, "name": .text, "email": .text, "phone": .text,
        "linkedin": .text, "title": .text, "seniority": .text, "department": .text, "city": .text,
        "location": .text,
        "state": .text, "country": .text, "timezone": .text, "language": .text, "source": .text,
        "basis": .word(["consent", "customer", "legitimate_interest"]),
        "company.name": .text, "company.domain": .text, "company.website": .text, "company.linkedin": .text,
        "company.industry": .text, "company.employees": .number, "company.revenue": .number,
        "company.founded": .number, "company.phone": .text, "company.city": .text, "company.state": .text,
        "company.country": .text, "company.timezone": .text, "company.technologies": .text, "company.location": .text,
    ])
}
