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
    private let deadline: (Instant) -> Instant?

    /// `deadline` is when somebody who became an MQL then is to be taken over; `nil` without a target.
    package init(
        _ packets: [HandoffPacket], record: HandoffRecord, zone: Zone, now: Instant,
        deadline: @escaping (Instant) -> Instant?
    ) {
        self.packets = packets.filter { $0.acceptedAt == nil }.sorted {
            ($0.since, $0.person.key) < ($1.since, $1.person.key)
        }
        self.record = record
        self.zone = zone
        self.now = now
        self.deadline = deadline
    }

    /// Every line ended by LF, at most `width` cells.
    package func text(width: Int = 80, style: TerminalStyle = .plain) -> String {
        var text =
            style.bold(packets.count == 1 ? "1 MQL waits for a person" : "\(packets.count) MQLs wait for a person")
            + "\n"
        for packet in packets { text += "\n" + self.text(packet, width, style) }
        return text + bands(width, style)
    }

    private func text(_ packet: HandoffPacket, _ width: Int, _ style: TerminalStyle) -> String {
        let company = packet.person.facts[path: ["company", "name"]]?.plainText
        let who = [packet.person.displayName, packet.person.facts["title"]?.plainText, company].compactMap { $0 }
        var table = Table(columns: [.init(), .init(minimum: 30)], indent: 2)
        table.add(["waits", "\(waiting(packet))"])
        let fit = packet.standing.fit.map { "fit \($0) for \(packet.fit?.icp ?? "?")" } ?? "fit unknown"
        table.add([
            "scores",
            "\(fit), intent \(CriteriaText.number(packet.standing.intent)), \(packet.standing.temperature.rawValue)",
        ])
        for point in packet.why.prefix(3) {
            table.add([
                "why now",
                "\(TouchpointText.line(point.touchpoint, in: zone)) (\(Numbers.points(point.thousandths)) points)",
            ])
        }
        for touchpoint in packet.history.suffix(5) {
            table.add(["history", "\(TouchpointText.line(touchpoint, in: zone))"])
        }
        table.add([
            "ask next",
            "\(packet.nextField.map(HandoffText.question) ?? "for the next step: all fields have evidence")",
        ])
        return style.bold(Sink.line(who.joined(separator: ", "))) + "\n" + table.text(width: width, style: style)
    }

    private func waiting(_ packet: HandoffPacket) -> String {
        let since = "\(Dates.duration(packet.waiting(at: now))), since \(Dates.moment(packet.since, in: zone))"
        guard let deadline = deadline(packet.since) else { return since }
        return deadline < now
            ? "\(since): late by \(Dates.duration(now - deadline))"
            : "\(since), target \(Dates.moment(deadline, in: zone))"
    }

    private func bands(_ width: Int, _ style: TerminalStyle) -> String {
        let bands = Set(record.accepted.keys).union(record.rejected.keys).sorted()
        guard !bands.isEmpty else { return "" }
        var table = Table(
            columns: [
                .init("fit"), .init("accepted", alignment: .right), .init("turned down", alignment: .right),
                .init("share turned down, 95 %"),
            ],
            indent: 2)
        for band in bands {
            let no = record.rejected[band, default: 0]
            let all = no + record.accepted[band, default: 0]
            let interval = WilsonInterval(no, of: all)
            table.add([
                "\(String(band.fit * 10))-\(String(min(band.fit * 10 + 9, 100)))", "\(String(all - no))",
                "\(String(no))",
                "\(Numbers.percent(interval.share ?? 0)) (\(Numbers.interval(interval)))",
            ])
        }
        var text = "\n" + style.bold("Hand-overs so far, by fit") + "\n" + table.text(width: width, style: style)
        if let median = Numbers.median(record.waits) {
            text += "  taken over after \(Dates.duration(median)) (median)\n"
        }
        let reasons = record.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
        if !reasons.isEmpty { text += "  " + Sink.line("turned down for: \(reasons.joined(separator: ", "))") + "\n" }
        return text
    }

    /// The list for programs.
    package func json() -> JSON {
        .array(
            packets.map { packet in
                [
                    "person": .string(packet.person.key), "name": .string(packet.person.displayName),
                    "since": .string(packet.since.description(in: zone)),
                    "waiting_seconds": .integer(packet.waiting(at: now)),
                    "deadline": .text(deadline(packet.since)?.description(in: zone)),
                    "fit": packet.standing.fit.map { .integer($0) } ?? .null,
                    "intent": .decimal(packet.standing.intent),
                    "why": .array(packet.why.prefix(3).map { .string(TouchpointText.line($0.touchpoint, in: zone)) }),
                    "next_field": .text(packet.nextField),
                ]
            })
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
        "identified_pain": "pain: what hurts most today, and whom?",
        "champion": "champion: who wants it enough to sell it inside?",
    ]
}
