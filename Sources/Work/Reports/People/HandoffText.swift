package import CivilTime
import Facts
package import Interchange
import Outreach
package import Qualification

/// MQLs that wait for a person, with what that person needs, for `handoff`.
package struct HandoffText {
    private let packets: [HandoffPacket]
    private let record: HandoffRecord
    private let zone: Zone
    private let now: Instant
    private let target: Delay?
    private let deadline: (Instant) -> Instant?

    /// `deadline` is when somebody who became an MQL then is to be taken over by the `target`; `nil` without one.
    package init(
        _ packets: [HandoffPacket], record: HandoffRecord, zone: Zone, now: Instant, target: Delay? = nil,
        deadline: @escaping (Instant) -> Instant?
    ) {
        self.packets = packets.sorted { ($0.since, $0.person.key) < ($1.since, $1.person.key) }
        self.record = record
        self.zone = zone
        self.now = now
        self.target = target
        self.deadline = deadline
    }

    private var waiting: [HandoffPacket] { packets.filter { $0.acceptedAt == nil } }
    private var accepted: [HandoffPacket] { packets.filter { $0.acceptedAt != nil } }

    /// Every line ended by LF, at most `width` cells.
    package func text(width: Int = 80, style: TerminalStyle = .plain) -> String {
        let waiting = waiting
        var text = style.bold(Self.head(waiting.count))
        let late = waiting.count { deadline($0.since).map { $0 < now } ?? false }
        if let target, !waiting.isEmpty { text += ", to be taken over within \(target)" }
        text += (late > 0 ? style.yellow("; \(late) \(late == 1 ? "is" : "are") late") : "") + "\n"
        for packet in waiting { text += "\n" + self.text(packet, width, style) }
        if let first = waiting.first {
            let who = first.person.email ?? first.person.key
            text += "\n  stoke handoff \(who) --accept --by OWNER\n  stoke handoff \(who) --reject REASON\n"
        }
        return text + takenOver(width, style) + bands(width, style)
    }

    private static func head(_ count: Int) -> String {
        switch count {
        case 0: "No MQL waits for a person"
        case 1: "1 MQL waits for a person"
        default: "\(count) MQLs wait for a person"
        }
    }

    // MARK: packets

    private func text(_ packet: HandoffPacket, _ width: Int, _ style: TerminalStyle) -> String {
        var table = Table(columns: [.init(), .init(minimum: 30)], indent: 2)
        table.add(["waits", "\(waiting(packet))"])
        let fit = packet.standing.fit.map { "fit \($0) for \(packet.fit?.icp ?? "?")" } ?? "fit unknown"
        table.add([
            "scores",
            "\(fit), intent \(CriteriaText.number(packet.standing.intent)), \(packet.standing.temperature.rawValue)",
        ])
        table.add(["reach", "\(reach(packet.person))"])
        for (index, point) in packet.why.prefix(3).enumerated() {
            table.add([
                index == 0 ? "why now" : "", "\(line(point.touchpoint)) (\(Numbers.points(point.thousandths)) points)",
            ])
        }
        for (index, touchpoint) in packet.history.suffix(5).enumerated() {
            table.add([index == 0 ? "history" : "", "\(line(touchpoint))"])
        }
        table.add([
            "ask next",
            "\(packet.nextField.map(HandoffText.question) ?? "for the next step: all fields have evidence")",
        ])
        return style.bold(PersonPage.headline(packet.person, width)) + "\n"
            + table.text(width: width, style: style)
    }

    private func reach(_ person: Person) -> String {
        [person.email, person.facts["phone"]?.plainText, person.facts["linkedin"]?.plainText].compactMap { $0 }
            .filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private func line(_ touchpoint: Touchpoint) -> String {
        "#\(touchpoint.id) \(TouchpointText.line(touchpoint, in: zone, year: year))"
    }

    private var year: Int { zone.date(at: now).components.year }

    private func waiting(_ packet: HandoffPacket) -> String {
        let since = "\(Dates.duration(packet.waiting(at: now))), since \(moment(packet.since))"
        guard let deadline = deadline(packet.since) else { return since }
        return deadline < now
            ? "\(since); late since \(moment(deadline))" : "\(since); to be taken over by \(moment(deadline))"
    }

    private func moment(_ instant: Instant) -> String { Dates.moment(instant, in: zone, year: year) }

    /// Those who have somebody and are no SQL yet.
    private func takenOver(_ width: Int, _ style: TerminalStyle) -> String {
        let accepted = accepted
        guard !accepted.isEmpty else { return "" }
        var table = Table(columns: [.init(minimum: 16), .init(), .init(), .init(minimum: 20)], indent: 2)
        for packet in accepted {
            table.add([
                "\(packet.person.displayName)", "by \(packet.acceptedBy ?? "somebody")",
                "\(packet.acceptedAt.map { Dates.short(zone.date(at: $0)) } ?? "")",
                "\(packet.nextField.map { "next: \(HandoffText.question($0))" } ?? "all fields have evidence")",
            ])
        }
        return "\n" + style.bold("Taken over, not yet SQL: \(accepted.count)") + "\n"
            + table.text(width: width, style: style)
    }

    // MARK: what became of them

    private func bands(_ width: Int, _ style: TerminalStyle) -> String {
        let all = record.acceptances.count + record.rejected
        guard all > 0 else { return "" }
        var text = "\n" + style.bold("Hand-overs so far: \(all), \(record.rejected) rejected") + "\n"
        for score in HandoffRecord.Score.allCases {
            text += table(score, record.bands[score] ?? [:]).text(width: width, style: style) + "\n"
        }
        if let median = Numbers.median(record.acceptances.map { $0.at - $0.since }) {
            text += "  time to accept: median \(Dates.duration(median))\(inTime)\n"
        }
        let reasons = record.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
        if !reasons.isEmpty { text += "  " + Sink.line("rejected for: \(reasons.joined(separator: ", "))") + "\n" }
        return text
    }

    private var inTime: String {
        guard let target else { return "" }
        let met = record.acceptances.count { one in deadline(one.since).map { one.at <= $0 } ?? true }
        return "; within \(target): \(met) of \(record.acceptances.count)"
    }

    private func table(_ score: HandoffRecord.Score, _ bands: [HandoffRecord.Band: HandoffRecord.Count]) -> Table {
        var table = Table(
            columns: [
                .init("\(score.rawValue) then"), .init("accepted", alignment: .right),
                .init("rejected", alignment: .right), .init("share rejected", alignment: .right), .init("95 %"),
            ],
            indent: 2)
        for (band, count) in bands.sorted(by: { $0.key < $1.key }) {
            let interval = WilsonInterval(count.rejected, of: count.accepted + count.rejected)
            table.add([
                "\(Self.words(band, of: score))", "\(String(count.accepted))", "\(String(count.rejected))",
                "\(Numbers.percent(interval.share ?? 0))", .init(Numbers.interval(interval), [.dim]),
            ])
        }
        return table
    }

    private static func words(_ band: HandoffRecord.Band, of score: HandoffRecord.Score) -> String {
        if band.tens >= 10 { return score == .fit ? "100" : "100 or more" }
        return "\(band.tens * 10)-\(band.tens * 10 + 9)"
    }

    /// The hand-overs for programs.
    package func json() -> JSON {
        [
            "target": .text(target.map { "\($0)" }), "waiting": .array(waiting.map(json)),
            "taken_over": .array(accepted.map(json)),
            "bands": .object(
                JSONObject(
                    HandoffRecord.Score.allCases.map { score in
                        let bands = (record.bands[score] ?? [:]).sorted { $0.key < $1.key }
                        return (score.rawValue, .array(bands.map { json($0.key, $0.value, of: score) }))
                    })),
            "reasons": .object(
                JSONObject(record.reasons.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
        ]
    }

    private func json(_ band: HandoffRecord.Band, _ count: HandoffRecord.Count, of score: HandoffRecord.Score) -> JSON {
        [
            "band": .string(Self.words(band, of: score)), "accepted": .integer(count.accepted),
            "rejected": .integer(count.rejected),
        ]
    }

    private func json(_ packet: HandoffPacket) -> JSON {
        [
            "person": .string(packet.person.key), "name": .string(packet.person.displayName),
            "since": .string(packet.since.description(in: zone)),
            "waiting_seconds": .integer(packet.waiting(at: now)),
            "deadline": .text(deadline(packet.since)?.description(in: zone)),
            "accepted_by": .text(packet.acceptedBy),
            "fit": packet.standing.fit.map { .integer($0) } ?? .null, "intent": .decimal(packet.standing.intent),
            "why": .array(packet.why.prefix(3).map { .string(TouchpointText.line($0.touchpoint, in: zone)) }),
            "next_field": .text(packet.nextField),
        ]
    }

    /// What to ask to learn of a field.
    package static func question(_ field: String) -> String {
        questions[field] ?? "what is their \(field.split(separator: "_").joined(separator: " "))?"
    }

    private static let questions = [
        "budget": "budget: what does leaving it as it is cost, and is money set aside?",
        "authority": "authority: who else decides, and who signs?",
        "need": "need: what happens if nothing changes?",
        "timeline": "timeline: when does it have to work, and why then?",
        "metrics": "metrics: which number has to move, and by how much?",
        "economic_buyer": "economic buyer: whose budget is it?",
        "decision_criteria": "decision criteria: what will they choose by?",
        "decision_process": "decision process: which steps lead to a signature?",
        "paper_process": "paper process: which contracts and checks does a signature need?",
        "identified_pain": "pain: what hurts most today, and whom?",
        "champion": "champion: who wants it enough to sell it inside?",
        "competition": "competition: what else do they look at, doing nothing included?",
    ]
}
