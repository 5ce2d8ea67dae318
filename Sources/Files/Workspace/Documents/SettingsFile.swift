import CivilTime
import Diagnostics
import Facts
import Interchange
import Outreach

/// `stoke.yaml` as it was read, with the nodes that further checks point at.
struct SettingsFile {
    var settings: Settings
    var owners: [(name: Located<String>, value: Owner)]
    var mailboxes: [(name: Located<String>, value: Mailbox)]
    var node: Node

    /// The keys of `stoke.yaml`.
    static let kind = Kind<SettingsFile>.record("the workspace's settings") { fields in
        let home = fields.optional(
            "home", .line, "the one machine that sends, reads and enrolls; any only without SMTP")
        // First, for it is the clock of whoever names none.
        let zone = fields.required("timezone", .zone, "the workspace's own clock")
        fields.withReading { $0.timezone = zone ?? .utc }
        let sender = fields.required("sender", .sendingCompany, "who writes, in law")
        var settings = Settings(
            home: home, timezone: zone ?? .utc, company: sender?.company ?? "", postalAddress: sender?.address ?? "")
        let way = fields.optional("unsubscribe", .unsubscribe, "how people get out")
        settings.unsubscribe = way ?? settings.unsubscribe
        let owners = fields.required("people", Kind<Owner>.owner.byName(.name("a person")), "who does the tasks")
        settings.calendar = fields.optional("calendar", .workspaceCalendar, "business days and hours") ?? .standard
        let mailboxes = fields.required(
            "mailboxes", Kind<Mailbox>.mailbox.byName(.name("a mailbox")), "from where mails go")
        readPace(fields, &settings)
        readRules(fields, &settings)
        return SettingsFile(settings: settings, owners: owners ?? [], mailboxes: mailboxes ?? [], node: fields.node)
    }

    private static func readPace(_ fields: Fields, _ settings: inout Settings) {
        settings.newShare =
            fields.optional("new_share", .share(), "of a cap, for new people") ?? settings.newShare
        let lateness = fields.optional(
            "max_lateness", .duration(Int.hour...30 * .day, example: "2d"), "what is later after an outage is held")
        settings.maxLateness = lateness ?? settings.maxLateness
        let gap = fields.optional(
            "person_gap", .duration(0...30 * .day, example: "20h"), "between any two automatic touches of one person")
        settings.personGap = gap ?? settings.personGap
        let every = fields.optional("every", .duration(Int.minute...Int.day, example: "5m"), "how often cron runs us")
        settings.every = every ?? settings.every
        settings.bounceLimit =
            fields.optional("bounce_limit", .share(0.001...1), "of at least 50 sends in 7 days: the mailbox pauses")
            ?? settings.bounceLimit
    }

    private static func readRules(_ fields: Fields, _ settings: inout Settings) {
        let consent = fields.optional(
            "consent_required", Kind<Settings.ConsentPolicy>.choice.byName(.country), "country: hold or allow")
        for (country, policy) in consent ?? [] { settings.consentRequired[country.value] = policy }
        let outcomes = fields.optional(
            "outcomes", Kind<String>.outcome.nonEmptyList.byName(Kind<Channel>.choice), "what a task may come to")
        for (channel, names) in outcomes ?? [] { settings.outcomes[channel.value] = names }
    }
}

/// Who writes, in law.
struct SendingCompany: Sendable {
    var company: String
    var address: String
}

extension Kind where Value == SendingCompany {
    static let sendingCompany = Kind.record("the company and its postal address") { fields in
        let company = fields.required("company", .line, "the company's name")
        let address = fields.required("postal_address", .line, "every outbound email carries it")
        return SendingCompany(company: company ?? "", address: address ?? "")
    }
}

extension Kind where Value == Unsubscribe {
    static let unsubscribe = Kind.record("{mailto: true, url: ...}") { fields in
        let mailto = fields.optional("mailto", .flag, "an address tag of the mailbox takes opt-outs") ?? true
        let url = fields.optional("url", .unsubscribeURL, "a one-click address with {token} in it")
        if !mailto, !fields.has("url") {
            fields.report(
                .noWayOut, "people could not unsubscribe", at: "mailto", hint: "write mailto: true, or add a url")
        }
        return Unsubscribe(mailto: mailto, url: url)
    }
}

extension Kind where Value == String {
    /// `https://acme.example/u/{token}`.
    static let unsubscribeURL = Kind.scalar(
        "an address such as https://acme.example/u/{token}",
        schema: ["type": "string", "pattern": "^https://.*\\{token\\}"]
    ) { (text, _) throws(Mismatch) in
        guard text.hasPrefix("https://"), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Mismatch(hint: "one-click unsubscription needs https (RFC 8058)")
        }
        guard text.contains("{token}") else { throw Mismatch(reason: "the address has no {token} in it") }
        return text
    }

    /// Two capital letters.
    static let country = Kind.scalar(
        "a country's two letters such as DE", schema: ["type": "string", "pattern": "^[A-Z]{2}$"]
    ) { (text, _) throws(Mismatch) in
        guard text.utf8.count == 2, text.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            let upper = text.uppercased()
            throw Mismatch(hint: text.utf8.count == 2 && upper != text ? "write \(upper)" : nil)
        }
        return text
    }

    /// What a task may come to: `no_answer`.
    static let outcome = Kind.scalar(
        "an outcome such as no_answer", schema: ["type": "string", "pattern": "^[a-z][a-z0-9_]*$"]
    ) { (text, _) throws(Mismatch) in
        guard TouchpointKind.isName(text), !text.contains("."), !["next", "stop"].contains(text) else { throw .plain }
        return text
    }
}
