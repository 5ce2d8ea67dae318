import CivilTime
import Diagnostics
import Interchange
import Outreach

extension Kind where Value == Mailbox {
    /// A sending identity; `name` is filled in from the mapping's key.
    static let mailbox = Kind.record("a mailbox") { fields in
        let owner = fields.required("owner", .name("a person under people:"), "who answers for it")
        let from = fields.required("from", .sender, "whom mails come from: Name <address>")
        var mailbox = Mailbox(
            name: "", owner: owner ?? "", fromName: from?.name ?? "", fromAddress: from?.address ?? "", timezone: .utc)
        mailbox.signature = fields.optional("signature", .path("a signature"), "Markdown under each mail")
        readAccounts(fields, &mailbox)
        readCaps(fields, &mailbox)
        readDelivery(fields, &mailbox)
        return mailbox
    }

    private static func readAccounts(_ fields: Fields, _ mailbox: inout Mailbox) {
        let smtp = fields.optional(
            "smtp", .server(.smtp), "smtp://host:587 (STARTTLS), smtps://host (TLS), or maildir:PATH, the default")
        mailbox.smtp = smtp?.text ?? mailbox.smtp
        let tls = fields.optional("tls", .choice, "none only for a relay on this machine") as TLSWord?
        mailbox.plaintext = tls == TLSWord.none
        mailbox.caFile = fields.optional("ca_file", .path("a certificate"), "a private CA; checks are never off")
        let imap = fields.optional(
            "imap", Kind<LocatedServer>.server(.imap).orNone, "where replies are read, or none: recorded by hand")
        mailbox.imap = (imap ?? nil)?.text
        mailbox.sentCopy =
            fields.optional("sent_copy", .choice, "who keeps a copy of what was sent") ?? mailbox.sentCopy
        mailbox.user = fields.optional("user", .line, "the account's name")
        mailbox.password = fields.optional("password", .secret, "where the password stands, never the password")
        mailbox.authentication =
            fields.optional("auth", .choice, "how the password is used") ?? mailbox.authentication
    }

    private static func readCaps(_ fields: Fields, _ mailbox: inout Mailbox) {
        var fallback = Zone.utc
        fields.withReading { fallback = $0.timezone }
        let zone = fields.optional("timezone", .zone, "the clock of its caps' day; else its owner's")
        mailbox.timezone = zone ?? fallback
        let daily = fields.optional("daily_cap", Kind<Int>.integer(1...100_000).orNone, "sends a day, or none")
        if let daily { mailbox.dailyCap = daily }
        mailbox.hourlyCap =
            fields.optional("hourly_cap", Kind<Int>.integer(1...100_000).orNone, "sends an hour") ?? nil
        mailbox.ramp = fields.optional("ramp", .ramp, "more each sending day, up to daily_cap")
        let gap = fields.optional("gap", .duration(0...Int.day, example: "90s"), "at least, between two sends")
        mailbox.gap = gap ?? mailbox.gap
        mailbox.companyCap =
            fields.optional(
                "company_cap", Kind<Int>.rate(per: "day", 1...10_000).orNone, "sends a day to one company") ?? nil
        mailbox.calendar = fields.optional("calendar", .narrowerCalendar, "narrows the workspace's")
        mailbox.freeze =
            fields.optional("freeze", Kind<DateRange>.dateRange.list, "days on which it sends nothing") ?? []
    }

    private static func readDelivery(_ fields: Fields, _ mailbox: inout Mailbox) {
        mailbox.connections =
            fields.optional("connections", .integer(1...32), "at once to its server") ?? mailbox.connections
        mailbox.messagesPerConnection =
            fields.optional("messages_per_connection", .integer(1...100_000), "before a new one is opened")
            ?? mailbox.messagesPerConnection
        mailbox.ehlo = fields.optional("ehlo", .hostName, "the name it greets the server with")
        let retry = fields.optional(
            "retry_for", .duration(0...14 * .day, example: "2d"), "how long a deferred message is tried again")
        mailbox.retryFor = retry ?? mailbox.retryFor
        mailbox.dkim = fields.optional(
            "dkim", .selector, "the selector that its server signs by; stoke doctor looks at that key")
    }
}

/// What `tls:` may say.
private enum TLSWord: String, CaseIterable, Sendable {
    case required, none
}

