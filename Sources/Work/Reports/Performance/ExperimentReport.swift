package import CivilTime
package import Interchange
package import Outreach
package import Qualification

/// Compares the variants of a sequence's email steps by the metric that its experiment declares.
package struct ExperimentReport: Sendable {
    /// Two variants of one step.
    package struct Comparison: Sendable {
        package var step: String
        /// The variants' names, in the order of the file.
        package var arms: [String]
        package var test: SequentialTest
    }

    /// How long a person has for the success after the mail, in seconds; only then is it settled that there is none.
    package static let patience = 14 * Int.day

    package let sequence: Sequence
    package let experiment: Experiment
    package let now: Instant
    private var settled: [String: [(at: Instant, person: Int, arm: Int, success: Bool)]] = [:]

    /// `nil` for a sequence without an experiment.
    package init?(_ sequence: Sequence, now: Instant) {
        guard let experiment = sequence.experiment else { return nil }
        self.sequence = sequence
        self.experiment = experiment
        self.now = now
    }

    /// Adds one person.
    package mutating func add(_ history: History) {
        let known = KnownHistory(history, at: now)
        for touch in known.touchpoints where touch.kind == .emailSent {
            guard let step = touch.step.flatMap({ sequence.step($0) }), let arm = arm(of: touch, step),
                history.enrollments.contains(where: { $0.id == touch.enrollment && $0.sequence == sequence.name })
            else { continue }
            let end = touch.at + ExperimentReport.patience
            let success = known.touchpoints.first {
                $0.kind.isA(experiment.metric) && $0.at >= touch.at && $0.at <= end
            }
            guard let at = success?.at ?? (end <= now ? end : nil) else { continue }
            settled[step.id, default: []].append((at, history.person.id.row, arm, success != nil))
        }
    }

    private func arm(of touch: Touchpoint, _ step: Step) -> Int? {
        guard case .email(let variants) = step.kind, variants.count == 2 else { return nil }
        return variants.firstIndex { $0.arm == touch.text("variant") }
    }

    /// A comparison for every step with two variants, in the order of the steps.
    package var comparisons: [Comparison] {
        sequence.steps.compactMap { step in
            guard case .email(let variants) = step.kind, variants.count == 2 else { return nil }
            var test = SequentialTest(minimumEffect: experiment.minimumEffect)
            let order = (settled[step.id] ?? []).sorted { ($0.at, $0.person) < ($1.at, $1.person) }
            for one in order { test.add(arm: one.arm, success: one.success) }
            return Comparison(step: step.id, arms: variants.map(\.arm), test: test)
        }
    }

    /// What can be said, a few lines a step; every line ends with LF.
    package func text(style: TerminalStyle = .plain) -> String {
        comparisons.map { text($0, style) }.joined()
    }

    private func text(_ comparison: Comparison, _ style: TerminalStyle) -> String {
        var table = Table(
            columns: [.init(), .init(alignment: .right), .init(alignment: .right), .init()], indent: 2)
        for (name, arm) in zip(comparison.arms, comparison.test.arms) {
            let interval = WilsonInterval(arm.successes, of: arm.trials)
            table.add([
                .init(name), "\(Numbers.grouped(arm.successes)) of \(Numbers.grouped(arm.trials))",
                .init(interval.share.map(Numbers.percent) ?? "-"), .init(Numbers.interval(interval), [.dim]),
            ])
        }
        let title =
            "\(sequence.name)/\(comparison.step) by \(experiment.metric), settled after \(Dates.duration(ExperimentReport.patience))"
        return style.bold(Sink.line(title)) + "\n" + table.text(width: 80, style: style)
            + "  \(Sink.line(ExperimentReport.words(comparison)))\n"
    }

    /// The verdict in a sentence.
    package static func words(_ comparison: Comparison) -> String {
        switch comparison.test.verdict {
        case .better(let arm): "\(comparison.arms[arm]) is better; this holds however often one looks"
        case .cannotConclude(let more): "cannot conclude; about \(Numbers.grouped(rounded(more))) more"
        }
    }

    /// To two digits: nobody knows it better.
    private static func rounded(_ number: Int) -> Int {
        var unit = 1
        while number / unit >= 100 { unit *= 10 }
        return (number + unit / 2) / unit * unit
    }

    /// The comparisons for programs.
    package func json() -> JSON {
        .array(
            comparisons.map { comparison in
                var object: JSONObject = [
                    "sequence": .string(sequence.name), "step": .string(comparison.step),
                    "metric": .string(experiment.metric.name), "evidence": .decimal(comparison.test.evidence),
                    "arms": .array(
                        zip(comparison.arms, comparison.test.arms).map { name, arm in
                            ["arm": .string(name), "successes": .integer(arm.successes), "of": .integer(arm.trials)]
                        }),
                ]
                switch comparison.test.verdict {
                case .better(let arm): object["better"] = .string(comparison.arms[arm])
                case .cannotConclude(let more): object["more"] = .integer(more)
                }
                return .object(object)
            })
    }
}
