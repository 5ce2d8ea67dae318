import CivilTime
import Diagnostics
import Facts
import Messages
import Outreach
import Testing

@Suite struct `Choices, twins and clocks of messages` {
    @Test func `no part of a message decides for another`() {
        var bench = Bench([
            "t.md": "---\nsubject: {a|b}\npreheader: {a|b}\n---\n{a|b}{% render 'p' %}", "p.md": "{a|b}",
        ])
        var seen: Set<String> = []
        for number in 0..<400 {
            bench.key = "p\(number)@x.example"
            guard case .rendered(let message) = bench.email() else { continue }
            seen.insert((message.subject ?? "") + (message.preheader ?? "") + message.text.prefix(2))
        }
        #expect(seen.count == 16)
    }

    @Test func `the same person reads the same at every try, and both alternatives say the same`() {
        var bench = Bench(["t.html": "<p>{a|b} {{ first_name }}</p>{c|d}", "t.txt": "{a|b} {{ first_name }}\n{c|d}"])
        for number in 0..<40 {
            bench.key = "p\(number)@x.example"
            guard case .rendered(let message) = bench.email(), case .rendered(let again) = bench.email() else {
                Issue.record("it did not render")
                continue
            }
            #expect(message == again)
            let words = message.text.prefix(8).split(whereSeparator: \.isWhitespace)
            #expect(message.html?.contains("<p>\(words[0]) Maya</p>") ?? false)
        }
    }

    @Test func `the plain twin of an HTML template is what its readers get, and its mistakes are found`() {
        var bench = Bench(["t.html": "<p>Hi <b>{{ first_name }}</b></p>", "t.txt": "Dear {{ first_name }}!"])
        bench.facts["first_name"] = .text("<Maya> & Co.")
        #expect(bench.bodies().text == "Dear <Maya> & Co.!")
        #expect(bench.bodies().html == "<p>Hi <b>&lt;Maya&gt; &amp; Co.</b></p>")
        let broken = Bench(["t.html": "<p>Hi</p>", "t.txt": "Hi {{ frist_name }}{% if %}"])
        let found = broken.library.check(columns: [])
        let twins = found.filter { $0.place?.file == "templates/t.txt" }.map(\.code.name)
        #expect(twins.contains("liquid-syntax"))
    }

    @Test func `a template sees every zone of the machine, and the workspace's days off`() throws {
        let holiday = try #require(LocalDate("2026-03-13"))
        let calendar = BusinessCalendar(days: .workdays, holidays: Holidays(dates: [holiday]))
        let text = """
            {{ now | date: "%H:%M" }} {{ now | in_timezone: timezone | date: "%H:%M" }} {{ now | add_business_days: 1 | date: "%F" }}
            """
        var bench = Bench(["t.txt": text], calendar: calendar)
        bench.facts["timezone"] = .text("Asia/Tokyo")
        bench.zones = { name in
            name == "Asia/Tokyo" ? Zone(name: name, fixed: ZoneOffset(seconds: 9 * 3600, abbreviation: "JST")) : nil
        }
        #expect(bench.bodies().text == "09:30 18:30 2026-03-16")
        bench.facts["timezone"] = .text("Mars/Base")
        #expect(bench.bodies().text.hasPrefix("<templates/t.txt:1:"))
    }

    @Test func `a message that may not go says why`() {
        let bench = Bench([
            "t.md": "Hi {{ last_name }}", "u.md": "{% skip 'not now' %}", "v.md": "{{ 1 | divided_by: 0 }}",
        ])
        #expect(bench.bodies("t").text == "<last_name is missing (templates/t.md:1:7)>")
        #expect(bench.bodies("u").text == "<skip not now>")
        #expect(bench.bodies("v").text.hasPrefix("<templates/v.md:1:"))
        #expect(bench.bodies("w").text == "<template w is gone>")
    }

    @Test func `headers are one line, whatever the data has`() {
        var bench = Bench(["t.md": "---\nsubject: {{ x }} and more\n---\nHi"])
        bench.facts["x"] = .text("a\r\nBcc: evil@x.example\0\u{85}b")
        guard case .rendered(let message) = bench.email() else {
            Issue.record("it did not render")
            return
        }
        #expect(message.subject == "a Bcc: evil@x.example b and more")
    }
}
