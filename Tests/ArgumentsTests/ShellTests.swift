import Arguments
import Foundation
import TestKit
import Testing

/// Types in real shells on a pseudo-terminal, with a program that answers as the tables do and then says with what it
/// was run.
@Suite struct ShellTests {
    /// What is typed, up to the TAB key, and the arguments the program then gets.
    static let lines: [(typed: String, arguments: String)] = [
        ("demo wa", "[water]"),
        ("demo water ro", "[water][roses]"),
        ("demo water --litres 3 he", "[water][--litres][3][herbs]"),
        ("demo water --format=c", "[water][--format=csv]"),
        ("demo water roses ann", "[water][roses][ann@x.example]"),
        ("demo water wi", "[water][wild bed]"),
        ("demo water --from dat", "[water][--from][data.txt]"),
        ("demo water --from=dat", "[water][--from=data.txt]"),
        ("demo --folder sub", "[--folder][subfolder/]"),
    ]

    /// The words the shells are to hand over for each line.
    static let questions = [
        ["wa"], ["water", "ro"], ["water", "--litres", "3", "he"], ["water", "--format=c"], ["water", "roses", "ann"],
        ["water", "wi"], ["water", "--from", "dat"], ["water", "--from=dat"], ["--folder", "sub"],
    ]

    @Test(arguments: Shell.allCases.filter { Programs.has($0.rawValue) })
    func `completions are typed in by the real shell`(shell: Shell) throws {
        let folder = try ShellTests.folder(shell)
        let (ran, errors) = try TypingShell.type(
            ShellTests.lines.map(\.typed), into: shell.rawValue, program: "demo", folder: folder)
        #expect(errors == "")
        let asked = try? String(decoding: folder.read("asked"), as: UTF8.self)
        for line in ShellTests.lines {
            let arguments = ran[line.typed]
            let slash = line.arguments.replacing("/]", with: "]")
            #expect(
                arguments == line.arguments || arguments == slash,
                "\(line.typed): asked \(asked ?? "nothing"), got \(arguments ?? "nothing")")
        }
    }

    /// A folder with the script, the program, its answers and something to complete paths to.
    static func folder(_ shell: Shell) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for words in questions {
            let answer = Sample.root.completion(for: words, named: Sample.named)
            let name = words.joined(separator: "|").replacing("/", with: "_")
            try folder.write("answers/\(name)", text: answer.text)
        }
        let program = try folder.write("bin/demo", text: ShellTests.program)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        try folder.write("script", text: shell.completionScript(program: "demo", hook: ["ask", "--now"]))
        try folder.write("data.txt", text: "")
        try folder.write("subfolder/x", text: "")
        return folder
    }

    static let program = """
        #!/bin/sh
        if [ "$1 $2 $3" = "ask --now --" ]; then
            shift 3
            name=""
            for word; do name="${name:+$name|}$word"; done
            echo "$name" >>"$TYPING_FOLDER/asked"
            exec cat "$TYPING_FOLDER/answers/$name"
        fi
        { for word; do printf '[%s]' "$word"; done; echo; } >"$TYPING_FOLDER/ran.new"
        mv "$TYPING_FOLDER/ran.new" "$TYPING_FOLDER/ran"

        """

}
