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
        let driver = try folder.write("driver.py", text: ShellTests.driver)
        let typed = ShellTests.lines.map(\.typed).joined(separator: "\n")
        let result = try ChildProcess.run(
            "python3", [driver, shell.rawValue, folder.path], input: Array(typed.utf8), folder: folder.path)
        #expect(result.status == 0, "\(result.errorText)")
        let asked = try? String(decoding: folder.read("asked"), as: UTF8.self)
        for line in ShellTests.lines {
            let got = result.text.split(separator: "\n").first { $0.hasPrefix(line.typed + "\t") }
            let arguments = got?.split(separator: "\t", maxSplits: 1).last.map(String.init)
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
            echo "$name" >>"$DEMO_FOLDER/asked"
            exec cat "$DEMO_FOLDER/answers/$name"
        fi
        { for word; do printf '[%s]' "$word"; done; echo; } >"$DEMO_FOLDER/ran.new"
        mv "$DEMO_FOLDER/ran.new" "$DEMO_FOLDER/ran"

        """

    /// Types each line of its input, TAB and Enter, and prints the line and what the program was run with.
    static let driver = #"""
        import os, pty, sys, time, select
        shell, folder = sys.argv[1], sys.argv[2]
        env = dict(os.environ, PATH=folder + "/bin:" + os.environ["PATH"], DEMO_FOLDER=folder, HOME=folder,
                   TERM="dumb" if shell != "fish" else "xterm", PS1="$ ", XDG_CONFIG_HOME=folder, XDG_DATA_HOME=folder)
        start = {
            "bash": (["bash", "--norc", "--noprofile", "-i"], "source ./script; bind 'set bell-style none'\n"),
            "zsh": (["zsh", "-f", "-i"], "autoload -U compinit; compinit -u -D; source ./script; unsetopt beep\n"),
            "fish": (["fish", "--no-config", "-i"], "source ./script\n"),
        }[shell]
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(folder)
            os.execvpe(start[0][0], start[0], env)
        def drain(seconds):
            end = time.time() + seconds
            seen = b""
            while time.time() < end:
                if select.select([terminal], [], [], 0.05)[0]:
                    try: seen += os.read(terminal, 65536)
                    except OSError: break
                    # fish asks the terminal what it is and waits for the answer.
                    if b"\x1b[c" in seen[-64:]: os.write(terminal, b"\x1b[?62;c")
            return seen
        def until(true):
            seen = b""
            for _ in range(200):
                if true(): break
                seen += drain(0.05)
            return seen
        def asked():
            return os.path.getsize(folder + "/asked") if os.path.exists(folder + "/asked") else 0
        ran = folder + "/ran"
        until(lambda: len(drain(0.05)) > 0)
        drain(0.3)
        os.write(terminal, start[1].encode() + b"demo ready\r")
        until(lambda: os.path.exists(ran))
        status = 0
        for line in sys.stdin.read().split("\n"):
            if os.path.exists(ran): os.remove(ran)
            os.write(terminal, line.encode())
            seen = drain(0.05)
            before = asked()
            os.write(terminal, b"\t")
            seen += until(lambda: asked() > before) + drain(0.15)
            os.write(terminal, b"\r")
            seen += until(lambda: os.path.exists(ran))
            if os.path.exists(ran): print(line + "\t" + open(ran).read().strip())
            else:
                status = 1
                print(line, repr(seen), file=sys.stderr)
                os.write(terminal, b"\x03")
                drain(0.2)
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        sys.exit(status)

        """#
}
