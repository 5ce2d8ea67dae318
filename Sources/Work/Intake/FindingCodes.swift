package import Diagnostics

extension FindingCode {
    /// A list without a column to know people by.
    package static let importHeader = FindingCode(
        "import-header", summary: "the file has no column to know people by",
        page: """
            A list of prospects needs at least one column with email addresses, LinkedIn addresses or phone numbers, and
            a first line that names the columns. The headers of Apollo, HubSpot, Sales Navigator, Google Contacts,
            LinkedIn Connections, Instantly and lemlist are known; name any other with `--map "Their Column=email"`.
            Nothing was imported.
            """)

    /// A `--map` that fits no column or no fact.
    package static let importMap = FindingCode(
        "import-map", summary: "--map names a column or a field that can't be",
        page: """
            `--map COLUMN=FIELD` takes a column as the file's first line spells it, and a field: one that Stoke knows
            (`email`, `first_name`, `company.name`), a name of your own (`icebreaker`, `company.segment`), or `-` to leave
            the column out. Names that Stoke computes itself, such as `stage` or `fit`, can't be imported.
            """)

    /// Two columns with one name.
    package static let importColumnTwice = FindingCode(
        "import-column-twice", summary: "two columns have the same name",
        page: """
            Two columns of the file have one name, so that nobody can say which of the two values counts. Rename one of
            them in the file's first line.
            """)

    /// A row with nothing to know the person by.
    package static let importNobody = FindingCode(
        "import-nobody", summary: "the row has no address, profile or number",
        page: """
            Nothing in the row says who it is: no email address, no LinkedIn address, no phone number. The row is kept in
            the `.rejected.csv` beside the file; complete it there and import that file.
            """)

    /// An address that is none.
    package static let importAddress = FindingCode(
        "import-address", summary: "the email address is none",
        page: """
            Stoke writes only to addresses that are safe on the wire: letters, digits and `.!#$%&'*+-/=?^_{|}~` before the
            `@`, a host name after it. The row is kept in the `.rejected.csv` beside the file; mend it there and import
            that file.
            """)

    /// A LinkedIn address that names no person.
    package static let importProfile = FindingCode(
        "import-profile", summary: "the LinkedIn address names no person",
        page: """
            A person's page is `https://www.linkedin.com/in/NAME` (or a lead of Sales Navigator). A company's page belongs
            into `company.linkedin`. The row is kept in the `.rejected.csv` beside the file.
            """)

    /// A telephone number that is none.
    package static let importPhone = FindingCode(
        "import-phone", .warning, summary: "the phone number is none",
        page: """
            A number has 7 to 15 digits and no letters; a spreadsheet that shows `4.91E+11` has lost the rest of it. The
            person is imported without the number.
            """)

    /// A legal basis that is none.
    package static let importBasis = FindingCode(
        "import-basis", summary: "the legal basis is not one of the three",
        page: """
            `basis` says why you may write to somebody where the country wants consent: `consent`, `customer` or
            `legitimate_interest`. Guessing here could break the law, so the row is left out and kept in the
            `.rejected.csv` beside the file.
            """)

    /// More cells than columns.
    package static let importExtraCells = FindingCode(
        "import-extra-cells", summary: "the row has more cells than there are columns",
        page: """
            A comma that belongs to a text, but stands outside quotes, shifts everything behind it. Put the text in double
            quotes. The row is kept in the `.rejected.csv` beside the file.
            """)

    /// A person who is in the file already.
    package static let importDuplicate = FindingCode(
        "import-duplicate", .warning, summary: "the person is in the file twice",
        page: """
            Two rows have the same email address, LinkedIn address or, where there is nothing else, phone number. The
            first one counts; the other is kept in the `.rejected.csv` beside the file.
            """)

    /// A row that is two people at once.
    package static let importConflict = FindingCode(
        "import-conflict", summary: "the row matches two people",
        page: """
            The row's email address belongs to one person in the ledger and its LinkedIn address to another. If they are
            the same, `stoke merge` makes them one, and the row can be imported; else one of the two is wrong in the file.
            """)

    /// Somebody who asked to be forgotten.
    package static let importForgotten = FindingCode(
        "import-forgotten", .warning, summary: "the person asked to be forgotten",
        page: """
            The person was erased with `stoke forget`; only a keyed hash of their address is left, by which they are
            recognised. They are not imported again.
            """)

    /// A zone that the machine does not know.
    package static let importZone = FindingCode(
        "import-zone", .warning, summary: "the time zone is not known",
        page: """
            A zone is a name such as `Europe/Berlin`. The people with this one get the zone of their state, country or
            company instead. Said once for each spelling.
            """)

    /// A country that has no code.
    package static let importCountry = FindingCode(
        "import-country", .warning, summary: "the country is not known",
        page: """
            Countries are ISO 3166 codes (`DE`) or names in English or the country's own language. What is not recognised
            is kept as it is; rules by country, `consent_required` among them, do not see it. Said once for each spelling.
            """)

    /// A number that is none.
    package static let importNumber = FindingCode(
        "import-number", .warning, summary: "this is not a number",
        page: """
            `company.employees`, `company.revenue` and `company.founded` are numbers, or ranges such as `51-200` that
            become their midpoint. Anything else is left out. Said once for each spelling.
            """)

    /// A file of events without its columns.
    package static let eventColumns = FindingCode(
        "event-columns", summary: "the file has no columns of events",
        page: """
            A file of events says who (`email`, `linkedin`, `phone` or `token`), what (`kind`), when (`at`) and, so that it
            counts once, an `id`. It is CSV with a first line of names, or JSON lines. Nothing was recorded.
            """)

    /// An event of no kind.
    package static let eventKind = FindingCode(
        "event-kind", summary: "the event is of no kind that an import can say",
        page: """
            A kind is a dotted name such as `form.demo`, `webinar.attended` or `opt_out`; the words of other tools
            (`emailsSent`, `lead_unsubscribed`) are understood. Stages, evidence, temperatures and dispositions can't be
            imported: people and rules decide those.
            """)

    /// An event at no time.
    package static let eventTime = FindingCode(
        "event-time", summary: "the event has no time, or one to come",
        page: """
            `at` is an instant such as `2026-03-12T15:00:00Z`, a local time of the workspace's zone, a date, or seconds or
            milliseconds since 1970. Only a booked meeting may lie ahead.
            """)

    /// A token that is not ours.
    package static let eventToken = FindingCode(
        "event-token", summary: "the opt-out token is not this ledger's",
        page: """
            The `{token}` of the unsubscribe address is signed with the ledger's own key. This one was cut, changed, or made
            by another ledger; suppress the address by hand with `stoke suppress`.
            """)

    /// A line that names nobody.
    package static let suppressValue = FindingCode(
        "suppress-value", summary: "this is nothing that can be suppressed",
        page: """
            A line is an email address, a domain, a LinkedIn address or a phone number. A domain at which anyone can have
            an address (`gmail.com`), and an ending such as `co.uk`, would suppress strangers: list the addresses instead.
            """)

    /// Every code of this target, for the findings reference.
    package static let intake: [FindingCode] = [
        .importHeader, .importMap, .importColumnTwice, .importNobody, .importAddress, .importProfile, .importPhone,
        .importBasis, .importExtraCells, .importDuplicate, .importConflict, .importForgotten, .importZone,
        .importCountry, .importNumber, .eventColumns, .eventKind, .eventTime, .eventToken, .suppressValue,
    ]
}
