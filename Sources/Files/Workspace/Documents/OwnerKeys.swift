import CivilTime
import Diagnostics
import Facts
import Outreach

extension Kind where Value == Owner {
    /// A person of ours; `key` is filled in from the mapping's key.
    static let owner = Kind.record("a person such as {name: Ana Pop}") { fields in
        let name = fields.required("name", .line, "how mails and lists name the person")
        let zone = fields.optional("timezone", .zone, "the person's clock; else the workspace's")
        let tasks = fields.optional(
            "tasks", Kind<Int>.rate(per: "day", 1...10_000).orNone, "how many tasks a day the person takes on")
        let linkedin = fields.optional("linkedin", .linkedInQuota, "what the person's LinkedIn account may do")
        let facts = fields.optional("facts", .facts, "sender.* in templates")
        var fallback = Zone.utc
        fields.withReading { fallback = $0.timezone }
        return Owner(
            key: "", name: name ?? "", timezone: zone ?? fallback, tasksPerDay: tasks ?? nil,
            invitesPerWeek: linkedin?.invites, notesPerMonth: linkedin?.notes, premium: linkedin?.premium ?? false,
            facts: facts ?? [:])
    }
}

/// What a LinkedIn account may do.
struct LinkedInQuota: Sendable {
    var premium: Bool
    var invites: Int?
    var notes: Int?
}

extension Kind where Value == LinkedInQuota {
    static let linkedInQuota = Kind.record("quotas such as {invites: 80/week}") { fields in
        let premium = fields.optional("premium", .flag, "notes of 300 characters instead of 200")
        let invites = fields.optional(
            "invites", Kind<Int>.rate(per: "week", 0...1000).orNone, "invitations in rolling 7 days")
        let notes = fields.optional(
            "notes", Kind<Int>.rate(per: "month", 0...1000).orNone, "notes with an invitation in rolling 30 days")
        return LinkedInQuota(premium: premium ?? false, invites: invites ?? nil, notes: notes ?? nil)
    }
}

extension Kind where Value == Record {
    /// Texts by name.
    static let facts = Kind<String>.line.byName(.name("a fact")).map { pairs in
        pairs.reduce(into: Record()) { $0[$1.name.value] = .text($1.value) }
    }
}
