package import CivilTime
import Diagnostics
package import Interchange
package import Outreach
package import Qualification

/// Compares the variants of a sequence's email steps by the metric that its experiment declares.
package struct ExperimentReport: Sendable {
    /// Two variants of one step.
    package struct Comparison: Sendable {
        /// The id of the step.
        package var step: String
        /// The variants' names, in the order of the file.
        package var arms: [String]
        /// What was seen of both.
        package var test: SequentialTest
        /// People whose two weeks are not over.
        package var pending: Int
    }

    /// How long a person has for the success after the mail, in seconds; whoever was mailed later is not counted yet,
    /// successes neither, or the shares would be those of the quick.
    package static let patience = 14 * Int.day

    /// The sequence that declares it.
    package let sequence: Sequence
    /// What it compares by.
    package let experiment: Experiment
    /// The instant it is of.
    package let now: Instant
    private var pending: [String: Int] = [:]
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
            guard end <= now else {
                pending[step.id, default: 0] += 1
                continue
            }
            let success = known.touchpoints.contains {
                $0.kind.isA(experiment.metric) && $0.at >= touch.at && $0.at <= end
            }
            settled[step.id, default: []].append((touch.at, history.person.id.row, arm, success))
        }
    }

    /// `nil` for a mail with a text that the arm had before: it says nothing about the one that is compared now.
    private func arm(of touch: Touchpoint, _ step: Step) -> Int? {
        guard case .email(let variants) = step.kind, variants.count == 2 else { return nil }
        let template = touch.text("template")
        return variants.firstIndex { $0.arm == touch.text("variant") && (template == nil || $0.template == template) }
    }

    /// A comparison for every step with two variants, in the order of the steps.
    package var comparisons: [Comparison] {
        sequence.steps.compactMap { step in
            guard case .email(let variants) = step.kind, variants.count == 2 else { return nil }
            var test = SequentialTest(minimumEffect: experiment.minimumEffect)
            let order = (settled[step.id] ?? []).sorted { ($0.at, $0.person) < ($1.at, $1.person) }
            for one in order { test.add(arm: one.arm, success: one.success) }
            return Comparison(
                step: step.id, arms: variants.map(\.arm), test: test, pending: pending[step.id] ?? 0)
        }
    }

    /// Winners that are new: what the sequence keeps from now on.
    package var conclusions: [Conclusion] {
        comparisons.compactMap { comparison in
            guard case .better(let arm) = comparison.test.verdict, let step = sequence.step(comparison.step),
                sequence.winners[step.id] == nil
            else { return nil }
            return Conclusion(
                sequence: sequence.name, step: step.id, arm: comparison.arms[arm], templates: step.comparedTemplates,
                at: now)
        }
    }

    /// What can be said, a few lines a step; every line ends with LF. A success counts whatever came after the mail.
    package func text(width: Int = 80, style: TerminalStyle = .plain) -> String {
        comparisons.map { text($0, width, style) }.joined(separator: "\n")
    }

    private func text(_ comparison: Comparison, _ width: Int, _ style: TerminalStyle) -> String {
        var table = Table(
            columns: [.init(minimum: 8), .init(alignment: .right), .init(alignment: .right), .init()], indent: 2)
        for (name, arm) in zip(comparison.arms, comparison.test.arms) {
            let interval = WilsonInterval(arm.successes, of: arm.trials)
            table.add([
                .init(name), "\(Numbers.grouped(arm.successes)) of \(Numbers.grouped(arm.trials))",
                .init(interval.share.map(Numbers.percent) ?? "-"), .init(Numbers.interval(interval), [.dim]),
            ])
        }
        return style.bold(Sink.line(title(comparison))) + "\n" + table.text(width: width, style: style)
            + DisplayText.wrapped(Sink.line(words(comparison)), to: width - 2).map { "  \($0)\n" }.joined()
    }

    private func title(_ comparison: Comparison) -> String {
        "Experiment \(sequence.name)/\(comparison.step): \(experiment.metric) within \(Dates.duration(Self.patience))"
    }

    /// What may be said of a comparison, in a few sentences.
    package func words(_ comparison: Comparison) -> String {
        let pending = comparison.pending
        let wait = pending > 0 ? " \(Numbers.grouped(pending)) were mailed too lately to count." : ""
        switch comparison.test.verdict {
        case .better(let arm):
            let name = comparison.arms[arm]
            let onward = experiment.keepsWinner ? " winner: keep gives it to everybody from now on." : ""
            return "\(name) is better; this holds however often one looks.\(onward)\(wait)"
        case .cannotConclude(let more):
            let effect = Numbers.percent(experiment.minimumEffect).split(separator: " ").first ?? ""
            return "cannot conclude; about \(Numbers.grouped(Self.rounded(more))) more people"
                + " would show a difference of \(effect) points.\(wait)"
        }
    }

    /// The comparisons as a section of a page.
    var section: String {
        comparisons.map { comparison in
            let bars = zip(comparison.arms, comparison.test.arms).map { name, arm in
                BarChart.Bar(
                    label: name, interval: WilsonInterval(arm.successes, of: arm.trials),
                    note: "\(Numbers.grouped(arm.successes)) of \(Numbers.grouped(arm.trials))")
            }
            let title = Sink.line(title(comparison))
            return "<section><h2>\(Sink.html(title))</h2>\n<figure>\(BarChart(title: title, bars: bars).svg)</figure>\n"
                + "<p class=\"soft\">\(Sink.html(Sink.line(words(comparison))))</p></section>\n"
        }.joined()
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