/// A server as it is written.
struct LocatedServer: Sendable {
    var text: String
    var address: ServerAddress
}

extension Kind where Value == LocatedServer {
    /// A server of one service, or a Maildir.
    static func server(_ service: ServerAddress.Service) -> Kind {
        let example = service == .smtp ? "smtp://smtp.acme.example:587" : "imaps://imap.acme.example"
        let schemes = service == .smtp ? "smtps?" : "imaps?"
        return .scalar(
            "a server such as \(example), or maildir:FOLDER",
            schema: ["type": "string", "pattern": .string("^(\(schemes)://.+|maildir:.+)$")]
        ) { (text, reading) throws(Mismatch) in
            switch reading.surroundings.server(text) {
            case .wrong where text.contains("@"):
                throw Mismatch(reason: "user and password have keys of their own", code: .badServer)
            case .wrong(let reason):
                let named = "\(service == .smtp ? "smtp" : "imap")://\(text)"
                var hint: String?
                if !text.contains("://"), case .sound = reading.surroundings.server(named) { hint = "write \(named)" }
                throw Mismatch(reason: "\"\(text)\" is no server: \(reason)", hint: hint, code: .badServer)
            case .sound(let address):
                guard address.service == service || address.service == .maildir else {
                    throw Mismatch(
                        reason: "\"\(text)\" is a server of another kind", hint: "write \(example)", code: .badServer)
                }
                return LocatedServer(text: text, address: address)
            }
        }
    }
}

extension Kind where Value == SenderAddress {
    static let sender = Kind.scalar("an address such as Ana Pop <ana@acme.example>", schema: ["type": "string"]) {
        (text, reading) throws(Mismatch) in
        switch reading.surroundings.address(text) {
        case .sound(let address): return address
        case .wrong(let reason): throw Mismatch(reason: "\"\(text)\" is no address: \(reason)", code: .badAddress)
        }
    }
}

extension Kind where Value == String {
    /// The name of a host: letters, digits, hyphens and dots.
    static let hostName = labels("the name of a host")
    /// What stands before `._domainkey` and the domain: labels as a host's name has (RFC 6376 3.1).
    static let selector = labels("a DKIM selector such as s2026")

    private static func labels(_ expected: String) -> Kind {
        .scalar(expected, schema: ["type": "string"]) { (text, _) throws(Mismatch) in
            guard isHostName(text) else { throw .plain }
            return text
        }
    }

    private static func isHostName(_ text: String) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isHost = labels.allSatisfy { label in
            !label.isEmpty && label.count <= 63 && label.first != 0x2D && label.last != 0x2D
                && label.allSatisfy {
                    (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || $0 == 0x2D
                }
        }
        return isHost && text.utf8.count <= 253
    }
}

extension Kind where Value == Mailbox.Ramp {
    static let ramp = Kind.record("a ramp such as {start: 10, add: 5}") { fields in
        let start = fields.required("start", .integer(1...100_000), "the first sending day's cap")
        let add = fields.required("add", .integer(1...100_000), "more each sending day")
        return Mailbox.Ramp(start: start ?? 1, add: add ?? 1)
    }
}

extension Kind where Value == SecretReference {
    /// `{file: ..}`, `{command: [..]}`, `{credential: ..}` or `{env: ..}`; never the secret itself.
    static let secret = Kind(
        expected: record.expected, schema: record.schema,
        read: { node, reading in
            // What stands there is most likely the password, so it is not shown.
            guard node.text != nil else { return record.read(node, reading) }
            reading.report(
                .secretHere, "the password itself stands here", at: node.caret,
                hint: "write it into a file of its own, and here {file: secrets/NAME}")
            return nil
        })

    private static let record = Kind.record("where the password stands, such as {file: secrets/ana}") { fields in
        let file = fields.optional("file", .line, "a file for its owner only").map { SecretReference.file($0) }
        let command = fields.optional("command", Kind<String>.line.nonEmptyList, "a program; its first line of output")
            .map { SecretReference.command($0) }
        let credential = fields.optional("credential", .line, "a systemd credential")
            .map { SecretReference.credential($0) }
        let variable = fields.optional("env", .line, "an environment variable; others may read it")
            .map { SecretReference.environment($0) }
        if fields.node.entries.count != 1 {
            fields.report(.wrongValue, "expected one of file, command, credential and env")
        }
        return file ?? command ?? credential ?? variable
    }
}
