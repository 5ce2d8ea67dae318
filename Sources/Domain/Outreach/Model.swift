package import CivilTime
package import Facts

/// A validated workspace: everything that the files say, as values.
///
/// Made from a snapshot of the files that `apply` stored; `hash` names that snapshot.
package struct Model: Sendable {
    /// SHA-256 of the snapshot, 64 hex digits.
    package var hash: String
    /// What `stoke.yaml` says about all of it.
    package var settings: Settings
    /// By name.
    package var owners: [String: Owner]
    /// By name.
    package var mailboxes: [String: Mailbox]
    /// By name.
    package var sequences: [String: Sequence]
    /// The text of each template, by name.
    package var templates: [String: TemplateSource]
    /// Markdown of each signature, by its path in the workspace.
    package var signatures: [String: String]
    /// What `qualification.yaml` says.
    package var qualification: QualificationRules
    /// Every zone that the files name, by name; the workspace's own among them.
    package var zones: [String: Zone]

    package init(
        hash: String, settings: Settings, owners: [String: Owner], mailboxes: [String: Mailbox],
        sequences: [String: Sequence], templates: [String: TemplateSource], signatures: [String: String] = [:],
        qualification: QualificationRules = QualificationRules(), zones: [String: Zone] = [:]
    ) {
        self.hash = hash
        self.settings = settings
        self.owners = owners
        self.mailboxes = mailboxes
        self.sequences = sequences
        self.templates = templates
        self.signatures = signatures
        self.qualification = qualification
        self.zones = zones
    }
}

/// The source of one template and the format its ending says.
package struct TemplateSource: Sendable, Hashable {
    /// What a template is written in, by its file's ending.
    package enum Format: String, Sendable, Hashable, CaseIterable {
        case markdown = "md"
        case text = "txt"
        case html
    }

    /// The file's name without its ending.
    package var name: String
    /// What it is written in.
    package var format: Format
    /// The path as findings show it: `templates/intro.md`.
    package var file: String
    /// The whole file, front matter included.
    package var text: String
    /// The plain twin of an HTML template, the whole `.txt` file of the same name; `nil` where one is generated.
    package var twin: String?

    package init(name: String, format: Format, file: String, text: String, twin: String? = nil) {
        self.name = name
        self.format = format
        self.file = file
        self.text = text
        self.twin = twin
    }
}

/// What `stoke.yaml` says about the workspace as a whole.
package struct Settings: Sendable {
    /// Where sending, reading and enrolling is allowed: a host name, or `any`.
    package var home: String?
    /// The workspace's own zone.
    package var timezone: Zone
    /// Who sends, as the law wants it named.
    package var company: String
    /// Stands in every outbound email.
    package var postalAddress: String
    /// How people get out.
    package var unsubscribe: Unsubscribe
    /// When anything may happen; mailboxes, sequences and steps narrow it.
    package var calendar: BusinessCalendar
    /// The share of a mailbox's day that new people may have, 0-1.
    package var newShare: Double
    /// What is later than this after an outage is held; seconds.
    package var maxLateness: Int
    /// Between any two automatic touches of one person; seconds.
    package var personGap: Int
    /// How often cron runs us; seconds, the grid of `plan`.
    package var every: Int
    /// The share of bounces at which a mailbox pauses itself, 0-1.
    package var bounceLimit: Double
    /// By ISO 3166 country code.
    package var consentRequired: [String: ConsentPolicy]
    /// The outcomes a person may report, by channel.
    package var outcomes: [Channel: [String]]

    /// Whether people of a country wait for their consent.
    package enum ConsentPolicy: String, Sendable, Hashable, CaseIterable {
        case hold, allow
    }

    package init(
        home: String? = nil, timezone: Zone, company: String, postalAddress: String,
        unsubscribe: Unsubscribe = Unsubscribe(), calendar: BusinessCalendar = .standard, newShare: Double = 0.4,
        maxLateness: Int = 2 * .day, personGap: Int = 20 * .hour, every: Int = 5 * .minute,
        bounceLimit: Double = 0.05, consentRequired: [String: ConsentPolicy] = [:],
        outcomes: [Channel: [String]] = Settings.standardOutcomes
    ) {
        self.home = home
        self.timezone = timezone
        self.company = company
        self.postalAddress = postalAddress
        self.unsubscribe = unsubscribe
        self.calendar = calendar
        self.newShare = newShare
        self.maxLateness = maxLateness
        self.personGap = personGap
        self.every = every
        self.bounceLimit = bounceLimit
        self.consentRequired = consentRequired
        self.outcomes = outcomes
    }

    /// What a person may report where the workspace says nothing.
    package static let standardOutcomes: [Channel: [String]] = [
        .call: ["connected", "voicemail", "no_answer", "wrong_number", "call_back", "meeting"],
        .linkedin: ["sent", "not_found", "already_connected"],
        .other: ["done"],
    ]
}

