import CivilTime
import Facts
import Ledger
import Outreach
import Planning
import SQLiteLedger

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a turn costs: 1,000 people due, among ten thousand and among a million.
@main
struct TickBenchmark {
    static let due = 1000
    static let now = Instant(1_772_442_000)

    static func main() throws {
        let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let (small, large) = (numbers.first ?? 10_000, numbers.dropFirst().first ?? 1_000_000)
        let beds = try (Bed(small), Bed(large))
        for _ in 0..<(numbers.dropFirst(2).first ?? 5) {
            let (few, many) = try (beds.0.measure(), beds.1.measure())
            print("\(large) enrollments: \(many.due * 1000) ms with \(due) due, \(many.idle * 1000) ms with none;")
            print("  growth from \(small): \(many.due / few.due), with nothing due \(many.idle / few.idle)")
        }
    }

    /// A ledger of one size.
    private final class Bed {
        private let folder: String
        private let store: SQLiteStore
        private let model = TickBenchmark.model

        init(_ count: Int) throws {
            let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
            folder = "\(base)/stoke-tick.\(getpid()).\(count)"
            mkdir(folder, 0o700)
            store = try SQLiteStore(LedgerPlace(folder: folder, state: "\(folder)/state"), clock: .pretend)
            try TickBenchmark.fill(store, count, model)
        }

        deinit {
            let names = ["ledger.db", "ledger.db-wal", "ledger.db-shm", "workspace", "write"]
            for name in names { unlink("\(folder)/\(name)") }
        }

        /// Seconds of a warm tick with 1,000 due, and of one with none.
        func measure() throws -> (due: Double, idle: Double) {
            let idle = TickBenchmark.circumstances(model, at: now - .hour)
            let busy = TickBenchmark.circumstances(model, at: now)
            var made = 0
            let dueTime = seconds(runs: 5) {
                made = (try? tick(store, busy).count { if case .send = $0 { true } else { false } }) ?? 0
            }
            let idleTime = seconds(runs: 20) { _ = try? tick(store, idle) }
            guard made == due else { throw Unexpected(made: made) }
            return (dueTime, idleTime)
        }
    }

    struct Unexpected: Error { var made: Int }

    fileprivate static var model: Model {
        let settings = Settings(timezone: .utc, company: "Acme", postalAddress: "Berlin", calendar: .always)
        let steps = ["a", "b"].map { Step(id: $0, kind: .email([Step.Variant(arm: $0, template: $0)]), after: nil) }
        let sequence = Outreach.Sequence(name: "s", mailboxes: ["m"], clock: .workspace, steps: steps, version: "v")
        let mailbox = Mailbox(
            name: "m", owner: "ana", fromName: "Ana", fromAddress: "ana@acme.example", timezone: .utc, dailyCap: nil,
            gap: 0)
        return Model(
            hash: "h", settings: settings, owners: ["ana": Owner(key: "ana", name: "Ana", timezone: .utc)],
            mailboxes: ["m": mailbox], sequences: ["s": sequence], templates: [:])
    }

    fileprivate static func circumstances(_ model: Model, at now: Instant) -> Circumstances {
        Circumstances(
            model: model, now: now, zone: { _ in nil }, standing: { _ in Standing() }, ready: { _ in .ready(text: "") })
    }

    /// Everybody is admitted; a thousand are due at `now`, the others in a year.
    fileprivate static func fill(_ store: SQLiteStore, _ count: Int, _ model: Model) throws {
        let epoch = try store.begin(RunEntry(host: "bench", pid: 1, version: "1"), at: now - 2 * .hour)
        guard let sequence = model.sequences["s"] else { return }
        for start in stride(from: 0, to: count, by: 1000) {
            let entries = (start..<min(start + 1000, count)).map { index in
                Operation.put(
                    PersonEntry(
                        email: "p\(index)@c\(index % 50_000).example", facts: ["first_name": .text("P\(index)")],
                        source: "bench", at: now - 2 * .hour))
            }
            let people = try store.commit(entries, epoch: nil).compactMap { outcome -> Person.ID? in
                if case .row(let id, _) = outcome { Person.ID(id) } else { nil }
            }
            let enrolled = try store.commit(
                people.map { id in
                    .enroll(
                        EnrollmentEntry(
                            person: id, sequence: "s", round: 1, exclusive: true, version: sequence.version,
                            stepOrder: ["a", "b"], tie: id.row &* 2_654_435_761 % 1_000_003, at: now - 2 * .hour))
                }, epoch: nil)
            var decisions: [Operation] = []
            for case .row(let row, _) in enrolled {
                let id = Enrollment.ID(row)
                // Those who are due are spread over the whole table.
                let isDue = row % (count / due) == 0
                decisions.append(.decide(.admit(id, mailbox: "m", projected: []), at: now - 2 * .hour))
                let wake = isDue ? now - 60 : now + 365 * .day
                decisions.append(.decide(.wake(id, at: wake, queue: .followUp, hold: nil), at: now - 2 * .hour))
            }
            _ = try store.commit(decisions, epoch: epoch)
        }
    }
}

/// Seconds that `work` takes, the least of several runs.
private func seconds(runs: Int, _ work: () -> Void) -> Double {
    let clock = ContinuousClock()
    return (0..<runs).map { _ in clock.measure(work) / .seconds(1) }.min() ?? 0
}
