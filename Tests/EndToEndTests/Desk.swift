import Foundation
import TestKit
import Testing

/// Workspaces with work on the desk.
extension Stoke {
    /// Three people in a sequence whose first step waits for approval, then a call, then an invitation.
    static func reviewed(now: String = "2026-03-03T15:30:00Z", steps: String? = nil) throws -> Stoke {
        let stoke = try Stoke.sample(now: now)
        try stoke.folder.write(
            "work/sequences/reviewed.yaml",
            text: """
                audience: any
                mailboxes: [ana]
                timezone: workspace
                steps:
                \(steps ?? """
                  - {id: visit, linkedin: view, parallel: true}
                  - {id: call, call: discovery, parallel: true}
                  - {id: connect, linkedin: {connect: connect-note}, parallel: true}
                  - {id: first, email: personal-note, review: true}
                """)
                finish: {none: "a test"}

                """)
        try stoke.folder.write(
            "work/three.csv",
            text: """
                email,first_name,last_name,title,company,linkedin,phone,timezone
                maya@fathom.example,Maya,Chen,COO,Fathom,linkedin.com/in/maya-chen,+1 512 555 0142,America/Chicago
                jonas@nordlicht.example,Jonas,Weber,CTO,Nordlicht,linkedin.com/in/jonas-weber,,Europe/Berlin
                zoe@kubler.example,Zoë,O'Neill,CEO,Kübler & Söhne *Cloud*,linkedin.com/in/zoe-oneill,,Europe/Berlin

                """)
        for command in [
            ["apply", "--yes"], ["import", "three.csv"], ["enroll", "reviewed", "--all"], ["run"],
        ] {
            let output = try stoke.run(command)
            try #require(output.status == 0, "\(command): \(output.text)\(output.errors)")
        }
        return stoke
    }

    /// The lines of the task list, as `--json` has them.
    func tasks(_ action: String? = nil, now: String? = nil) throws -> [[String: Any]] {
        let listing = try #require(try json("tasks", now: now) as? [String: Any])
        let tasks = try #require(listing["tasks"] as? [[String: Any]])
        return tasks.filter { action == nil || $0["action"] as? String == action }
    }

    /// The code of the first task of a kind, for somebody.
    func code(_ action: String, of person: String? = nil, now: String? = nil) throws -> String {
        let task = try tasks(action, now: now).first { person == nil || $0["person"] as? String == person }
        return try #require(task?["code"] as? String)
    }

    /// What lies in the outbox, whole messages.
    func outbox() throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder.path("work/outbox")) else { return [] }
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path("work/outbox"))
        return try paths.sorted().filter { $0.contains("new/") && !$0.hasSuffix("/new") }.map {
            String(decoding: try folder.read("work/outbox/\($0)"), as: UTF8.self)
        }
    }
}
