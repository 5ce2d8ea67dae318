package import CivilTime
import Facts
package import Ledger
package import Outreach
package import Qualification

/// What became of the people we touched, by sequence, step, variant, mailbox, ICP, source or week.
///
/// What a person did counts for the last touch before it; every share is of delivered people, each counted once a line.
/// Automatic replies are no replies.
package struct PerformanceReport: Sendable {
    /// What lines are made by.
    package enum Dimension: String, Sendable, Hashable, CaseIterable {
        case sequence, step, variant, mailbox, icp, source, week
    }

    /// What is counted of delivered people, most telling first.
    package enum Metric: String, Sendable, Hashable, CaseIterable {
        case positive, meetings, sql, mql, replies

        /// As a heading shows it.
        package var title: String {
            switch self {
            case .positive: "Positive replies"
            case .meetings: "Meetings"
            case .sql: "SQL"
            case .mql: "MQL"
            case .replies: "Replies"
            }
        }

        /// What `kind` counts for; an answer that pleased is an answer, too.
        static func counted(_ kind: TouchpointKind) -> [Metric] {
            if kind == .replyPositive { return [.positive, .replies] }
            if kind.isA(.reply) { return [.replies] }
            if kind.isA(.meeting) { return [.meetings] }
            return []
        }
    }

    /// One line of the report.
    package struct Line: Sendable, Hashable {
        /// What the line is of: a sequence, a step, a week; empty where that is not known.
        package var key: String
        /// Distinct people who were touched, those whose only mail bounced left out.
        package internal(set) var delivered = 0
        /// People, each once.
        package internal(set) var counts: [Metric: Int] = [:]
        /// Mails that left.
        package internal(set) var mails = 0
        /// LinkedIn touches that were done.
        package internal(set) var linkedin = 0
        /// Calls that were made.
        package internal(set) var calls = 0
        /// Absences and other answers of machines.
        package internal(set) var automaticReplies = 0
        /// Mails that came back for good.
        package internal(set) var bounces = 0

        /// The share of delivered people.
        package func interval(_ metric: Metric) -> WilsonInterval {
            WilsonInterval(counts[metric, default: 0], of: delivered)
        }
    }

    /// What its lines are made by.
    package let dimension: Dimension
    /// Which touches count.
    package let period: Range<Instant>
    /// The clock of its weeks.
    package let zone: Zone
    private let qualifier: Qualifier
    private var byKey: [String: Line] = [:]
    /// What stands under the lines: comparisons of variants that were declared.
    package var experiments: [ExperimentReport] = []

    /// `period` bounds the touches; what came of them counts up to its end. Weeks are those of `zone`, by ISO 8601.
    package init(_ dimension: Dimension, in period: Range<Instant>, qualifier: Qualifier, zone: Zone) {
        self.dimension = dimension
        self.period = period
        self.qualifier = qualifier
        self.zone = zone
    }

    /// The report of everybody in the ledger.
    ///
    /// - Throws: `StoreError`.
    package init(
        _ store: any Store, by dimension: Dimension, in period: Range<Instant>, qualifier: Qualifier, zone: Zone
    ) throws(StoreError) {
        self.init(dimension, in: period, qualifier: qualifier, zone: zone)
        try Everybody.each(in: store) { add($0) }
    }

    /// By key; weeks by date.
    package var lines: [Line] { byKey.values.sorted { $0.key < $1.key } }

    /// Counts one person.
    package mutating func add(_ history: History) {
        let known = KnownHistory(history, at: period.upperBound - 1)
        let stages = qualifier.stages(of: history, at: period.upperBound - 1).entries
        var person = PersonCount()
        var lastKey: String?
        for touchpoint in known.touchpoints where touchpoint.at >= period.lowerBound {
            if touchpoint.kind.isOutboundTouch {
                let key = key(touchpoint, history, lastKey)
                lastKey = key
                byKey[key, default: Line(key: key)].countVolume(touchpoint.kind)
                person.touched(key)
            } else if let key = lastKey {
                person.happened(touchpoint, key, &byKey[key, default: Line(key: key)])
                // Only entries that their gates let pass are stages.
                if let stage = touchpoint.kind.stage, stages.contains(where: { $0.touchpoint.id == touchpoint.id }) {
                    person.entered(stage, key)
                }
            }
        }
        person.close(&byKey)
    }

    private func key(_ touch: Touchpoint, _ history: History, _ last: String?) -> String {
        let sequence = touch.enrollment.flatMap { id in history.enrollments.first { $0.id == id }?.sequence }
        switch dimension {
        case .sequence: return sequence ?? "by hand"
        case .step: return stepKey(sequence, touch)
        case .variant:
            return stepKey(sequence, touch) + (touch.text("variant").map { " \($0)" } ?? "")
        case .mailbox: return touch.text("mailbox") ?? "by hand"
        case .icp: return qualifier.fit(of: history.person).flatMap { ($0.score ?? 0) > 0 ? $0.icp : nil } ?? "no ICP"
        case .source: return history.person.attribute("source")?.plainText ?? "unknown"
        // A person belongs to the week of their first touch.
        case .week: return last ?? week(touch.at)
        }
    }

    private func stepKey(_ sequence: String?, _ touch: Touchpoint) -> String {
        sequence.map { "\($0)/\(touch.step ?? "?")" } ?? "by hand"
    }

    /// The Monday of the week.
    private func week(_ instant: Instant) -> String {
        let day = zone.date(at: instant)
        return (day - day.weekday.rawValue).description
    }
}

/// What one person adds to the lines they were touched under.
private struct PersonCount {
    private var delivered: [String: Bool] = [:]
    private var achieved: [String: Set<PerformanceReport.Metric>] = [:]

    mutating func touched(_ key: String) { delivered[key] = true }

    mutating func happened(_ touchpoint: Touchpoint, _ key: String, _ line: inout PerformanceReport.Line) {
        if touchpoint.kind == .bounceHard {
            line.bounces += 1
            delivered[key] = false
        }
        if touchpoint.kind.isA(.autoReply) { line.automaticReplies += 1 }
        for metric in PerformanceReport.Metric.counted(touchpoint.kind) { achieved[key, default: []].insert(metric) }
    }

    mutating func entered(_ stage: Stage, _ key: String) {
        if stage == .mql { achieved[key, default: []].insert(.mql) }
        if stage == .sql { achieved[key, default: []].insert(.sql) }
    }

    /// A person whose mail bounced counts as nothing, unless they did something after all.
    func close(_ lines: inout [String: PerformanceReport.Line]) {
        for (key, wasDelivered) in delivered {
            let metrics = achieved[key] ?? []
            guard wasDelivered || !metrics.isEmpty else { continue }
            lines[key]?.delivered += 1
            for metric in metrics { lines[key]?.counts[metric, default: 0] += 1 }
        }
    }
}

extension PerformanceReport.Line {
    fileprivate mutating func countVolume(_ kind: TouchpointKind) {
        if kind.isA(.emailSent) || kind.isA(.emailByHand) {
            mails += 1
        } else if kind.isA(.linkedinSent) {
            linkedin += 1
        } else if kind.isA(.callMade) {
            calls += 1
        }
    }
}
