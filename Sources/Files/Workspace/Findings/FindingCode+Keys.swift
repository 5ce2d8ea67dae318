package import Diagnostics

// Keys and values.
extension FindingCode {
    /// The file is empty.
    package static let emptyFile = FindingCode(
        "empty-file", summary: "the file is empty",
        page: """
            The file has nothing in it but white space and comments. Fill it, or remove it.
            """)

    /// A file is not read because of its name.
    package static let misnamedFile = FindingCode(
        "misnamed-file", .warning, summary: "a file is not read because of its name",
        page: """
            Stoke reads `stoke.yaml`, `qualification.yaml` and `sequences/NAME.yaml`. A file that
            ends in `.yml` looks as if it were meant, too. Rename it.
            """)

    /// There is no such key.
    package static let unknownKey = FindingCode(
        "unknown-key", summary: "there is no such key",
        page: """
            Keys are spelled exactly as `Docs/formats.md` lists them; a key that nobody reads
            would be a rule that nobody obeys. The hint names the nearest key, or all that may
            stand there.
            """)

    /// A key is missing.
    package static let missingKey = FindingCode(
        "missing-key", summary: "a key is missing",
        page: """
            Some things have no sensible default: who writes, from where, what happens at the end.
            The hint shows what to add.
            """)

    /// The value is not what the key takes.
    package static let wrongValue = FindingCode(
        "wrong-value", summary: "the value is not what the key takes",
        page: """
            YAML writes everything as text; the key decides what the text must be. The message
            says what was expected and what was found.
            """)

    /// A number is out of its range.
    package static let outOfRange = FindingCode(
        "out-of-range", summary: "a number is out of its range",
        page: """
            Each number has limits beyond which it can only be a slip, such as a share of 40 where
            0.4 or 40% was meant. The message says which, or which other value it contradicts.
            """)

    /// A name is not allowed.
    package static let badName = FindingCode(
        "bad-name", summary: "a name is not allowed",
        page: """
            Names of steps, mailboxes, sequences and templates begin with a letter or digit and
            have only `a-z A-Z 0-9 - _`, at most 64. They stand in file names, in criteria and on
            command lines.
            """)

    /// The key means nothing at this place.
    package static let keyNotHere = FindingCode(
        "key-not-here", summary: "the key means nothing at this place",
        page: """
            The key exists, but what the step does makes it meaningless: only emails have a
            `thread`, only tasks have `outcomes`. A rule that never applies is most likely meant
            for another step.
            """)

    /// A condition cannot be right.
    package static let badCriteria = FindingCode(
        "bad-criteria", summary: "a condition cannot be right",
        page: """
            Criteria are `fact: value`, `fact: [a, b]`, `{from: 10, to: 250}`, `{words: [..]}`,
            `{missing: true}`, `{not: ..}` and `any: [..]`. This one asks a number for words, has
            an empty list, or could never hold.
            """)

    /// There is no such fact.
    package static let unknownFact = FindingCode(
        "unknown-fact", summary: "there is no such fact",
        page: """
            Criteria may ask for the fields of people and companies, for columns of imported CSV
            files by their own names, and for `temperature`, `stage`, `fit`, `intent`, `replied`,
            `linkedin.connected`, `steps.ID.outcome`, `touchpoints.KIND.count` and
            `touchpoints.KIND.days_ago`. An unknown one would never hold for anybody.
            """)

    /// No rule knows this kind of touchpoint.
    package static let unknownTouchpoint = FindingCode(
        "unknown-touchpoint", .warning, summary: "no rule knows this kind of touchpoint",
        page: """
            Imports may bring touchpoints of any kind, so this may be right; but the name is
            nearly one that is known.
            """)

    /// There is no such time zone.
    package static let unknownZone = FindingCode(
        "unknown-zone", summary: "there is no such time zone",
        page: """
            Zones are named as the system names them, `Europe/Berlin`, upper and lower case as
            there. `ls /usr/share/zoneinfo` lists them; Debian has them in the package `tzdata`.
            """)

    /// A text is no server.
    package static let badServer = FindingCode(
        "bad-server", summary: "a text is no server",
        page: """
            Mail leaves by `smtp://host:587` (STARTTLS), `smtps://host` (TLS) or into
            `maildir:FOLDER`, and comes from `imap://`, `imaps://` or `maildir:FOLDER`. User and
            password have keys of their own.
            """)

    /// A text is no email address.
    package static let badAddress = FindingCode(
        "bad-address", summary: "a text is no email address",
        page: """
            `from` is `Name <local@domain>` or an address alone. Addresses are checked before
            anything reaches a server.
            """)

    static let workspaceKeys: [FindingCode] = [
        .emptyFile, .misnamedFile, .unknownKey, .missingKey, .wrongValue, .outOfRange, .badName,
        .keyNotHere, .badCriteria, .unknownFact, .unknownTouchpoint, .unknownZone, .badServer,
        .badAddress,
    ]
}
