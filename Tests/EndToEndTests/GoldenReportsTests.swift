import Foundation
import TestKit
import Testing

/// What the reports say of the sample workspace after a week on the pretend clock, word for word.
@Suite struct `The reports of the sample workspace` {
    /// Two mailboxes send at once, so their touchpoints come in either order: numbers count by their length only.
    static func unnumbered(_ text: String) -> String {
        text.replacing(/#[0-9]+/) { "#" + String(repeating: "n", count: $0.output.count - 1) }
    }

    @Test func `are as recorded`() throws {
        let stoke = try Stoke.sample(now: "2026-03-02T08:00:00Z")
        try stoke.edit("stoke.yaml") { $0.replacing("gap: 90s", with: "gap: 0s") }
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        try stoke("qualify", "--all", "--accept", "--by", "ana")
        try stoke("enroll", "founders", "--all")
        for day in ["02", "03", "04", "05", "06"] {
            for hour in ["09", "11", "14", "16"] { try stoke("run", now: "2026-03-\(day)T\(hour):00:00Z") }
        }
        let friday = "2026-03-06T17:00:00Z"
        try stoke("touch", "jonas.weber@nordlicht.example", "--reply", "positive", now: friday)
        try stoke("touch", "priya.menon@banyanworks.example", "meeting", now: friday)
        try stoke("touch", "goran@snoflinga.example", "--reply", "neutral", now: friday)
        let fields = ["need=support drowns", "budget=approved", "authority=she signs", "timeline=Q2"]
        try stoke.run(
            ["qualify", "priya.menon@banyanworks.example", "--sql", "--by", "ana"] + fields.flatMap { ["--bant", $0] },
            now: friday)
        let end = "2026-03-09T09:00:00Z"
        try stoke(
            "qualify", "goran@snoflinga.example", "--recycle", "timing", "--until", "60d", "--by", "ben", now: end)
        let commands: [(name: String, words: [String])] = [
            ("pipeline", ["pipeline"]), ("handoff", ["handoff"]), ("report", ["report"]),
            ("variant", ["report", "--by", "variant"]), ("week", ["report", "--by", "week"]),
            ("show", ["show", "priya.menon@banyanworks.example"]),
            ("explain", ["explain", "priya.menon@banyanworks.example"]),
            ("qualify", ["qualify", "priya.menon@banyanworks.example"]), ("review", ["qualify"]),
            ("prospects", ["check", "--prospects"]),
        ]
        for command in commands {
            let output = try stoke.run(command.words, now: end)
            #expect(output.status == 0, "\(command.name): \(output.errors)")
            // A command to copy stays whole.
            let lines = output.text.split(separator: "\n").filter { !$0.hasPrefix("  stoke ") }
            #expect(lines.allSatisfy { $0.count <= 80 }, "\(output.text)")
            #expect(Golden.difference("sample/\(command.name).txt", Self.unnumbered(output.text)) == nil)
        }
    }
}
