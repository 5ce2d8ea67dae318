package import Diagnostics

extension FindingCode {
    /// A JSON text that is none.
    package static let jsonSyntax = FindingCode(
        "json-syntax", summary: "the text is not JSON",
        page: """
            The file, or the line of a JSON Lines file, breaks the grammar of RFC 8259 at the place shown: a missing
            comma or bracket, a name without double quotes, a number with a leading zero, a comment, octets that are
            not UTF-8. Mend it there, or let the program that wrote the file write it again.
            """)

    /// Quotes of a CSV file that do not pair.
    package static let csvQuote = FindingCode(
        "csv-quote", summary: "quotes in a CSV file do not pair",
        page: """
            A cell that starts with a double quote ends at the next single one; a quote inside it is written twice
            (RFC 4180). Here the quote is never closed, or text follows the closing one. Mend the cell, or export the
            file again from the program it comes from. The other rows are read.
            """)

    /// A CSV file that is not UTF-8.
    package static let csvEncoding = FindingCode(
        "csv-encoding", summary: "the CSV file is not UTF-8",
        page: """
            Stoke reads UTF-8 only, with or without a byte order mark. Spreadsheets often save Windows-1252 or UTF-16
            unless told otherwise: choose "CSV UTF-8", or run `iconv -f WINDOWS-1252 -t UTF-8 in.csv > out.csv`.
            """)

    /// A CSV record beyond the limit.
    package static let csvRowSize = FindingCode(
        "csv-row-size", summary: "a CSV record is too long",
        page: """
            A record of more than a mebibyte is no row about a person. Most often the file has no line ends that Stoke
            knows (LF, CR LF or CR), or is no CSV at all.
            """)

    /// An iCalendar file that breaks the format.
    package static let icsSyntax = FindingCode(
        "ics-syntax", summary: "the calendar file breaks RFC 5545",
        page: """
            An iCalendar file is made of lines `NAME:value` between `BEGIN:VCALENDAR` and `END:VCALENDAR`; an all-day
            event needs `DTSTART;VALUE=DATE:20261225`. The place shown is not so. Download the calendar again, or mend
            the line. The other events are read.
            """)

    /// A rule of an event that is not understood.
    package static let icsRule = FindingCode(
        "ics-rule", summary: "a calendar event repeats in a way that is not read",
        page: """
            Events may repeat daily, weekly, monthly or yearly with every part of RFC 5545's rules (INTERVAL, COUNT,
            UNTIL, BYMONTH, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYDAY, BYSETPOS, WKST), and with EXDATE and RDATE. This
            one uses something else, so its days are not known beyond the first. Write its days out.
            """)

    /// An event with a time of day where days are wanted.
    package static let icsTimedEvent = FindingCode(
        "ics-timed-event", .warning, summary: "a calendar event with a time of day is left out",
        page: """
            A holiday closes a whole day, so only all-day events count: those with `DTSTART;VALUE=DATE`. Make the event
            an all-day event in the calendar program if the day is to be closed; else there is nothing to do.
            """)

    /// Every code of this target, for the findings reference.
    package static let interchange: [FindingCode] = [
        .jsonSyntax, .csvQuote, .csvEncoding, .csvRowSize, .icsSyntax, .icsRule, .icsTimedEvent,
    ]
}
