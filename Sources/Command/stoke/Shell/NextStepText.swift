import CivilTime
import Interchange
import Ledger
import Messages
import Outreach
import Planning
import Reports
import SQLiteLedger

/// The next step of one person's ways through sequences, and what each waits for.
struct NextStepText {
    let office: Office
    let history: History

    /// A paragraph a way that goes on; every line ended by LF.
    func text() throws -> String {
        let live = history.enrollments.filter { [.active, .paused].contains($0.state) }
        let ended = history.enrollments.filter { [.stopped, .finished].contains($0.state) }.map(end)
        return try live.map { "\n" + (try next($0)).joined(separator: "\n") + "\n" }.joined()
            + (ended.isEmpty ? "" : "\n" + ended.joined(separator: "\n") + "\n")
    }

    /// The ways for programs.
    func json() throws -> JSON {
        .array(try history.enrollments.filter { [.active, .paused].contains($0.state) }.compactMap(nextJSON))
    }

    /// `founders: stopped, reply.positive`.
    private func end(_ enrollment: Enrollment) -> String {
        let reason = enrollment.reason.map { ", \(Sink.line($0))" } ?? ""
        return "\(enrollment.sequence): \(enrollment.state.rawValue)\(reason)"
    }

    /// The next step and what it waits for, the binding reason first.
    private func next(_ enrollment: Enrollment) throws -> [String] {
        guard let sequence = office.model.sequences[enrollment.sequence] else {
            return ["\(enrollment.sequence): not in the applied files; its people wait until it is back"]
        }
        if enrollment.state == .paused {
            let end = enrollment.pausedUntil.map { " until \(moment($0))" } ?? ""
            return ["\(enrollment.sequence): paused\(end), \(Sink.line(enrollment.reason ?? ""))"]
        }
        let (next, rendering) = try nextStep(enrollment, sequence)
        guard let step = next.step else { return ["\(enrollment.sequence): the end comes with the next run"] }
        var lines = ["\(enrollment.sequence): \(step.id)\(next.mailbox.map { " from \($0)" } ?? "")"]
        if let rendering { lines.append("  held        \(Sink.line(HoldText.words(rendering)))") }
        for (index, constraint) in next.constraints.enumerated() {
            let when =
                constraint.earliest <= office.now
                ? "open" : constraint.earliest >= .distantFuture ? "until somebody acts" : moment(constraint.earliest)
            let name = constraint.kind.rawValue.padding(to: 12)
            let binds = index == 0 && constraint.earliest > office.now ? "  <- binds" : ""
            lines.append("  \(name)\(when.padding(to: 20)) \(Sink.line(detail(of: constraint)))\(binds)")
        }
        if next.earliest ?? office.now <= office.now, rendering == nil { lines.append("  due: the next run takes it") }
        return lines
    }

    /// A window says what the clock shows where it is read.
    private func detail(of constraint: Constraint) -> String {
        guard constraint.kind == .window, constraint.earliest > office.now, constraint.earliest < .distantFuture,
            let zone = office.desk.zone(constraint.detail), zone != office.zone
        else { return constraint.detail }
        return "\(constraint.detail), \(Dates.moment(constraint.earliest, in: zone)) there"
    }

    private func moment(_ instant: Instant) -> String { Dates.moment(instant, in: office.zone) }

    /// What the step waits for, and why its text can't be rendered, if so.
    private func nextStep(
        _ enrollment: Enrollment, _ sequence: Outreach.Sequence
    ) throws -> (next: NextStep, rendering: Hold?) {
        let circumstances = Circumstances(
            model: office.model, now: office.now, zone: office.desk.zone, standing: office.standing,
            ready: { _ in .ready(text: "") })
        let next = try Planning.nextStep(of: enrollment, in: sequence, office.store, circumstances)
        guard let step = next.step, step.isEmail, let mailbox = next.mailbox else { return (next, nil) }
        let draft = Draft(
            step, of: sequence, for: history, enrollment: enrollment, mailbox: mailbox, at: next.earliest ?? office.now)
        guard case .hold(let hold) = office.templates.email(draft, at: office.now, unsubscribeURL: nil) else {
            return (next, nil)
        }
        return (next, hold)
    }

    private func nextJSON(_ enrollment: Enrollment) throws -> JSON? {
        guard let sequence = office.model.sequences[enrollment.sequence] else { return nil }
        if enrollment.state == .paused {
            return [
                "sequence": .string(enrollment.sequence), "paused": .string(enrollment.reason ?? ""),
                "paused_until": .text(enrollment.pausedUntil?.description),
            ]
        }
        let (next, rendering) = try nextStep(enrollment, sequence)
        let constraints = next.constraints.map { constraint -> JSON in
            [
                "kind": .string(constraint.kind.rawValue), "detail": .string(constraint.detail),
                "earliest": constraint.earliest >= .distantFuture ? .null : .string(constraint.earliest.description),
                "open": .bool(constraint.earliest <= office.now),
            ]
        }
        return [
            "sequence": .string(enrollment.sequence), "step": .text(next.step?.id), "mailbox": .text(next.mailbox),
            "held": .text(rendering.map { HoldText.words($0) }), "constraints": .array(constraints),
        ]
    }
}

extension String {
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(width - count, 0)) + self }
}
