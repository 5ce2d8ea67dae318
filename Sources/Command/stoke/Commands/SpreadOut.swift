import Arguments
import CivilTime
import Interchange
import Ledger
import Outreach
import Planning
import Reports
import SQLiteLedger

/// `resume --spread`: lets overdue mails go over some days instead of at once.
struct SpreadOut {
    private let office: Office
    private let text: String
    private let end: Instant
    private let subject: Pause.Subject?

    init(_ office: Office) throws {
        let invocation = office.desk.invocation
        text = invocation.value("--spread") ?? ""
        guard let term = Delay(text) else {
            throw invocation.refusal("--spread: \(text) is no length of time", hint: "3d, 2 business days, 8h")
        }
        self.office = office
        end = Windows(office.model.settings.calendar, in: office.zone).deadline(term, since: office.now)
        guard end > office.now else { throw invocation.refusal("--spread: \(text) is no time", hint: "3d, 8h") }
        let what = invocation.value("WHAT")
        subject = what.flatMap { PauseSubject.find($0, office.model) }
        if let what, subject == nil {
            throw invocation.refusal(
                "--spread: \(what) is no sequence and no mailbox", hint: "one person: stoke release \(what) --send")
        }
    }

    func run() throws -> ExitStatus {
        let circumstances = Circumstances(
            model: office.model, now: office.now, zone: office.desk.zone, standing: office.standing,
            ready: { _ in .ready(text: "") })
        let places = try spread(try enrollments(), until: end, office.store, circumstances)
        let resumed = subject.map { [Operation.unpause($0)] } ?? []
        let outcomes = try office.store.commit(
            resumed
                + places.map { .spread($0.enrollment, until: $0.at, days: $0.days, at: office.now) }, epoch: nil)
        let refused = outcomes.count { if case .refused = $0 { true } else { false } }
        report(places, refused: refused)
        return refused == 0 ? .fine : .failed
    }

    /// Everybody on the way who is meant; a pause of theirs stands.
    private func enrollments() throws -> [Enrollment] {
        var found: [Enrollment] = []
        var last: Enrollment.ID?
        let sequence: String? = if case .sequence(let name)? = subject { name } else { nil }
        while true {
            let page = try office.store.enrollments(sequence: sequence, state: .active, after: last, limit: 1000)
            found += page.filter { enrollment in
                if case .mailbox(let name)? = subject { enrollment.mailbox == name } else { true }
            }
            guard page.count == 1000, let end = page.last else { return found }
            last = end.id
        }
    }

    /// `ana  12 mails: 4 Thu 12 Mar, 8 Fri 13 Mar`.
    private func report(_ places: [SpreadPlace], refused: Int) {
        let output = office.desk.output
        let until = Dates.moment(end, in: office.zone)
        output.print(places.isEmpty ? "no mail is overdue" : "\(places.count) overdue, spread until \(until)")
        for (mailbox, own) in Dictionary(grouping: places, by: \.mailbox).sorted(by: { $0.key < $1.key }) {
            let days = Dictionary(grouping: own) { office.zone.date(at: $0.at) }.sorted { $0.key < $1.key }
            let list = days.map { "\($0.value.count) on \(Dates.weekday($0.key))" }.joined(separator: ", ")
            output.print("  \(Sink.line(mailbox))  \(list)")
            let most = days.map(\.value.count).max() ?? 0
            if let cap = office.model.mailboxes[mailbox]?.dailyCap, most > cap {
                output.print("    its daily_cap of \(cap) stands: it takes longer")
            }
        }
        if refused > 0 { output.print("  \(refused) changed meanwhile and stay as they are") }
        if case .mailbox(let name)? = subject { output.print("goes on: \(name)") }
        if case .sequence(let name)? = subject { output.print("goes on: \(name)") }
    }
}
