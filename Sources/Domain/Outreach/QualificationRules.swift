package import CivilTime
package import Facts

/// What `qualification.yaml` says; `Qualification` computes with it.
package struct QualificationRules: Sendable, Hashable {
    /// By name.
    package var icps: [String: ICP]
    /// By touchpoint kind.
    package var intent: [TouchpointKind: IntentRule]
    /// Intent from which somebody is warm, and below which they no longer are.
    package var warm: Threshold
    /// The same of hot.
    package var hot: Threshold
    /// What lets a person into each stage.
    package var gates: Gates
    /// The reasons a person may give, by what they are for: `recycled`, `disqualified`, `lost`.
    package var reasons: [String: [String]]
    /// The sequence that nurtures people of a stage: `iql`, `recycled`.
    package var nurture: [Stage: String]
    /// SHA-256 of the file, 64 hex digits: what a recorded stage cites.
    package var hash: String

    package init(
        icps: [String: ICP] = [:], intent: [TouchpointKind: IntentRule] = [:],
        warm: Threshold = Threshold(enter: 20, leave: 12), hot: Threshold = Threshold(enter: 60, leave: 40),
        gates: Gates = Gates(), reasons: [String: [String]] = [:], nurture: [Stage: String] = [:],
        hash: String = ""
    ) {
        self.icps = icps
        self.intent = intent
        self.warm = warm
        self.hot = hot
        self.gates = gates
        self.reasons = reasons
        self.nurture = nurture
        self.hash = hash
    }

    /// Ideal customer profile: what must hold, and what is better.
    package struct ICP: Sendable, Hashable {
        /// The key under `icps:`.
        package var name: String
        /// Each is judged and reported on its own; all must hold.
        package var require: [Criteria]
        /// What is better when it holds, with its points.
        package var prefer: [Preference]
        /// A lead with this fit becomes a prospect by rule; `nil`: always by review.
        package var autoAccept: Int?

        package init(name: String, require: [Criteria], prefer: [Preference] = [], autoAccept: Int? = nil) {
            self.name = name
            self.require = require
            self.prefer = prefer
            self.autoAccept = autoAccept
        }
    }

    /// Something that is better when it holds.
    package struct Preference: Sendable, Hashable {
        /// What must hold for the points.
        package var criteria: Criteria
        /// What it adds to the fit's preferred share, relative to the sum of all.
        package var points: Int
        package init(criteria: Criteria, points: Int) {
            self.criteria = criteria
            self.points = points
        }
    }

    /// What one touchpoint of a kind is worth.
    package struct IntentRule: Sendable, Hashable {
        /// May be negative.
        package var points: Double
        /// Seconds in which the points halve; `nil`: they stay.
        package var halfLife: Int?
        /// The most that this kind adds in all.
        package var cap: Double?
        package init(points: Double, halfLife: Int? = nil, cap: Double? = nil) {
            self.points = points
            self.halfLife = halfLife
            self.cap = cap
        }
    }

    /// Entered at `enter`, left below `leave`.
    package struct Threshold: Sendable, Hashable {
        /// Intent at which it is entered.
        package var enter: Double
        /// Intent below which it is left; lower than `enter`, so that nobody flaps.
        package var leave: Double
        package init(enter: Double, leave: Double) {
            self.enter = enter
            self.leave = leave
        }
    }

    /// What lets a person into a stage.
    package struct Gates: Sendable, Hashable {
        /// Touchpoint kinds, any of which makes an IQL.
        package var iql: [TouchpointKind]
        /// The fit an MQL needs, 0-100.
        package var mqlFit: Int
        /// The intent an MQL needs besides.
        package var mqlIntent: Double
        /// How long a hand-over may wait.
        package var mqlSLA: Delay?
        /// Whose fields an SQL needs evidence on.
        package var sqlFramework: Framework
        /// MEDDPICC's fields are tracked on opportunities.
        package var tracksMEDDPICC: Bool

        package init(
            iql: [TouchpointKind] = [], mqlFit: Int = 60, mqlIntent: Double = 30, mqlSLA: Delay? = nil,
            sqlFramework: Framework = .bant, tracksMEDDPICC: Bool = false
        ) {
            self.iql = iql
            self.mqlFit = mqlFit
            self.mqlIntent = mqlIntent
            self.mqlSLA = mqlSLA
            self.sqlFramework = sqlFramework
            self.tracksMEDDPICC = tracksMEDDPICC
        }
    }

    /// What must be known before a person is an SQL.
    package enum Framework: String, Sendable, Hashable, CaseIterable {
        case bant, meddic

        /// The fields that need evidence.
        package var fields: [String] {
            switch self {
            case .bant: ["budget", "authority", "need", "timeline"]
            case .meddic:
                [
                    "metrics", "economic_buyer", "decision_criteria", "decision_process", "identified_pain", "champion",
                ]
            }
        }
    }
}
