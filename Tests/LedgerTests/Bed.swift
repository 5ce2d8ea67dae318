import CivilTime
import Facts
import Ledger
import Outreach
import Planning
import SQLiteLedger
import TestKit
import Testing

/// The stores that must all keep the same promise.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
    case memory, sqlite, overlay
    var testDescription: String { rawValue }
}

/// A store with somebody in it, and short words for what is done to it.
struct Bed {
    static let start = Instant(1_770_000_000)
    static let today = LocalDate(dayNumber: 20_486)
    static let order = ["intro", "bump", "call"]

    var store: any Store
    /// Under an overlay.
    var base: (any Store)?
    var folder: TemporaryFolder?

    init(_ kind: StoreKind) throws {
        switch kind {
        case .memory: store = MemoryStore()
        case .sqlite:
            let folder = try TemporaryFolder()
            store = try SQLiteStore(Bed.place(folder), clock: .real)
            self.folder = folder
        case .overlay:
            let folder = try TemporaryFolder()
            let base = try SQLiteStore(Bed.place(folder), clock: .real)
            store = try MemoryStore(over: base)
            self.base = base
            self.folder = folder
        }
    }

    static func place(_ folder: TemporaryFolder) -> LedgerPlace {
        LedgerPlace(folder: folder.path(".stoke"), state: folder.path("state"))
    }

    /// Commits one operation.
    func `do`(_ operation: Operation, _ epoch: Epoch? = nil) throws -> Outcome {
        try #require(try store.commit([operation], epoch: epoch).first)
    }

    func begin(at now: Instant = Bed.start) throws -> Epoch {
        try store.begin(RunEntry(host: "here", pid: 1, version: "0"), at: now)
    }

    func row(_ outcome: Outcome) throws -> Int {
        guard case .row(let row, _) = outcome else {
            Issue.record("no row: \(outcome)")
            throw NoRow()
        }
        return row
    }

    struct NoRow: Error {}

    func add(_ name: String, company: String? = nil, at: Instant = Bed.start) throws -> Person.ID {
        let entry = PersonEntry(
            email: "\(name)@\(company ?? "example.org")", facts: ["first_name": .text(name)],
            company: company.map { ["name": .text($0)] } ?? [:], companyDomain: company, source: "test", at: at)
        return Person.ID(try row(`do`(.put(entry))))
    }

    func entry(
        _ person: Person.ID, _ sequence: String = "outbound", round: Int = 1, exclusive: Bool = true, tie: Int = 5,
        at: Instant = Bed.start
    ) -> EnrollmentEntry {
        EnrollmentEntry(
            person: person, sequence: sequence, round: round, exclusive: exclusive, version: "v1-\(sequence)",
            stepOrder: Bed.order, tie: tie, at: at)
    }

    func enroll(
        _ person: Person.ID, _ sequence: String = "outbound", exclusive: Bool = true, tie: Int = 5
    ) throws -> Enrollment.ID {
        Enrollment.ID(try row(`do`(.enroll(entry(person, sequence, exclusive: exclusive, tie: tie)))))
    }

    /// Admitted to mailbox `ana`.
    func admitted(_ name: String, company: String? = nil) throws -> Enrollment.ID {
        let id = try enroll(add(name, company: company))
        #expect(try `do`(.decide(.admit(id, mailbox: "ana", projected: []), at: Bed.start)) == .done)
        return id
    }

    func message(_ enrollment: Enrollment.ID, _ step: String = "intro") -> MessageEntry {
        MessageEntry(
            enrollment: enrollment, step: step, mailbox: "ana", messageID: "<\(enrollment.row).\(step)@stoke>",
            date: Bed.start, sha256: String(repeating: "0a", count: 32), arm: "a", subject: "Grüße 👋")
    }

    func intend(_ enrollment: Enrollment.ID, _ epoch: Epoch, _ step: String = "intro") throws -> Int {
        try row(`do`(.intend(message(enrollment, step)), epoch))
    }

    func fence(_ message: Int, _ epoch: Epoch, at: Instant = Bed.start) throws -> Bool {
        try `do`(.fence(message: message, at: at, day: Bed.today), epoch) == .granted(true)
    }

    func enrollment(_ id: Enrollment.ID) throws -> Enrollment { try #require(try store.enrollment(id)) }
    func message(_ id: Int) throws -> Message { try #require(try store.message(id)) }

    /// Nothing derived differs from what it is derived from.
    func verify(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let findings = try store.verify(at: Bed.start)
        #expect(findings == [], sourceLocation: sourceLocation)
    }
}
