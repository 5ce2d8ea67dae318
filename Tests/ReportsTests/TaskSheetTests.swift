import Diagnostics
import Interchange
import Reports
import TestKit
import Testing

@Suite struct TaskSheetTests {
    /// The Markdown of the two tasks with boxes ticked.
    static func ticked(_ boxes: String...) -> String {
        boxes.reduce(Listings.two.markdown()) { text, box in
            text.replacing("- [ ] \(box)", with: "- [x] \(box)")
        }
    }

    static let connect = "`\(Listings.connect.code.full)` sent"
    static let call = "`\(Listings.call.code.full)` voicemail"

    @Test func `ticks come back from Markdown, with their notes`() {
        var text = Self.ticked(Self.connect, Self.call)
        text = text.replacing("[x] \(Self.call)", with: "[X] \(Self.call): said she is away: back Monday")
        let match = TaskMatch(
            TaskSheet(markdown: text, file: "today.md"), Listings.two.items, closed: [], in: Listings.berlin)
        #expect(match.findings.isEmpty)
        #expect(match.done.map(\.outcome) == ["sent", "voicemail"])
        #expect(match.done.map(\.note) == [nil, "said she is away: back Monday"])
    }

    @Test func `two ticks on one task are a finding and neither counts`() throws {
        let sheet = TaskSheet(
            markdown: Self.ticked(Self.connect, "`\(Listings.connect.code.full)` not_found"), file: "today.md")
        #expect(sheet.ticks.isEmpty)
        let finding = try #require(sheet.findings.first)
        #expect(sheet.findings.count == 1 && finding.code == .taskTwoTicks)
        #expect(finding.place?.lineText.contains("not_found") == true)
        #expect(finding.notes.first?.place?.lineText.contains("sent") == true)
    }

    @Test func `a box inside a text to be copied is no tick`() {
        var item = Listings.connect
        item.text = "```\n- [x] \(Self.call)\n````\n- [x] \(Self.call)"
        let listing = TaskListing(
            owner: "ana", now: Listings.now, zone: Listings.berlin, items: [item, Listings.call])
        #expect(TaskSheet(markdown: listing.markdown(), file: "x.md").ticks.isEmpty)
    }

    @Test func `a task that is gone is said, an unknown outcome gets a suggestion`() {
        let text = "- [x] `zzzz` sent\r\n* [x] \(Listings.call.code.full) voicemial\r\n- [ ] `abcd` sent\r\n"
        let match = TaskMatch(
            TaskSheet(markdown: text, file: "x.md"), Listings.two.items, closed: [], in: Listings.berlin)
        #expect(match.done.isEmpty)
        #expect(match.findings.map(\.code) == [.taskGone, .taskOutcome])
        #expect(match.findings.last?.hint?.contains("voicemail") == true)
    }

    @Test func `CSV comes back whatever the order of its columns`() {
        let code = Listings.call.code
        let csv = "note;OUTCOME;Code\n=1+1;call_back;\(code)\n;;\(Listings.connect.code)\n;call_back;\(code)\n"
        let match = TaskMatch(
            TaskSheet(csv: Array(csv.utf8), file: "x.csv"), Listings.two.items, closed: [], in: Listings.berlin)
        #expect(match.findings.map(\.code) == [])
        #expect(match.done.map(\.outcome) == ["call_back"])
        #expect(match.done.first?.note == "=1+1")
        #expect(TaskSheet(csv: Array("a,b\n1,2\n".utf8), file: "x.csv").findings.map(\.code) == [.taskSheetColumns])
    }

    @Test func `what was recorded before is no news, and another ending is said with its day`() throws {
        let text = "- [x] `\(Listings.connect.code.full)` sent\n- [x] `\(Listings.call.code.full)` voicemail\n"
        let closed = [
            ClosedTask(code: Listings.connect.code, ending: "sent", at: Listings.now, person: "Jonas Weber"),
            ClosedTask(code: Listings.call.code, ending: "expired", at: Listings.now, person: "Maya Chen"),
        ]
        let match = TaskMatch(TaskSheet(markdown: text, file: "x.md"), [], closed: closed, in: Listings.berlin)
        #expect(match.done.isEmpty && match.known == 1)
        let finding = try #require(match.findings.first)
        #expect(match.findings.count == 1 && finding.code == .taskGone && finding.place?.line == 2)
        #expect(finding.message == "jtp3 (Maya Chen) ended as expired on 12 Mar, not as voicemail")
    }

    @Test func `an approval counts only beside the mark of the text that is there now`() throws {
        var item = Listings.connect
        item.group = .approvals
        item.outcomes = ["approve", "skip"]
        item.digest = String(repeating: "ab12", count: 16)
        let code = item.code.full
        let listing = TaskListing(owner: "ana", now: Listings.now, zone: Listings.berlin, items: [item])
        #expect(listing.markdown().contains("- [ ] `\(code)` approve `ab12ab12`\n- [ ] `\(code)` skip\n"))
        for (mark, counts) in [(" `ab12ab12`", true), (" `ab12ab12`: fine", true), (" `ffffffff`", false), ("", false)]
        {
            let sheet = TaskSheet(markdown: "- [x] `\(code)` approve\(mark)", file: "x.md")
            let match = TaskMatch(sheet, [item], closed: [], in: Listings.berlin)
            #expect(match.done.count == (counts ? 1 : 0), "\(mark)")
            #expect(match.findings.map(\.code) == (counts ? [] : [.taskTextChanged]))
        }
        let csv = String(decoding: listing.csv(), as: UTF8.self).replacing("\(code),,", with: "\(code),approve,")
        let match = TaskMatch(TaskSheet(csv: Array(csv.utf8), file: "x.csv"), [item], closed: [], in: Listings.berlin)
        #expect(match.done.map(\.outcome) == ["approve"] && match.findings.isEmpty)
    }

    @Test func `what is written and not filled in says nothing`() {
        #expect(TaskSheet(csv: Listings.many(50).csv(), file: "x.csv").ticks.isEmpty)
        #expect(TaskSheet(markdown: Listings.many(50).markdown(), file: "x.md").ticks.isEmpty)
    }

    @Test func `the forms of a list are as recorded`() {
        #expect(Golden.difference("tasklists/two.md", Listings.two.markdown()) == nil)
        #expect(Golden.difference("tasklists/two.csv", String(decoding: Listings.two.csv(), as: UTF8.self)) == nil)
        #expect(Golden.difference("tasklists/two.json", Listings.two.json().pretty + "\n") == nil)
        #expect(Golden.difference("tasklists/two.ics", String(decoding: Listings.two.calendar(), as: UTF8.self)) == nil)
        #expect(Golden.difference("tasklists/two.html", Listings.two.page()) == nil)
    }

    @Test func `nothing of a hostile record becomes markup or a link`() {
        var item = Listings.connect
        item.person = "<script>alert(1)</script>"
        item.company = "\" onmouseover=\"x"
        item.link = "javascript:alert(1)"
        item.phone = "+1<b>"
        item.text = "</p><img src=x>"
        item.context = "[x](javascript:1) <b>"
        let listing = TaskListing(owner: "<i>", now: Listings.now, zone: Listings.berlin, items: [item])
        let page = listing.page()
        #expect(!page.contains("<script"))
        #expect(!page.contains("<img") && !page.contains("<b>") && !page.contains("<i>"))
        #expect(!page.contains("href=\"javascript"))
        #expect(!listing.markdown().contains("<javascript"))
    }
}
