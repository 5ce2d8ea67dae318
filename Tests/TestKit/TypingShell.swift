import Foundation

/// A shell on a pseudo-terminal into which lines are typed, each followed by TAB and Enter.
package enum TypingShell {
    /// What came of the lines: for each, the arguments with which the program was then run, `[a][b]`.
    ///
    /// The folder has the completion script as `script` and the program in `bin`. The program appends a line to `asked`
    /// (`TYPING_FOLDER` is the folder) whenever it is asked for candidates, and writes its arguments to `ran`, whole,
    /// whenever it is run.
    /// - Parameter shell: `bash`, `zsh` or `fish`.
    /// - Parameter program: its name, with which each line begins.
    package static func type(
        _ lines: [String], into shell: String, program: String, folder: TemporaryFolder
    ) throws -> (ran: [String: String], errors: String) {
        let driver = try folder.write("driver.py", text: driver)
        let result = try ChildProcess.run(
            "python3", [driver, shell, folder.path, program], input: Array(lines.joined(separator: "\n").utf8),
            folder: folder.path)
        var ran: [String: String] = [:]
        for line in result.text.split(separator: "\n") {
            let halves = line.split(separator: "\t", maxSplits: 1).map(String.init)
            if halves.count == 2 { ran[halves[0]] = halves[1] }
        }
        return (ran, result.errorText)
    }

    /// Types each line of its input, TAB and Enter, and prints the line and what the program was run with.
    private static let driver = #"""
        import os, pty, sys, time, select
        shell, folder, program = sys.argv[1:]
        env = dict(os.environ, PATH=folder + "/bin:" + os.environ["PATH"], TYPING_FOLDER=folder, HOME=folder,
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
        os.write(terminal, start[1].encode() + program.encode() + b" ready\r")
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
