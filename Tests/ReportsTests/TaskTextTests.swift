import Diagnostics
import Interchange
import Reports
import TestKit
import Testing

@Suite struct TaskTextTests {
    @Test func `two tasks are two lines`() {
        #expect(
            Listings.two.text() == """
                Thu 12 Mar · ana · 2 due · last run 08:55 ok
                LinkedIn · invites 61/80 this week
                  b9be  connect  Jonas Weber, CTO, Nordlicht  66/200  10 Mar mailed, no reply
                Calls · your hours (theirs)
                  jtp3  call  Maya Chen, COO, Fathom  15:00-17:00 (09:00-11:00)  +1 512 555 0142

                """)
    }

    @Test func `two hundred tasks fit in 80 columns and every one has its line`() {
        let text = Listings.many(200).text()
        let lines = text.split(separator: "\n")
        #expect(lines.allSatisfy { DisplayText.width($0) <= 80 })
        #expect(lines.count { $0.hasPrefix("  ") } == 200)
        #expect(Golden.difference("tasklists/200.txt", text) == nil)
    }

    @Test func `controls and marks in a name never reach the terminal`() {
        var item = Listings.connect
        item.person = "Mal\u{1B}[2Jory\u{202E}\nx"
        let text = TaskListing(owner: "ana", now: Listings.now, zone: Listings.berlin, items: [item]).text()
        #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
        #expect(text.split(separator: "\n").count == 3)
    }

    @Test func `by person all of somebody's tasks stand together`() {
        var other = Listings.connect
        other.person = "Maya Chen"
        other.title = "COO"
        other.company = "Fathom"
        other.code = Listings.code("maya@fathom.example", "connect")
        let listing = TaskListing(
            owner: "ana", now: Listings.now, zone: Listings.berlin, items: [Listings.call, Listings.connect, other])
        #expect(Golden.difference("tasklists/by-person.txt", listing.text(by: .person)) == nil)
    }
}

@Suite struct TaskCodeTests {
    @Test func `a code is four letters and digits that start with a letter and never change`() {
        let code = TaskCode(person: "maya@fathom.example", sequence: "founders", round: 1, step: "call")
        #expect(code.description == "jtp3")
        #expect(code != TaskCode(person: "maya@fathom.example", sequence: "founders", round: 2, step: "call"))
    }

    @Test func `codes that begin alike are shown with one more letter`() {
        let codes = (0..<4000).map { TaskCode(person: "p\($0)", sequence: "s", round: 1, step: "x") }
        let shown = TaskCode.shown(codes)
        #expect(Set(shown).count == codes.count)
        #expect(shown.allSatisfy { (4...6).contains($0.count) && $0.first?.isLetter == true })
        #expect(shown.contains { $0.count > 4 })
        for (code, text) in zip(codes, shown) { #expect(code.matches(text.uppercased())) }
    }
}
