import Diagnostics
import Outreach
import TestKit
import Testing
import Workspace

@Suite struct `A badly broken workspace` {
    private static let files: [String: String] = [
        "stoke.yaml": """
        home: any
        timezone: Europe/Belrin
        sender: {company: Acme GmbH}
        unsubscribe: {mailto: no}
        people:
          ana: {name: Ana Pop, tasks: 40/week, linkedin: {premum: true}}
        calendar:
          days: mon-fry
          hours: 17:00-09:00
          holidays: [2026-02-30, {every: 12-26}, {ics: calendars/de.ics}]
        mailboxes:
          ana:
            owner: anna
            from: Ana Pop <ana@@acme.example>
            signature: ../ana.md
            smtp: smtp://smtp.acme.example
            tls: none
            password: hunter2
            daily_cap: 0
            daily_cap: 50
        new_share: 40
        every: 5 parsecs
        consent_required: {NO: hodl}
        """,
        "qualification.yaml": """
        icps:
          founders: &x
            require: {company.employes: {from: 250, to: 10}}
            prefer:
              - {title: {wrods: [CEO]}, points: 40}
        temperature: {warm: {enter: 20, leave: 30}}
        gates: {sql: {framework: bant, intent: 30}}
        reasons: {recycled: [timing]}
        """,
        "sequences/intro.yaml": """
        audience: foundrs
        mailboxes: [ana, ben]
        steps:
          - id: intro
            email: {a: intro, b: intro-shrt}
          - id: call
            call: discovery
            outcomes: {voicemial: next, connected: intro}
          - id: way
            branch: {if: {temprature: hot}, then: bump, else: brekup}
          - id: lost
            task: discovery
          - id: bump
            after: soon
            email: intro
            thread: call
          - id: breakup
            email: bye
            linkedin: {message: bye}
        finsh: {nurture: news}
        """,
        "sequences/tabs.yaml": "audience: any\n\tmailboxes: [ana\n",
        "sequences/other.yml": "audience: any\n",
        "templates/intro.md": "---\nsubject: Hi {{ frist_name }}\n---\n{% if title %}no end\n",
        "templates/discovery.md": "Call {{ first_name }}\n",
        "templates/bye.md": "---\nsubjct: x\n---\n[](https://acme.example)\n",
    ]

    @Test func `shows everything at once, each with its place, caret and way on`() {
        let files = Self.files.map { Snapshot.File(path: $0.key, bytes: Array($0.value.utf8)) }
        let reading = WorkspaceReader.read(files, in: SampleWorkspace.surroundings())
        #expect(reading.model == nil)
        #expect(Golden.difference("workspace/broken.txt", FindingText().text(reading.findings)) == nil)
    }

    @Test func `is reported the same whatever the order of its files`() {
        let files = Self.files.map { Snapshot.File(path: $0.key, bytes: Array($0.value.utf8)) }
        var random = SeededRandom(seed: 71)
        let first = WorkspaceReader.read(files, in: SampleWorkspace.surroundings()).findings
        for _ in 0..<5 {
            let shuffled = files.shuffled(using: &random)
            #expect(WorkspaceReader.read(shuffled, in: SampleWorkspace.surroundings()).findings == first)
        }
    }
}
