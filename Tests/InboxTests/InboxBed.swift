import CivilTime
import Digest
import Facts
import Foundation
import InboundMail
import Inbox
import Ledger
import Mail
import Outreach
import Planning
import TestKit
import Testing

/// A ledger in which Ann was mailed as `<hi.stoke@acme.example>` and Carl of the same company as
/// `<hi2.stoke@acme.example>`, and a Maildir that answers can be put into.
struct InboxBed {
    static let now = Instant(1_772_445_600)
    static let hi = "hi.stoke@acme.example"

    let store = MemoryStore()
    let model: Model
    let maildir: TemporaryFolder
    let ann: Person.ID
    let carl: Person.ID

    /// - Parameters:
    ///   - settlement: how the mail to Ann ended.
    ///   - sentCopy: who keeps copies of what was sent.
    init(
        settlement: Settlement = Settlement(state: .sent, reply: "250"), sentCopy: Mailbox.SentCopy = .server
    ) throws {
        model = InboxBed.model(sentCopy)
        maildir = try TemporaryFolder()
        for name in ["cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"] {
            try maildir.write("\(name)/.keep", text: "")
        }
        let epoch = try store.begin(RunEntry(host: "h", pid: 1, version: "1"), at: InboxBed.now)
        ann = try InboxBed.mailed("ann@fathom.example", InboxBed.hi, settlement, store, model, epoch)
        carl = try InboxBed.mailed(
            "carl@fathom.example", "hi2.stoke@acme.example", Settlement(state: .sent, reply: "250"), store, model, epoch
        )
    }

    private static func model(_ sentCopy: Mailbox.SentCopy) -> Model {
        let sequence = Outreach.Sequence(
            name: "s", mailboxes: ["ana"],
            steps: [
                Step(id: "hi", kind: .email([.init(arm: "hi", template: "hi")])),
                Step(id: "bump", kind: .email([.init(arm: "bump", template: "bump")]), after: .days(3)),
            ])
        var mailbox = Mailbox(
            name: "ana", owner: "ana", fromName: "Ana", fromAddress: "ana@acme.example", timezone: .utc)
        mailbox.sentCopy = sentCopy
        return Model(
            hash: "h", settings: Settings(timezone: .utc, company: "Acme", postalAddress: "Berlin"),
            owners: ["ana": Owner(key: "ana", name: "Ana", timezone: .utc)], mailboxes: ["ana": mailbox],
            sequences: ["s": sequence], templates: [:])
    }

    private static func mailed(
        _ address: String, _ id: String, _ settlement: Settlement, _ store: MemoryStore, _ model: Model, _ epoch: Epoch
    ) throws -> Person.ID {
        let sequence = try #require(model.sequences["s"])
        let entry = PersonEntry(email: address, facts: [:], source: "test", at: now)
        guard case .row(let row, _)? = try store.commit([.put(entry)], epoch: nil).first else {
            throw StoreError.notWritten(reason: "no person")
        }
        let person = try #require(try store.person(Person.ID(row)))
        _ = try store.commit([.enroll(EnrollmentEntry(person, in: sequence, round: 1, at: now))], epoch: nil)
        let enrollment = try store.history(of: person.id).enrollments[0]
        _ = try store.commit([.decide(.admit(enrollment.id, mailbox: "ana", projected: []), at: now)], epoch: epoch)
        let intent = Ledger.MessageEntry(
            enrollment: enrollment.id, step: "hi", mailbox: "ana", messageID: id, date: now,
            sha256: String(repeating: "a", count: 64))
        guard case .row(let message, _)? = try store.commit([.intend(intent)], epoch: epoch).first else {
            throw StoreError.notWritten(reason: "no message")
        }
        _ = try store.commit(
            [
                .fence(message: message, at: now, day: Zone.utc.date(at: now)),
                .settle(message: message, settlement, at: now),
            ],
            epoch: epoch)
        return person.id
    }

    /// Puts a message into the Maildir, got at `at`.
    func deliver(
        _ name: String, from: String, _ headers: String, _ text: String, subject: String = "Re: hi",
        folder: String = "new", to: String = "ana@acme.example", at: Instant = InboxBed.now + 30
    ) throws {
        let path = "\(folder)/\(name)"
        try maildir.write(path, text: "From: \(from)\nTo: \(to)\nSubject: \(subject)\n\(headers)\n\n\(text)\n")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: Double(at.seconds))], ofItemAtPath: maildir.path(path))
    }

    @discardableResult
    func read() throws -> InboxReader<MemoryStore>.Report {
        try InboxReader(store: store, epoch: nil, model: model, signer: try signer(), at: InboxBed.now + 60)
            .read(try #require(model.mailboxes["ana"]), from: MaildirSource(path: maildir.path))
    }

    func signer() throws -> TokenSigner { try #require(TokenSigner(key: store.secret())) }
    func kinds(of person: Person.ID) throws -> [String] {
        try store.history(of: person).touchpoints.map(\.kind.name)
    }
    func state(of person: Person.ID) throws -> Enrollment.State? {
        try store.history(of: person).enrollments.first?.state
    }
    func message() throws -> Message? { try store.message(withID: InboxBed.hi) }
    func answers() throws -> Int { try store.openTasks(owner: "ana").count { $0.kind == .answer } }
}
