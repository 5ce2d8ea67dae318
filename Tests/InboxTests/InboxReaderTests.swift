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
    @Test func `an answer in our thread stops everything, makes a task, and counts once however often it is read`()
        throws
    {
        let bed = try InboxBed()
        try bed.deliver(
            "1", from: "ann@fathom.example", "Message-ID: <a@f.example>\nIn-Reply-To: <hi.stoke@acme.example>",
            "Gladly.")
        #expect(try bed.read().arrivals.map(\.kind) == [.reply])
        try bed.read()
        #expect(try bed.kinds(of: bed.ann).count { $0 == "reply" } == 1)
        #expect(try bed.state(of: bed.ann) == .stopped)
        #expect(try bed.store.openTasks(owner: "ana").map(\.kind) == [.answer])
    }

    @Test func `a stranger changes nothing`() throws {
        let bed = try InboxBed()
        try bed.deliver("1", from: "bob@else.example", "Message-ID: <b@e.example>", "Buy our lists.")
        #expect(try bed.read().arrivals.count == 1)
        #expect(try bed.kinds(of: bed.ann).allSatisfy { !$0.hasPrefix("reply") })
        #expect(try bed.state(of: bed.ann) == .active)
    }

    @Test func `who asks to be left alone is suppressed at once`() throws {
        let bed = try InboxBed()
        try bed.deliver(
            "1", from: "ann@fathom.example", "Message-ID: <c@f.example>\nIn-Reply-To: <hi.stoke@acme.example>",
            "Please unsubscribe me from this list.")
        try bed.read()
        #expect(try bed.kinds(of: bed.ann).contains("opt_out"))
        #expect(try bed.store.suppressions().map(\.value) == ["ann@fathom.example"])
    }

    @Test func `a mail that we wrote by hand pauses the sequence`() throws {
        let bed = try InboxBed()
        try bed.maildir.write(
            "new/1",
            text: "From: ana@acme.example\nTo: ann@fathom.example\nSubject: hello\nMessage-ID: <d@acme.example>\n\nHi\n"
        )
        try bed.read()
        #expect(try bed.kinds(of: bed.ann).contains("email.by_hand"))
        #expect(try bed.state(of: bed.ann) == .paused)
    }
}
