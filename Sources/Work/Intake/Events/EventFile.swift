package import CivilTime
package import Diagnostics
package import Facts
import MIME
package import Outreach

/// Something that happened, as a file tells it.
package struct Event: Sendable, Hashable {
    /// What happened.
    package var kind: TouchpointKind
    /// When it happened.
    package var at: Instant
    /// The other tool's own id of it.
    package var id: String?
    /// Whose it is, by all that the row says.
    package var identity = RowIdentity()
    /// An opt-out token of ours, in place of an address.
    package var token: String?
    /// What the file says of the person, for somebody who is not known yet.
    package var person: Record = [:]
    /// Facts of the person's company that the row has besides.
    package var company: Record = [:]
    /// Which tool, or where from.
    package var source: String?
    /// Everything else.
    package var detail: Record = [:]
    /// Where it is in the file.
    package var place: Place
}

/// A file of events: CSV with a header or JSON lines; forms, visits, webinars, ads, bookings, another tool's history.
package struct EventFile<Failure: Error> {
    /// The path as the person wrote it.
    package let name: String
    private let zone: Zone
    private let now: Instant
    private let places: PlaceZones
    private var reader: FieldReader<Failure>

    /// - Parameters:
    ///   - zone: in which times without an offset are read.
    ///   - now: nothing can have happened later.
    ///   - chunk: the next octets of the file; empty at its end.
    package init(
        name: String, zone: Zone, now: Instant, places: PlaceZones, chunk: @escaping () throws(Failure) -> [UInt8]
    ) {
        self.name = name
        self.zone = zone
        self.now = now
        self.places = places
        reader = FieldReader(file: name, chunk: chunk)
    }

    /// One record, understood or not.
    package enum Reading: Sendable {
        /// With the record as it stands in the file.
        case event(Event, raw: [UInt8])
        case bad(RejectedRow)
    }

    /// Reads the header; with a finding there is nothing to read.
    package mutating func begin() throws(Failure) -> [Finding] {
        guard let header = try reader.begin() else { return [] }
        let keys = Set(header.map(ProspectField.squeezed))
        let saysWho =
            header.contains { ProspectField.find($0)?.field.isIdentity ?? false }
            || !keys.isDisjoint(with: EventWords.tokens)
        if saysWho, !keys.isDisjoint(with: EventWords.kinds) { return [] }
        let place = Place(file: name, line: 1, column: 1, lineText: header.joined(separator: ","))
        return [
            Finding(
                .eventColumns,
                saysWho ? "no column says what happened" : "no column says to whom it happened", at: place,
                hint: "the columns are email (or linkedin, phone, token), kind, at and id; others become details")
        ]
    }

    /// The next record; `nil` at the end.
    package mutating func next() throws(Failure) -> Reading? {
        guard let row = try reader.next() else { return nil }
        var findings = row.problems
        var event = Event(kind: "", at: now, place: row.place)
        if findings.isEmpty {
            identify(row, &event, &findings)
            readKind(row, &event, &findings)
            readTime(row, &event, &findings)
            describe(row, &event)
        }
        return findings.isEmpty
            ? .event(event, raw: row.raw)
            : .bad(RejectedRow(line: row.line, raw: row.raw, findings: findings))
    }

    private func identify(_ row: FieldRow, _ event: inout Event, _ findings: inout [Finding]) {
        event.token = row.value(EventWords.tokens)?.text
        if let field = row.value(.email) {
            do throws(AddressError) {
                event.identity.email = try EmailAddress(field.text).key
            } catch {
                findings.append(Finding(.importAddress, error.reason, at: field.place))
            }
        }
        if let field = row.value(.linkedin) { event.identity.linkedin = LinkedInProfile.normalise(field.text) }
        let country = row.value(.country).flatMap { places.countryCode($0.text) }
        if let field = row.value(.phone) { event.identity.phone = PhoneNumber(field.text, country: country) }
        if event.token == nil, event.identity == RowIdentity(), findings.isEmpty {
            findings.append(
                Finding(
                    .importNobody, "nothing here says to whom it happened", at: row.place,
                    hint: "an email address, a LinkedIn address, a phone number or an opt-out token"))
        }
    }

    private func readKind(_ row: FieldRow, _ event: inout Event, _ findings: inout [Finding]) {
        guard let field = row.value(EventWords.kinds) else {
            findings.append(Finding(.eventKind, "nothing here says what happened", at: row.place))
            return
        }
        guard let kind = EventKind.read(field.text) else {
            findings.append(
                Finding(
                    .eventKind, "\"\(field.text)\" is nothing that an import can say", at: field.place,
                    hint: NearestName.hint(among: TouchpointKind.standard.map(\.name), to: field.text)))
            return
        }
        event.kind = kind
    }

    private func readTime(_ row: FieldRow, _ event: inout Event, _ findings: inout [Finding]) {
        let field = row.value(EventWords.times)
        guard let at = field.flatMap({ EventTime.read($0.text, in: zone) }) else {
            findings.append(
                Finding(
                    .eventTime, "nothing here says when it happened", at: field?.place ?? row.place,
                    hint: "2026-03-12T15:00:00Z, 2026-03-12 15:00 or 2026-03-12"))
            return
        }
        // What is booked for a later day was booked by now; else clocks differ by minutes only.
        if at > now, event.kind.isA(.meeting) {
            event.detail["for"] = .instant(at)
        } else if at > now + 5 * .minute {
            findings.append(Finding(.eventTime, "this is yet to come", at: field?.place ?? row.place))
        }
        event.at = min(at, now)
    }

    private func describe(_ row: FieldRow, _ event: inout Event) {
        event.id = row.value(EventWords.ids)?.text
        event.source = row.value(EventWords.sources)?.text
        for field in row.fields where !field.text.isEmpty && !EventWords.all.contains(field.key) {
            guard let known = field.known?.field else {
                if let name = FactName.make(field.name) { event.detail[name] = .text(field.text) }
                continue
            }
            if known.isIdentity { continue }
            if known.isCompany {
                event.company[known.fact] = .text(field.text)
            } else {
                event.person[known.fact] = .text(field.text)
            }
        }
    }
}

/// What the columns of events are called, without case and signs, the best first.
enum EventWords {
    static let kinds = ["kind", "eventtype", "event", "activitytype", "activity", "eventname", "type", "action"]
    static let times = [
        "at", "timestamp", "occurredat", "eventtime", "eventdate", "eventtimestamp", "datetime", "date", "time",
        "createdat", "timestampcreated", "sentat", "startsat", "starttime",
    ]
    static let ids = ["eventid", "activityid", "id", "uuid", "messageid"]
    static let tokens = ["token", "optouttoken", "unsubscribetoken"]
    static let sources = ["source", "tool", "platform"]
    static let all = Set(kinds + times + ids + tokens + sources)
}

/// Times as exports write them.
package enum EventTime {
    /// The instant of ISO 8601 with or without an offset, of a date, and of seconds or milliseconds since 1970.
    package static func read(_ text: String, in zone: Zone) -> Instant? {
        if let instant = Instant(text) { return instant }
        if let local = LocalDateTime(text) { return zone.instant(of: local) }
        if let date = LocalDate(text) { return zone.start(of: date) }
        guard let number = Int(text) else { return nil }
        switch number {
        case 100_000_000..<100_000_000_000: return Instant(number)
        case 100_000_000_000..<100_000_000_000_000: return Instant(number / 1000)
        default: return nil
        }
    }
}
