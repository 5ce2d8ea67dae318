/// The filters of the standard that pick elements by a property.
enum SelectionFilters {
    static let all: [String: Filter] = [
        "where": Filter(1...2) { (input, arguments, context) throws(FilterProblem) in
            guard let matches = try matches(input, arguments, context) else { return .none }
            return .list(matches.filter(\.holds).map(\.element))
        },
        "reject": Filter(1...2) { (input, arguments, context) throws(FilterProblem) in
            guard let matches = try matches(input, arguments, context) else { return .none }
            return .list(matches.filter { !$0.holds }.map(\.element))
        },
        "has": Filter(1...2) { (input, arguments, context) throws(FilterProblem) in
            guard let match = try firstMatch(input, arguments, context) else { return .none }
            return .bool(match.place != nil)
        },
        "find": Filter(1...2) { (input, arguments, context) throws(FilterProblem) in
            try firstMatch(input, arguments, context)?.element ?? .none
        },
        "find_index": Filter(1...2) { (input, arguments, context) throws(FilterProblem) in
            guard let place = try firstMatch(input, arguments, context)?.place else { return .none }
            return .integer(place)
        },
    ]

    private typealias Match = (element: Operand, holds: Bool)

    /// Each element, and whether its property is the one asked for; `nil` where an element has no properties.
    private static func matches(
        _ input: Operand, _ arguments: [Operand], _ context: FilterContext
    ) throws(FilterProblem) -> [Match]? {
        var matches: [Match] = []
        for element in try input.elements(context) {
            guard let holds = try holds(element, arguments) else { return nil }
            matches.append((element, holds))
        }
        return matches
    }

    /// The first element that fits and its place, both empty where there is none; `nil` where an element before it
    /// has no properties.
    private static func firstMatch(
        _ input: Operand, _ arguments: [Operand], _ context: FilterContext
    ) throws(FilterProblem) -> (element: Operand, place: Int?)? {
        for (place, element) in try input.elements(context).enumerated() {
            guard let holds = try holds(element, arguments) else { return nil }
            if holds { return (element, place) }
        }
        return (.none, nil)
    }

    private static func holds(_ element: Operand, _ arguments: [Operand]) throws(FilterProblem) -> Bool? {
        guard let value = try element.property(arguments[0]) else { return nil }
        guard arguments.count > 1, !arguments[1].isNone else { return value.isTruthy }
        return Operand.areEqual(value, arguments[1])
    }
}
