package import CivilTime
import Facts
package import Outreach
import Qualification

/// Touchpoints in words.
package enum TouchpointText {
    /// What happened, in a few words: `mailed`, `answered`, `became an MQL`.
    package static func verb(_ kind: TouchpointKind) -> String {
        if let stage = kind.stage { return stages[stage] ?? kind.name }
        if kind.isA("temperature") { return "turned \(kind.name.dropFirst("temperature.".count))" }
        if kind.isA("evidence") { return "said something on \(words(kind.name.dropFirst("evidence.".count)))" }
        if kind.isA(.reply), kind != .linkedinReply, kind != .reply {
            return "answered (\(words(kind.name.dropFirst("reply.".count))))"
        }
        return verbs[kind.name] ?? words(kind.name[...])
    }

    /// What is known besides: a subject, an outcome, a reason, a note, what was said; empty where nothing is.
    package static func remark(_ touchpoint: Touchpoint) -> String {
        let order = [
            "subject", "outcome", DetailKey.reason, DetailKey.text, "note", DetailKey.nextStep, DetailKey.nextStepOn,
            DetailKey.value, "reply", "source",
        ]
        var parts = order.compactMap { key in
            touchpoint.detail[key].flatMap { $0.isBlank ? nil : CriteriaText.words($0) }
        }
        if let cited = touchpoint.cited { parts.append("heard in #\(cited)") }
        if touchpoint.kind.stage != nil || touchpoint.kind.isA("temperature") {
            parts += reasons(touchpoint)
        } else if let by = touchpoint.text(DetailKey.by) {
            parts.append("by \(by)")
        }
        return parts.joined(separator: " · ")
    }

    /// `12 Mar 15:00  mailed: Fathom onboarding`, on the clock of `zone`.
    package static func line(_ touchpoint: Touchpoint, in zone: Zone, year: Int? = nil) -> String {
        let remark = remark(touchpoint)
        let what = verb(touchpoint.kind) + (remark.isEmpty ? "" : ": \(remark)")
        return "\(Dates.moment(touchpoint.at, in: zone, year: year))  \(what)"
    }

    /// Where things stand, in a few words: `10 Mar mailed, no reply`.
    package static func lastTouch(_ touchpoints: [Touchpoint], in zone: Zone) -> String {
        // A look at a page is no touch that anybody would answer.
        guard let touch = touchpoints.last(where: { $0.kind.isOutboundTouch && !$0.kind.isA(.taskDone) }) else {
            return ""
        }
        let day = Dates.short(zone.date(at: touch.at))
        let answer = touchpoints.last { $0.at >= touch.at && ($0.kind.isA(.reply) || $0.kind.isConversation) }
        let then = answer.map { "\(verb($0.kind)) \(Dates.short(zone.date(at: $0.at)))" } ?? "no reply"
        return "\(day) \(verb(touch.kind)), \(then)"
    }

    /// The scores of that moment, what brought it about, and who decided.
    private static func reasons(_ touchpoint: Touchpoint) -> [String] {
        var parts: [String] = []
        if let cause = touchpoint.text(DetailKey.cause) {
            parts.append(Int(cause) == nil ? "by \(cause)" : "after #\(cause)")
        }
        let scores = [DetailKey.fit, DetailKey.intent].compactMap { key in
            touchpoint.detail[key]?.number.map { "\(key) \(CriteriaText.number(($0 * 10).rounded() / 10))" }
        }
        if !scores.isEmpty { parts.append(scores.joined(separator: ", ")) }
        // Temperature is a rule's alone.
        if touchpoint.kind.stage != nil { parts.append("by \(touchpoint.text(DetailKey.by) ?? "nobody named")") }
        return parts
    }

    private static func words(_ name: Substring) -> String {
        name.split { $0 == "_" || $0 == "." }.joined(separator: " ")
    }

    private static let verbs = [
        "email.sent": "mailed", "email.by_hand": "mailed by hand", "linkedin.sent": "wrote on LinkedIn",
        "linkedin.connected": "connected on LinkedIn", "reply": "answered", "reply.linkedin": "answered on LinkedIn",
        "call.made": "called", "call.connected": "spoke on the phone", "task.done": "task done",
        "company_reply": "a colleague answered", "auto_reply": "automatic reply", "bounce.hard": "bounced",
        "bounce.soft": "bounced for now", "opt_out": "opted out", "left_company": "left the company",
        "facts.changed": "facts changed", "handoff.accepted": "taken over by sales",
        "handoff.rejected": "rejected by sales", "meeting.held": "met", "disposition": "decided what comes of it",
        "note.likely_reply": "wrote, perhaps an answer", "note.likely_bounce": "a report says: bounced",
        "note.calendar": "answered an invitation",
    ]

    private static let stages: [Stage: String] = [
        .lead: "moved back to lead", .prospect: "accepted as a prospect", .iql: "became an IQL", .mql: "became an MQL",
        .sql: "became an SQL", .opportunity: "became an opportunity", .won: "won", .lost: "lost",
        .recycled: "recycled", .disqualified: "disqualified",
    ]
}