extension BusinessCalendar {
    /// Monday to Friday, nine to five: where a workspace says nothing.
    package static let standard = BusinessCalendar(days: .workdays, hours: Hours([9 * .hour..<17 * .hour]))
}

/// How people get out.
package struct Unsubscribe: Sendable, Hashable {
    /// An address tag of the sending mailbox takes opt-outs.
    package var mailto: Bool
    /// The one-click address with `{token}` in it.
    package var url: String?

    package init(mailto: Bool = true, url: String? = nil) {
        self.mailto = mailto
        self.url = url
    }
}

/// The person of ours whose mailbox writes and who does the tasks.
package struct Owner: Sendable, Hashable {
    /// The key under `people:`.
    package var key: String
    /// As people read it: `Ana Pop`.
    package var name: String
    /// The clock of their tasks.
    package var timezone: Zone
    /// Tasks a day; `nil` is no limit.
    package var tasksPerDay: Int?
    /// LinkedIn invitations in rolling 7 days; `nil` is no limit.
    package var invitesPerWeek: Int?
    /// LinkedIn notes with an invitation in rolling 30 days; `nil` is no limit.
    package var notesPerMonth: Int?
    /// LinkedIn premium: notes of 300 characters instead of 200.
    package var premium: Bool
    /// `title`, `booking`, ...: `sender.*` in templates.
    package var facts: Record

    /// Whether anything limits how many tasks they get.
    package var hasLimits: Bool { (tasksPerDay ?? invitesPerWeek ?? notesPerMonth) != nil }

    package init(
        key: String, name: String, timezone: Zone, tasksPerDay: Int? = nil, invitesPerWeek: Int? = nil,
        notesPerMonth: Int? = nil, premium: Bool = false, facts: Record = [:]
    ) {
        self.key = key
        self.name = name
        self.timezone = timezone
        self.tasksPerDay = tasksPerDay
        self.invitesPerWeek = invitesPerWeek
        self.notesPerMonth = notesPerMonth
        self.premium = premium
        self.facts = facts
    }
}

