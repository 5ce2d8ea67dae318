package import CivilTime
package import Ledger
package import Outreach
import Qualification

extension HandoffText {
    /// The hand-overs of everybody in the ledger, with the target that the rules set.
    ///
    /// - Throws: `StoreError`.
    package init(_ store: any Store, _ model: Model, now: Instant) throws(StoreError) {
        let qualifier = Qualifier(model.qualification, zone: model.settings.timezone)
        var packets: [HandoffPacket] = []
        var record = HandoffRecord()
        try Everybody.each(in: store) { history in
            if let packet = qualifier.handoff(history, at: now) { packets.append(packet) }
            record.add(history, qualifier, at: now)
        }
        self.init(
            packets, record: record, zone: model.settings.timezone, now: now, target: model.qualification.gates.mqlSLA,
            deadline: model.handoffDeadline)
    }
}

extension Model {
    /// When somebody who became an MQL at `since` is to be taken over: business days are the workspace's, at the same time
    /// of day; `nil` without a target.
    package func handoffDeadline(_ since: Instant) -> Instant? {
        let zone = settings.timezone
        let local = zone.local(at: since)
        let day: LocalDate?
        switch qualification.gates.mqlSLA {
        case nil: return nil
        case .elapsed(let seconds): return since + seconds
        case .days(let count): day = local.date + count
        case .businessDays(let count):
            day = Windows(settings.calendar, in: zone).businessDay(count, after: local.date)
        }
        return day.map { zone.instant(of: LocalDateTime($0, local.time)) }
    }
}
