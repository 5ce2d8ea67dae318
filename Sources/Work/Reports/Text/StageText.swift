package import Outreach

/// Stages as people read them.
package enum StageText {
    /// `prospect`, `MQL`.
    package static func name(_ stage: Stage) -> String {
        switch stage {
        case .iql, .mql, .sql: stage.rawValue.uppercased()
        default: stage.rawValue
        }
    }

    /// `a prospect`, `an MQL`, `won`: what somebody is.
    package static func being(_ stage: Stage) -> String {
        switch stage {
        case .iql, .mql, .sql, .opportunity: "an \(name(stage))"
        case .lead, .prospect: "a \(name(stage))"
        case .won, .lost, .recycled, .disqualified: name(stage)
        }
    }
}
