import Foundation
import TestKit
import Testing

@Suite struct `The forms of a task list` {
    /// People whose fields would like to be something else.
    static let hostile = #"""
        email,first_name,last_name,title,company,linkedin,phone,timezone
        a@evil.example,"<script>document.title='x'</script>",O'Neill,"=HYPERLINK(""http://evil.example"")","""><img src=http://evil.example/x>",linkedin.com/in/a-evil,+1 512 555 0101,America/Chicago
        b@evil.example,Zoë,Müller-Lüdenscheidt 🙂,CTO; "all",東京データ株式会社,linkedin.com/in/b-evil,,Europe/Berlin

        """#

    private func desk() throws -> Stoke {
        let stoke = try Stoke.reviewed()
        try stoke.folder.write("work/hostile.csv", text: Self.hostile)
        try stoke("import", "hostile.csv")
        try stoke("enroll", "reviewed", "--all")
        try stoke("run")
        return stoke
    }

    /// A Python that has the package icalendar: the system's, where the first on PATH has it not.
    static let calendarReader = ["python3", "/usr/bin/python3"].first { python in
        (try? ChildProcess.run(python, ["-c", "import icalendar"]).status) == 0
    }

    @Test(.enabled(if: calendarReader != nil, "Python has no icalendar: make deps-test installs it"))
    func `a strict reader takes the calendar, and entries keep their names from day to day`() throws {
        let stoke = try desk()
        let script = """
            import icalendar, json, sys
            calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
            wrong = [str(error) for part in calendar.walk() for error in part.errors]
            events = calendar.walk("VEVENT")
            assert calendar["PRODID"] and calendar["VERSION"] == "2.0"
            print(json.dumps({"wrong": wrong, "events": [
                [str(e["UID"]), str(e["SUMMARY"]), e.decoded("DTSTAMP").isoformat(), e.decoded("DTSTART").isoformat(),
                 e.decoded("DTEND").isoformat(), str(e.get("URL", ""))] for e in events]}))
            """
        func events(_ now: String) throws -> [[String]] {
            let text = try stoke("tasks", "--format", "ics", now: now).text
            let result = try ChildProcess.run(
                #require(Self.calendarReader), ["-c", script], input: Array(text.utf8))
            try #require(result.status == 0, "\(result.errorText)")
            let said = try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any]
            #expect((said?["wrong"] as? [String]) == [])
            return try #require(said?["events"] as? [[String]])
        }
        let today = try events(stoke.now ?? "")
        let tasks = try stoke.tasks()
        #expect(today.count == tasks.count)
        print("calendar: \(today.count) entries read by icalendar")
        let wanted = Set(
            tasks.map { task in
                let who = ["person", "title", "company"].compactMap { task[$0] as? String }.joined(separator: ", ")
                return "\(task["action"] ?? ""): \(who)"
            })
        #expect(Set(today.map { $0[1] }) == wanted)
        #expect(Set(today.map { $0[0] }).count == today.count)
        let call = try #require(today.first { $0[1].hasPrefix("call:") })
        #expect(call[3] == "2026-03-03T15:00:00+00:00" && call[4] == "2026-03-03T16:00:00+00:00")
        let tomorrow = try events("2026-03-04T15:30:00Z")
        #expect(Set(tomorrow.map { $0[0] }) == Set(today.map { $0[0] }))
    }

    @Test(
        .enabled(if: Programs.exist("chromium"), "chromium is not installed: make deps-test installs it"),
        arguments: ["light", "dark"])
    func `the page is right on a phone, asks the network for nothing, and runs nothing`(scheme: String) throws {
        let stoke = try desk()
        let page = try stoke("tasks", "--format", "html").text
        let path = try stoke.folder.write("tasks.html", text: page)
        let expression = """
            (() => {
              const rect = e => e.getBoundingClientRect();
              const targets = [...document.querySelectorAll("a, summary")];
              return {
                title: document.title, cards: document.querySelectorAll("article").length,
                least: Math.min(...targets.map(e => Math.min(rect(e).height, rect(e).width))),
                wide: document.documentElement.scrollWidth, room: innerWidth,
                links: [...new Set([...document.links].map(e => e.protocol))].sort(),
                odd: document.querySelectorAll("script, img, iframe, [onerror], [onclick]").length,
                paper: getComputedStyle(document.body).backgroundColor, ink: getComputedStyle(document.body).color,
                first: [...document.querySelectorAll("article")].filter(e => e.textContent.includes("call "))
                  .map(e => e.querySelector("a").protocol) };
            })()
            """
        let script = Stoke.root.appending(path: "Tests/Fixtures/browser.py").path(percentEncoded: false)
        let picture = stoke.folder.path("tasks.png")
        let result = try ChildProcess.run("python3", [script, path, "375", scheme, picture, expression])
        try #require(result.status == 0, "\(result.errorText)")
        let said = try #require(try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any])
        let value = try #require(said["value"] as? [String: Any])
        #expect((said["requests"] as? [String])?.count == 1)
        #expect(value["title"] as? String == "Tasks, Tue 3 Mar")
        #expect(value["cards"] as? Int == (try stoke.tasks().count))
        #expect((value["least"] as? Double ?? 0) >= 44)
        #expect(value["wide"] as? Int == 375 && value["room"] as? Int == 375)
        #expect(value["links"] as? [String] == ["https:", "tel:"])
        #expect(value["odd"] as? Int == 0)
        #expect(Set(value["first"] as? [String] ?? []) == ["tel:"])
        let (paper, ink) = (value["paper"] as? String ?? "", value["ink"] as? String ?? "")
        let isLight = Self.brightness(paper) > Self.brightness(ink)
        #expect(isLight == (scheme == "light"), "\(paper), \(ink)")
        let png = try stoke.folder.read("tasks.png")
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]) && png.count > 10_000)
    }

    /// Of `rgb(251, 250, 248)`.
    private static func brightness(_ colour: String) -> Int {
        colour.split { !$0.isNumber }.prefix(3).compactMap { Int($0) }.reduce(0, +)
    }

    @Test func `on a terminal, in a pipe, by person: nothing is wider than 80 columns and nothing escapes`() throws {
        let stoke = try desk()
        for arguments in [["tasks"], ["tasks", "--by", "person"], ["tasks", "list", "--owner", "ana"]] {
            let piped = try stoke.run(arguments).text
            #expect(!piped.contains("\u{1B}"))
            let shown = try stoke.terminal(arguments, [])
            #expect(shown.text == piped, "\(arguments)")
            #expect(shown.output.contains("\u{1B}[1m"))
            let plain = try stoke.terminal(arguments, environment: ["NO_COLOR": "1"], [])
            #expect(!plain.output.contains("\u{1B}"))
        }
        let narrow = try stoke.terminal(["tasks"], columns: 60, [])
        #expect(narrow.text.contains("…"))
    }
}
