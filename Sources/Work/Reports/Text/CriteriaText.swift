import CivilTime
package import Facts

/// Criteria as a person would say them.
package enum CriteriaText {
    /// `company.industry is SaaS or Software and title has founder or CTO`.
    package static func words(_ criteria: Criteria) -> String {
        switch criteria {
        case .fact(let path, let test): "\(path) \(words(test))"
        case .all(let parts):
            parts.isEmpty ? "anything" : parts.map { grouped($0, in: " and ") }.joined(separator: " and ")
        case .any(let parts):
            parts.isEmpty ? "nothing" : parts.map { grouped($0, in: " or ") }.joined(separator: " or ")
        }
    }

    /// What fails where criteria do not hold: `company.industry is not SaaS or Software`.
    package static func negation(_ criteria: Criteria) -> String {
        switch criteria {
        case .fact(let path, let test): "\(path) \(negation(test))"
        case .all, .any: "not: \(words(criteria))"
        }
    }

    private static func negation(_ test: FactTest) -> String {
        switch test {
        case .equals(let value): "is not \(words(value))"
        case .oneOf(let values): "is not \(list(values.map(words)))"
        case .words(let words): "has no \(list(words))"
        case .missing(let isMissing): words(.missing(!isMissing))
        case .not(let test): words(test)
        case .range(nil, let to?): "is over \(number(to))"
        case .range(let from?, nil): "is under \(number(from))"
        case .range: words(test).replacingFirst("is ", with: "is not ")
        }
    }

    private static func grouped(_ criteria: Criteria, in word: String) -> String {
        switch criteria {
        case .all(let parts) where parts.count > 1 && word == " or ": "(\(words(criteria)))"
        case .any(let parts) where parts.count > 1 && word == " and ": "(\(words(criteria)))"
        default: words(criteria)
        }
    }

    private static func words(_ test: FactTest) -> String {
        switch test {
        case .equals(let value): "is \(words(value))"
        case .oneOf(let values): "is \(list(values.map(words)))"
        case .range(let from?, let to?): "is \(number(from)) to \(number(to))"
        case .range(let from?, nil): "is at least \(number(from))"
        case .range(nil, let to?): "is at most \(number(to))"
        case .range(nil, nil): "is a number"
        case .words(let words): "has \(list(words))"
        case .missing(true): "is missing"
        case .missing(false): "is known"
        case .not(let test): negation(test)
        }
    }

    /// `a, b or c`.
    package static func list(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "nothing" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }

    /// A value on one line; what is nested shows its size.
    package static func words(_ value: Value) -> String {
        switch value {
        case .missing: "unknown"
        case .date(let date): date.description
        case .instant(let instant): instant.description(in: .utc)
        case .list(let values): values.map(words).joined(separator: ", ")
        case .record(let record): "\(record.count) facts"
        case .decimal(let number): CriteriaText.number(number)
        case .bool, .integer, .text: value.plainText ?? ""
        }
    }

    /// `12`, `12.5`.
    package static func number(_ value: Double) -> String {
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension String {
    /// With the text at the beginning replaced, if it stands there.
    fileprivate func replacingFirst(_ start: String, with new: String) -> String {
        hasPrefix(start) ? new + dropFirst(start.count) : self
    }
}
