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

/// How many messages a second the ledger takes: intent, fence and result, each durable, in groups of 50.
///
///     swift run -c release LedgerBenchmark [MESSAGES]
@main
struct LedgerBenchmark {
    static let now = Instant(1_772_442_000)
    static let group = 50

    static func main() throws {
        let messages = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 20_000
        let base = environment("TMPDIR") ?? "/tmp"
        let folder = "\(base)/stoke-ledger.\(getpid())"
        mkdir(folder, 0o700)
        let names = ["ledger.db", "ledger.db-wal", "ledger.db-shm", "workspace", "write"]
        defer { for name in names { unlink("\(folder)/\(name)") } }
        let store = try SQLiteStore(LedgerPlace(folder: folder, state: "\(folder)/state"), clock: .pretend)
        let epoch = try store.begin(RunEntry(host: "bench", pid: 1, version: "1"), at: now)
        let enrollments = try enroll(messages, in: store)
        let clock = ContinuousClock()
        var sent = 0
        let time = try clock.measure {
            for start in stride(from: 0, to: enrollments.count, by: group) {
                sent += try deliver(enrollments[start..<min(start + group, enrollments.count)], store, epoch)
            }
        }
        let seconds = time / .seconds(1)
        print("\(sent) messages in \(seconds) s: \(Double(sent) / seconds / 1000) thousand messages/s")
    }

    /// Three commits: intents, fences, results.
    private static func deliver(
        _ group: ArraySlice<Outreach.Enrollment.ID>, _ store: SQLiteStore, _ epoch: Epoch
    ) throws -> Int {
        let intents = group.map { id in
            Ledger.Operation.intend(
                MessageEntry(
                    enrollment: id, step: "intro", mailbox: "ana",
                    messageID: "\(id.row &* 2_654_435_761 % 1_000_003).\(id.row)@acme.example", date: now,
                    sha256: String(repeating: "0", count: 64), arm: "intro", subject: "A question"))
        }
        let messages = try store.commit(intents, epoch: epoch).compactMap { outcome -> Int? in
            if case .row(let id, _) = outcome { id } else { nil }
        }
        let day = LocalDate(dayNumber: now.seconds / 86_400)
        _ = try store.commit(messages.map { .fence(message: $0, at: now, day: day) }, epoch: epoch)
        let results = zip(messages, group).map { message, id in
            let fact = Touchpoint(
                person: .init(id.row), enrollment: id, step: "intro", kind: .emailSent, at: now, recordedAt: now,
                sourceKey: "message:\(message)@acme.example",
                detail: ["mailbox": .text("ana"), "variant": .text("intro"), "subject": .text("A question")])
            return Ledger.Operation.settle(
                message: message, Settlement(state: .sent, reply: "250 2.0.0 Ok", touchpoint: fact), at: now)
        }
        return try store.commit(Array(results), epoch: epoch).count { $0 == .done }
    }

    private static func enroll(_ count: Int, in store: SQLiteStore) throws -> [Outreach.Enrollment.ID] {
        var enrollments: [Outreach.Enrollment.ID] = []
        for start in stride(from: 0, to: count, by: 1000) {
            let people = try store.commit(
                (start..<min(start + 1000, count)).map { index in
                    .put(
                        PersonEntry(
                            email: "p\(index)@c\(index / 20).example", facts: ["first_name": .text("P\(index)")],
                            source: "bench", at: now))
                }, epoch: nil)
            let enrolled = try store.commit(
                people.compactMap { outcome -> Ledger.Operation? in
                    guard case .row(let row, _) = outcome else { return nil }
                    return .enroll(
                        EnrollmentEntry(
                            person: .init(row), sequence: "s", round: 1, exclusive: true, version: "v",
                            stepOrder: ["intro"], tie: row &* 2_654_435_761 % 1_000_003, at: now))
                }, epoch: nil)
            for case .row(let row, _) in enrolled { enrollments.append(.init(row)) }
        }
        return enrollments
    }

    private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
