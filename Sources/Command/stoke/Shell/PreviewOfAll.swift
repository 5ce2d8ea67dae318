import CivilTime
import Diagnostics
import Interchange
import Ledger
import Messages
import Outreach
import Planning
import Reports
import SQLiteLedger

/// A step's message for everybody: who would get it, who would be held, and why.
struct PreviewOfAll {
    let office: Office

    init(_ office: Office) { self.office = office }

    /// What came of everybody.
    private struct Tally {
        var fine = 0
        /// By reason.
        var held: [String: [Person]] = [:]
        var leftOut: [String: [Person]] = [:]
        /// How long the texts are, in characters.
        var lengths: [Int] = []
        var arms: [String: Int] = [:]
        var count: Int { fine + (held.values.map(\.count) + leftOut.values.map(\.count)).reduce(0, +) }
    }

    func run(_ name: String) throws -> ExitStatus {
        let (sequence, step) = try StepName.find(name, office)
        guard step.isEmail || step.isManual else { throw Failure("\(step.id) has no text") }
        var tally = Tally()
        let drafts = Drafts(office)
        for person in try people(sequence) {
            let history = try office.store.history(of: person)
            let enrollment = history.enrollment(in: sequence, at: office.now)
            count(try drafts.rendering(step, sequence, enrollment, history), history.person, &tally)
            let arm = step.isEmail ? step.variant(for: history.person, in: sequence).arm : ""
            if !arm.isEmpty { tally.arms[arm, default: 0] += 1 }
        }
        if office.desk.wantsJSON {
            office.desk.output.print(json(tally, sequence.name, step.id))
        } else {
            office.desk.output.print(text(tally, "\(sequence.name)/\(step.id)"))
        }
        return tally.held.isEmpty ? .fine : .failed
    }

    /// Those who are on their way through the sequence; before anybody is, everybody.
    private func people(_ sequence: Outreach.Sequence) throws -> [Person.ID] {
        var people: [Person.ID] = []
        for state in [Enrollment.State.active, .paused] {
            var after: Enrollment.ID?
            repeat {
                let page = try office.store.enrollments(
                    sequence: sequence.name, state: state, after: after, limit: 1000)
                people += page.map(\.person)
                after = page.last?.id
            } while after != nil
        }
        guard people.isEmpty else { return people.sorted() }
        var after: Person.ID?
        repeat {
            let page = try office.store.people(after: after, limit: 1000)
            people += page.filter { !$0.isForgotten }.map(\.id)
            after = page.last?.id
        } while after != nil
        return people
    }

    private func count(_ rendering: Rendering, _ person: Person, _ tally: inout Tally) {
        switch rendering {
        case .rendered(let rendered):
            tally.fine += 1
            tally.lengths.append(rendered.text.count)
        case .hold(let hold): tally.held[HoldText.words(hold), default: []].append(person)
        case .skip(let reason): tally.leftOut[reason, default: []].append(person)
        }
    }

    private func text(_ tally: Tally, _ title: String) -> String {
        var lines = ["\(title): \(Numbers.people(tally.count)), \(Numbers.grouped(tally.fine)) would get it"]
        if !tally.arms.isEmpty {
            lines.append(
                "  variants "
                    + tally.arms.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        }
        if let least = tally.lengths.min(), let most = tally.lengths.max() {
            lines.append("  texts of \(least) to \(most) characters")
        }
        for (word, reasons) in [("held", tally.held), ("left out by the template", tally.leftOut)] {
            for (reason, people) in Self.byCount(reasons) {
                lines.append("\(Numbers.grouped(people.count)) \(word): \(Sink.line(reason))")
                lines += people.prefix(20).map { "  \(Sink.line($0.displayName)) <\(Sink.line($0.email ?? $0.key))>" }
                if people.count > 20 { lines.append("  and \(Numbers.grouped(people.count - 20)) more") }
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The most frequent reason first.
    private static func byCount(_ reasons: [String: [Person]]) -> [(key: String, value: [Person])] {
        reasons.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    }

    private func json(_ tally: Tally, _ sequence: String, _ step: String) -> JSON {
        func reasons(_ reasons: [String: [Person]]) -> JSON {
            .array(
                Self.byCount(reasons).map { reason, people in
                    ["reason": .string(reason), "people": .array(people.map { .string($0.email ?? $0.key) })]
                })
        }
        let arms = tally.arms.sorted { $0.key < $1.key }.map { ($0.key, JSON.integer($0.value)) }
        return [
            "sequence": .string(sequence), "step": .string(step), "people": .integer(tally.count),
            "rendered": .integer(tally.fine), "variants": .object(JSONObject(arms)),
            "shortest": tally.lengths.min().map { .integer($0) } ?? .null,
            "longest": tally.lengths.max().map { .integer($0) } ?? .null,
            "held": reasons(tally.held), "left_out": reasons(tally.leftOut),
        ]
    }
}
