import Facts
import Interchange
import Ledger
import Outreach
import Qualification
import Reports
import SQLiteLedger

/// What recording a touchpoint did to its person, and what is to be done about it.
struct TouchEffect {
    let office: Office
    let touchpoint: Touchpoint
    let before: History
    let after: History

    func print() throws {
        let output = office.desk.output
        let head = "recorded: \(name), \(TouchpointText.verb(touchpoint.kind))"
        output.print(([head] + ways + silence + (try colleagues()) + moves).joined(separator: "\n"))
        if touchpoint.kind.isConversation, let talk = after.touchpoints.last(where: isIt) {
            try CallNotes(office: office, history: after, talk: talk, citation: "\(talk.id)").take([])
        }
        if !next.isEmpty { output.print(next.map { "  next: \($0)" }.joined(separator: "\n")) }
    }

    private var name: String { Sink.line(before.person.displayName) }
    private var who: String { before.person.email ?? before.person.key }

    private func isIt(_ other: Touchpoint) -> Bool { other.kind == touchpoint.kind && other.at == touchpoint.at }

    private var ways: [String] {
        let known = Set(before.enrollments.map(\.id))
        let live = before.enrollments.filter { [.active, .paused].contains($0.state) }.map(\.id)
        return after.enrollments.compactMap { enrollment in
            if !known.contains(enrollment.id) { return "  enters \(enrollment.sequence) by its rule" }
            if live.contains(enrollment.id), enrollment.state == .stopped {
                return "  \(enrollment.sequence) has ended for them"
            }
            guard enrollment.state == .paused else { return nil }
            let until = enrollment.pausedUntil.map { " until \(Dates.moment($0, in: office.zone))" } ?? ""
            return "  \(enrollment.sequence) is paused\(until): \(Sink.line(enrollment.reason ?? ""))"
        }
    }

    /// Channels on which they are not contacted any more.
    private var silence: [String] {
        let fresh = after.blockedChannels.subtracting(before.blockedChannels)
        guard !fresh.isEmpty else { return [] }
        return fresh.count == Channel.allCases.count
            ? ["  suppressed on every channel"]
            : ["  suppressed by \(fresh.map(\.rawValue).sorted().joined(separator: ", "))"]
    }

    /// Colleagues whose sequences ended or paused because of an answer.
    private func colleagues() throws -> [String] {
        guard touchpoint.kind.isA(.reply), let company = before.person.companyID else { return [] }
        let names = try office.store.people(ofCompany: company).filter { person in
            guard person.id != before.person.id else { return false }
            let last = try office.store.history(of: person.id).touchpoints.last { $0.kind == .companyReply }
            return last?.recordedAt == touchpoint.recordedAt && last?.at == touchpoint.at
        }.map { Sink.line($0.displayName) }
        return names.isEmpty ? [] : ["  colleagues wait or are done, too: \(names.joined(separator: ", "))"]
    }

    private var moves: [String] {
        let (old, new) = (office.standing(before), office.standing(after))
        var lines: [String] = []
        if old.temperature != new.temperature {
            lines.append("  \(old.temperature.rawValue) → \(new.temperature.rawValue)")
        }
        if old.stage != new.stage { lines.append("  \(StageText.name(old.stage)) → \(StageText.name(new.stage))") }
        return lines
    }

    /// The command that goes on from here.
    private var next: [String] {
        if touchpoint.kind.isA(.disposition) { return dispositionNext }
        if office.standing(before).stage != .mql, office.standing(after).stage == .mql {
            return ["stoke handoff   (an MQL waits for a person)"]
        }
        let awaitsWord = after.openTalk != nil && !touchpoint.kind.isConversation
        return awaitsWord ? ["stoke touch \(who) disposition --outcome ..."] : []
    }

    private var dispositionNext: [String] {
        switch touchpoint.detail["outcome"]?.plainText {
        case "go_on": ["stoke enroll SEQUENCE \(who) --again"]
        case "nurture": ["stoke qualify \(who) --recycle REASON --until DATE"]
        case "meeting": ["stoke touch \(who) meeting --at WHEN"]
        case "disqualify": ["stoke qualify \(who) --reject REASON"]
        default: []
        }
    }
}
