import Foundation
import TestKit
import Testing

/// The built command completed by the real shells: commands, people, sequences, steps and task codes.
@Suite struct `Completions` {
    private static let now = "2026-03-03T09:00:00Z"

    @Test(arguments: ["bash", "zsh", "fish"].filter { Programs.exist($0) })
    func `put in people, sequences, steps and codes`(shell: String) throws {
        let stoke = try Self.workspace()
        let listing = try #require(try stoke.json("tasks", now: Self.now) as? [String: Any])
        let codes = (listing["tasks"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
        let code = try #require(codes.first)
        // As much of the code as no other begins with.
        let lengths = Array(1...code.count)
        let length = try #require(lengths.first { length in codes.count { $0.hasPrefix(code.prefix(length)) } == 1 })
        let start = String(code.prefix(length))
        let lines: [String: String] = [
            "stoke simu": "[simulate]",
            "stoke tasks sno": "[tasks][snooze]",
            "stoke enroll fou": "[enroll][founders]",
            "stoke show jonas": "[show][jonas.weber@nordlicht.example]",
            "stoke plan --person jonas": "[plan][--person][jonas.weber@nordlicht.example]",
            "stoke preview jonas.weber@nordlicht.example founders/break":
                "[preview][jonas.weber@nordlicht.example][founders/breakup]",
            "stoke tasks done \(start)": "[tasks][done][\(code)]",
            "stoke tasks edit \(start)": "[tasks][edit][\(code)]",
            "stoke tasks --owner b": "[tasks][--owner][ben]",
            "stoke pause quart": "[pause][quarterly-news]",
            "stoke help unknown-va": "[help][unknown-variable]",
        ]
        let folder = try Self.folder(shell, stoke)
        let (ran, errors) = try TypingShell.type(
            lines.keys.sorted(), into: shell, program: "stoke", folder: folder)
        let asked = try? String(decoding: folder.read("asked"), as: UTF8.self)
        for (line, wanted) in lines {
            #expect(ran[line] == wanted, "\(line): asked \(asked ?? "nothing") \(errors)")
        }
    }

    @Test func `of a place without a workspace are those of the tables, without an error`() throws {
        let stoke = try Stoke()
        let answer = try stoke("completions", "answer", "--", "show", "a")
        #expect(answer.status == 0 && answer.text == ":none\n" && answer.errors.isEmpty, "\(answer)")
        #expect(try stoke("completions", "answer", "--", "docto").text.hasPrefix("doctor\t"))
    }

    private static func workspace() throws -> Stoke {
        let stoke = try Stoke.sample(now: "2026-03-02T08:00:00Z")
        try stoke.edit("stoke.yaml") { $0.replacing("gap: 90s", with: "gap: 0s") }
        try stoke("apply", "--yes")
        try stoke("import", "prospects/sample.csv")
        try stoke("qualify", "--all", "--accept")
        try stoke("enroll", "founders", "--all")
        for time in ["2026-03-02T08:00:00Z", "2026-03-02T08:30:00Z", now] { try stoke("run", now: time) }
        return stoke
    }

    /// A folder with the script of the built command, and a `stoke` that answers as it does, but only tells how it is run.
    private static func folder(_ shell: String, _ stoke: Stoke) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let program = try folder.write(
            "bin/stoke",
            text: """
                #!/bin/sh
                if [ "$1 $2" = "completions answer" ]; then
                    echo "$*" >>"$TYPING_FOLDER/asked"
                    shift 2
                    STOKE_STATE='\(stoke.folder.path("state"))' exec '\(Stoke.binary)' completions answer \\
                        -C '\(stoke.path)' --now \(now) "$@"
                fi
                { for word; do printf '[%s]' "$word"; done; echo; } >"$TYPING_FOLDER/ran.new"
                mv "$TYPING_FOLDER/ran.new" "$TYPING_FOLDER/ran"

                """)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        try folder.write("script", text: stoke("completions", shell).text)
        return folder
    }
}