/// A sending identity with its accounts, cap and ramp.
package struct Mailbox: Sendable, Hashable {
    /// The key under `mailboxes:`.
    package var name: String
    /// The key under `people:` of whom it belongs to.
    package var owner: String
    /// The address that people see and answer: name and address.
    package var fromName: String
    /// The address: `ana@acme.example`.
    package var fromAddress: String
    /// A path in the workspace.
    package var signature: String?
    /// `smtp://`, `smtps://` or `maildir:PATH`.
    package var smtp: String
    /// `none` of FORMATS: no TLS, for loopback hosts only.
    package var plaintext: Bool
    /// A private certificate authority's file.
    package var caFile: String?
    /// `imap://`, `imaps://` or `maildir:PATH`; `nil`: replies are recorded by hand.
    package var imap: String?
    /// Who puts a copy of what was sent into the Sent folder.
    package var sentCopy: SentCopy
    /// Whom it logs in as; `nil`: without a login.
    package var user: String?
    /// Where the password is found; read when it connects.
    package var password: SecretReference?
    /// How the password is used.
    package var authentication: Authentication
    /// Of its caps' local day.
    package var timezone: Zone
    /// `nil` is no cap.
    package var dailyCap: Int?
    /// Sends in a rolling hour; `nil` is no cap.
    package var hourlyCap: Int?
    /// How its daily cap grows; `nil`: it is there from the first day.
    package var ramp: Ramp?
    /// Seconds at least between two sends.
    package var gap: Int
    /// Sends a day to one company.
    package var companyCap: Int?
    /// When it may send; `nil`: whenever the workspace does.
    package var calendar: BusinessCalendar?
    /// Days on which it sends nothing, both ends included.
    package var freeze: [DateRange]
    /// How many connections it has at once.
    package var connections: Int
    /// After so many messages a connection is closed.
    package var messagesPerConnection: Int
    /// The name it greets the server with.
    package var ehlo: String?
    /// How long a deferred message is tried again; seconds.
    package var retryFor: Int
    /// The selector that its server signs by (RFC 6376 3.1), for `doctor`; `nil`: not said.
    package var dkim: String?

    /// The server does, Stoke does by IMAP, or nobody.
    package enum SentCopy: String, Sendable, Hashable, CaseIterable {
        case server, append, none
    }

    /// A password, or a token by one of the two OAuth mechanisms.
    package enum Authentication: String, Sendable, Hashable, CaseIterable {
        case password, xoauth2, oauthbearer
    }

    /// More each sending day, up to the daily cap.
    package struct Ramp: Sendable, Hashable {
        /// Sends on its first sending day.
        package var start: Int
        /// So many more on each day after.
        package var add: Int
        package init(start: Int, add: Int) {
            self.start = start
            self.add = add
        }
    }

    package init(
        name: String, owner: String, fromName: String, fromAddress: String, signature: String? = nil,
        smtp: String = "maildir:outbox", plaintext: Bool = false, caFile: String? = nil, imap: String? = nil,
        sentCopy: SentCopy = .server, user: String? = nil, password: SecretReference? = nil,
        authentication: Authentication = .password, timezone: Zone, dailyCap: Int? = 50, hourlyCap: Int? = nil,
        ramp: Ramp? = nil, gap: Int = 90, companyCap: Int? = nil, calendar: BusinessCalendar? = nil,
        freeze: [DateRange] = [], connections: Int = 2, messagesPerConnection: Int = 100,
        ehlo: String? = nil, retryFor: Int = 2 * .day, dkim: String? = nil
    ) {
        self.name = name
        self.owner = owner
        self.fromName = fromName
        self.fromAddress = fromAddress
        self.signature = signature
        self.smtp = smtp
        self.plaintext = plaintext
        self.caFile = caFile
        self.imap = imap
        self.sentCopy = sentCopy
        self.user = user
        self.password = password
        self.authentication = authentication
        self.timezone = timezone
        self.dailyCap = dailyCap
        self.hourlyCap = hourlyCap
        self.ramp = ramp
        self.gap = gap
        self.companyCap = companyCap
        self.calendar = calendar
        self.freeze = freeze
        self.connections = connections
        self.messagesPerConnection = messagesPerConnection
        self.ehlo = ehlo
        self.retryFor = retryFor
        self.dkim = dkim
    }

    /// Whether it hands mail to a server, rather than to a folder.
    package var isLive: Bool { !smtp.utf8.starts(with: "maildir:".utf8) }
}

/// Where a secret stands; never the secret itself.
package enum SecretReference: Sendable, Hashable {
    /// A path in the workspace, or absolute.
    case file(String)
    /// A program and its arguments; its first line of output is the secret.
    case command([String])
    /// A systemd credential's name.
    case credential(String)
    /// An environment variable's name.
    case environment(String)
}
