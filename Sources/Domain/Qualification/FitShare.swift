package import Facts
package import Outreach

/// Says what share of a list each ICP and each of its criteria admits, so that one sees an ICP that is too broad, too narrow, or
/// that the list cannot answer.
package struct FitShare: Sendable {
    /// What became of a list under one criterion.
    package struct Line: Sendable, Hashable {
        /// As the file has it.
        package var criteria: Criteria
        /// People for whom it holds.
        package internal(set) var yes = 0
        /// People for whom it does not.
        package internal(set) var no = 0
        /// People of whom the facts don't say.
        package internal(set) var unknown = 0
        /// People who meet every other requirement and fail this one only.
        package internal(set) var excludedByThisAlone = 0
    }

    /// What became of it under one ICP.
    package struct Profile: Sendable, Hashable {
        /// The ICP's name.
        package var icp: String
        /// In the file's order.
        package internal(set) var requirements: [Line]
        /// In the file's order.
        package internal(set) var preferences: [Line]
        /// People who meet every requirement.
        package internal(set) var admitted = 0
        /// People who fail one.
        package internal(set) var excluded = 0
        /// A required fact is missing.
        package internal(set) var unknown = 0
        /// How often each fact that a requirement asks for was missing.
        package internal(set) var missingFacts: [String: Int] = [:]

        /// Everybody who was judged.
        package var total: Int { admitted + excluded + unknown }

        /// 0-1 of the whole list; 0 for an empty one.
        package var admittedShare: Double { total > 0 ? Double(admitted) / Double(total) : 0 }

        /// The requirement that excludes the most people, by itself where several do; `nil` where none excludes anybody.
        package var strictest: Line? {
            requirements.filter { $0.no > 0 }.max { ($0.no, $0.excludedByThisAlone) < ($1.no, $1.excludedByThisAlone) }
        }
    }

    /// What is wrong with an ICP for this list.
    package enum Concern: Sendable, Hashable {
        /// More than 60 % fit: it selects nobody.
        case tooBroad(Profile)
        /// Fewer than 5 % fit.
        case tooNarrow(Profile)
        /// More than half of the list lacks a required fact: the list cannot answer.
        case cannotBeJudged(Profile)
    }

    /// By name.
    package private(set) var profiles: [Profile]
    private let icps: [QualificationRules.ICP]

    /// Counts nobody yet; `add` does.
    package init(_ rules: QualificationRules) {
        icps = rules.icps.values.sorted { $0.name < $1.name }
        profiles = icps.map { icp in
            Profile(
                icp: icp.name, requirements: icp.require.map { Line(criteria: $0) },
                preferences: icp.prefer.map { Line(criteria: $0.criteria) })
        }
    }

    /// Counts one person of the list.
    package mutating func add(_ person: Person) {
        for (index, icp) in icps.enumerated() { profiles[index].count(FitJudgement(person, icp)) }
    }

    /// Smaller lists say nothing about an ICP.
    package static let leastPeople = 20

    /// The ICPs that deserve a warning, by name.
    package var concerns: [Concern] {
        profiles.compactMap { profile in
            guard profile.total >= Self.leastPeople else { return nil }
            if profile.unknown * 2 > profile.total { return .cannotBeJudged(profile) }
            if profile.admittedShare > 0.6 { return .tooBroad(profile) }
            return profile.admittedShare < 0.05 ? .tooNarrow(profile) : nil
        }
    }
}

extension FitShare.Profile {
    fileprivate mutating func count(_ judgement: FitJudgement) {
        switch judgement.score {
        case nil: unknown += 1
        case 0: excluded += 1
        default: admitted += 1
        }
        var facts: Set<String> = []
        for line in judgement.requirements {
            if case .unknown(let paths) = line.truth { facts.formUnion(paths) }
        }
        for fact in facts { missingFacts[fact, default: 0] += 1 }
        let failing = judgement.requirements.count { $0.truth == .no }
        for (index, line) in judgement.requirements.enumerated() {
            requirements[index].count(line.truth, isOnlyFailure: failing == 1)
        }
        for (index, line) in judgement.preferences.enumerated() {
            preferences[index].count(line.truth, isOnlyFailure: false)
        }
    }
}

extension FitShare.Line {
    fileprivate mutating func count(_ truth: Truth, isOnlyFailure: Bool) {
        switch truth {
        case .yes: yes += 1
        case .no:
            no += 1
            if isOnlyFailure { excludedByThisAlone += 1 }
        case .unknown: unknown += 1
        }
    }
}
