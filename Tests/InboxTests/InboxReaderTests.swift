import CivilTime
import Digest
import Facts
import InboundMail
import Inbox
import Ledger
import Mail
import Outreach
import Planning
import TestKit
import Testing

@Suite struct `Reading an inbox` {
    private static let now = Instant(1_772_445_600)

    /// A ledger in which Ann was mailed as `<hi@acme.example>`, and a Maildir that answers can be put into.
    private struct Bed {
        let store = MemoryStore()
        let model: Model
        let maildir: TemporaryFolder
        let ann: Person.ID

        init() throws {
            let sequence = Outreach.Sequence(
                name: "s", mailboxes: ["ana"],
                steps: [
                    Step(id: "hi", kind: .email([.init(arm: "hi", template: "hi")])),
                    Step(id: "bump", kind: .email([.init(arm: "bump", template: "bump")]), after: .days(3)),
                ])
            model = Model(
                hash: "h", settings: Settings(timezone: .utc, company: "Acme", postalAddress: "Berlin"),
                owners: ["ana": Owner(key: "ana", name: "Ana", timezone: .utc)],
                mailboxes: [
                    "ana": Mailbox(
                        name: "ana", owner: "ana", fromName: "Ana", fromAddress: "ana@acme.example", timezone: .utc)
                ], sequences: ["s": sequence], templates: [:])
            maildir = try TemporaryFolder()
            for name in ["cur", "tmp"] { try maildir.write("\(name)/.keep", text: "") }
            try maildir.write("new/.keep", text: "")
            let epoch = try store.begin(RunEntry(host: "h", pid: 1, version: "1"), at: now)
            let entry = PersonEntry(email: "ann@fathom.example", facts: [:], source: "test", at: now)
            guard case .row(let row, _)? = try store.commit([.put(entry)], epoch: nil).first,
                let person = try store.person(Person.ID(row))
            else { throw StoreError.notWritten(reason: "no person") }
            ann = person.id
            _ = try store.commit([.enroll(EnrollmentEntry(person, in: sequence, round: 1, at: now))], epoch: nil)
            let enrollment = try store.history(of: ann).enrollments[0]
            _ = try store.commit([.decide(.admit(enrollment.id, mailbox: "ana", projected: []), at: now)], epoch: epoch)
            let intent = Ledger.MessageEntry(
                enrollment: enrollment.id, step: "hi", mailbox: "ana", messageID: "hi.stoke@acme.example", date: now,
                sha256: String(repeating: "a", count: 64))
            guard case .row(let id, _)? = try store.commit([.intend(intent)], epoch: epoch).first else {
                throw StoreError.notWritten(reason: "no message")
            }
            _ = try store.commit(
                [
                    .fence(message: id, at: now, day: Zone.utc.date(at: now)),
                    .settle(message: id, Settlement(state: .sent, reply: "250"), at: now),
                ], epoch: epoch)
        }

        func deliver(_ name: String, from: String, _ headers: String, _ text: String) throws {
            try maildir.write(
                "new/\(name)", text: "From: \(from)\nTo: ana@acme.example\nSubject: Re: hi\n\(headers)\n\n\(text)\n")
        }

        @discardableResult
        func read() throws -> InboxReader<MemoryStore>.Report {
            let signer = try #require(TokenSigner(key: store.secret()))
            let reader = InboxReader(store: store, epoch: nil, model: model, signer: signer, at: now + 60)
            return try reader.read(try #require(model.mailboxes["ana"]), from: MaildirSource(path: maildir.path))
        }

        func kinds() throws -> [String] { try store.history(of: ann).touchpoints.map(\.kind.name) }
        func state() throws -> Enrollment.State? { try store.history(of: ann).enrollments.first?.state }
    }

    @Test func `an answer in our thread stops everything, makes a task, and counts once however often it is read`()
        throws
    {
        let bed = try Bed()
        try bed.deliver(
            "1", from: "ann@fathom.example", "Message-ID: <a@f.example>\nIn-Reply-To: <hi.stoke@acme.example>",
            "Gladly.")
        #expect(try bed.read().arrivals.map(\.kind) == [.reply])
        try bed.read()
        #expect(try bed.kinds().count { $0 == "reply" } == 1)
        #expect(try bed.state() == .stopped)
        #expect(try bed.store.openTasks(owner: "ana").map(\.kind) == [.answer])
    }

    @Test func `a stranger changes nothing`() throws {
        let bed = try Bed()
        try bed.deliver("1", from: "bob@else.example", "Message-ID: <b@e.example>", "Buy our lists.")
        #expect(try bed.read().arrivals.count == 1)
        #expect(try bed.kinds().allSatisfy { !$0.hasPrefix("reply") })
        #expect(try bed.state() == .active)
    }

    @Test func `who asks to be left alone is suppressed at once`() throws {
        let bed = try Bed()
        try bed.deliver(
            "1", from: "ann@fathom.example", "Message-ID: <c@f.example>\nIn-Reply-To: <hi.stoke@acme.example>",
            "Please unsubscribe me from this list.")
        try bed.read()
        #expect(try bed.kinds().contains("opt_out"))
        #expect(try bed.store.suppressions().map(\.value) == ["ann@fathom.example"])
    }

    @Test func `a mail that we wrote by hand pauses the sequence`() throws {
        let bed = try Bed()
        try bed.maildir.write(
            "new/1",
            text: "From: ana@acme.example\nTo: ann@fathom.example\nSubject: hello\nMessage-ID: <d@acme.example>\n\nHi\n"
        )
        try bed.read()
        #expect(try bed.kinds().contains("email.by_hand"))
        #expect(try bed.state() == .paused)
    }
}
