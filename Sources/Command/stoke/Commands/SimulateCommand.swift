import Arguments
import CivilTime
import Delivery
import Interchange
import Ledger
import Messages
import Outreach
import Planning
import Qualification
import Reports
import SQLiteLedger

/// Folds the plan over many days, with replies, bounces and work on tasks as a seed throws them.
enum SimulateCommand: StokeCommand {
    static let table = Command(
        "simulate", summary: "how the coming weeks may go, and which cap binds",
        discussion: """
            Works on a copy of the ledger in memory, which is gone afterwards; nothing is sent or written. The same \
            seed gives the same weeks. Tasks are done within about a day.
            """,
        options: [
            Option("--days", value: "N", "how many days (the default is 60)"),
            Option("--reply-rate", value: "PERCENT", "of the mails (the default is 3%)"),
            Option("--bounce-rate", value: "PERCENT", "of the addresses (the default is 1%)"),
            Option("--accept-rate", value: "PERCENT", "of the invitations (the default is 25%)"),
            Option("--seed", value: "N", "another one gives other luck (the default is 1)"),
            .json,
        ],
        examples: [
            Example("stoke simulate --days 60", "two months ahead"),
            Example("stoke simulate --reply-rate 0 --bounce-rate 0 --accept-rate 0", "as `stoke plan` sees it"),
        ], group: "Every day")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let rates = SimulatedWorld<MemoryStore>.Rates(
            reply: try share("--reply-rate", desk) ?? 0.03, bounce: try share("--bounce-rate", desk) ?? 0.01,
            accept: try share("--accept-rate", desk) ?? 0.25)
        let days = try number("--days", 1...1000, desk) ?? 60
        let seed = try number("--seed", 0...Int.max, desk) ?? 1
        let office = try Office.reading(desk)
        let end = office.zone.start(of: office.zone.date(at: desk.now) + days)
        let tally = try office.store.steady { (base) throws(StoreError) in
            try simulate(over: base, office, until: end, rates, seed: seed)
        }
        let report = SimulationReport(office: office, tally: tally, rates: rates, seed: seed, until: end)
        if desk.wantsJSON { desk.output.print(report.json) } else { desk.output.print(report.text) }
        return .fine
    }

    private static func simulate(
        over base: SQLiteStore, _ office: Office, until end: Instant, _ rates: SimulatedWorld<MemoryStore>.Rates,
        seed: Int
    ) throws(StoreError) -> SimulationTally {
        let overlay = try MemoryStore(over: base)
        let world = SimulatedWorld(overlay, model: office.model, rates: rates, seed: seed)
        var foreseen = try ForeseenEntries(office)
        var tally = SimulationTally(office.model)
        let forecast = office.forecast(over: overlay, approving: SimulatedWorld<MemoryStore>.approved)
        try forecast.fold(
            from: office.now, until: end,
            before: { (store, now) throws(StoreError) in
                try world.happen(before: now)
                try foreseen.pass(now, in: store)
            },
            each: { (turn) throws(StoreError) in
                try tally.add(turn, in: overlay)
                try world.follow(turn)
            })
        try tally.finish(at: end, in: overlay)
        return tally
    }

    /// `3%` or `0.03`.
    private static func share(_ option: String, _ desk: Desk) throws -> Double? {
        guard let text = desk.invocation.value(option) else { return nil }
        let isPercent = text.hasSuffix("%")
        let number = Double(isPercent ? String(text.dropLast()) : text).map { isPercent ? $0 / 100 : $0 }
        guard let number, (0...1).contains(number) else {
            throw desk.invocation.refusal("\(option): \(text) is no share", hint: "3% or 0.03")
        }
        return number
    }

    private static func number(_ option: String, _ range: ClosedRange<Int>, _ desk: Desk) throws -> Int? {
        guard let text = desk.invocation.value(option) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw desk.invocation.refusal("\(option): \(text) is no number from \(range.lowerBound) on")
        }
        return number
    }
}

extension Office {
    /// What runs would decide from here on, over a copy of the ledger.
    ///
    /// - Parameter text: what a mail that renders is taken to say; `nil`: its own digest.
    func forecast(over overlay: MemoryStore, approving text: String? = nil) -> Forecast<MemoryStore> {
        let (qualifier, templates) = (qualifier, templates)
        return Forecast(
            store: overlay, model: model, zone: desk.zone,
            standing: { qualifier.standing(of: $0, at: $1) },
            ready: { draft, now in
                switch templates.email(draft, at: now, unsubscribeURL: nil) {
                case .rendered(let rendered): .ready(text: draft.step.review ? text ?? rendered.digest : "")
                case .hold(let hold): .hold(hold)
                case .skip(let reason): .skip(reason: reason)
                }
            })
    }
}
