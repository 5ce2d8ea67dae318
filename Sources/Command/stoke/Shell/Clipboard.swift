import Digest
import Host
import Interchange

/// The clipboard of the terminal that a person sits at, wherever this process runs: OSC 52 of xterm, which also ssh carries.
struct Clipboard {
    let environment: Environment

    /// Puts the text there.
    ///
    /// tmux keeps such sequences to itself unless told otherwise, but its own command passes a text on to the terminal
    /// around it and keeps it in a buffer; where that fails, the sequence goes out both plain and wrapped for tmux.
    /// - Returns: what to write to the terminal; empty where nothing has to be.
    func copy(_ text: String) -> String {
        let text = Clipboard.tamed(text)
        let plain = "\u{1B}]52;c;\(Base64.standard.encode(text.utf8))\u{7}"
        if environment.text("TMUX") != nil {
            if givenToTmux(text) { return "" }
            return plain + "\u{1B}Ptmux;\(plain.replacing("\u{1B}", with: "\u{1B}\u{1B}"))\u{1B}\\"
        }
        // GNU screen passes on what it is told to.
        return environment.text("STY") == nil ? plain : "\u{1B}P\(plain)\u{1B}\\"
    }

    private func givenToTmux(_ text: String) -> Bool {
        var tmux = ChildProcess(["tmux", "load-buffer", "-w", "-"], environment: environment)
        tmux.input = Array(text.utf8)
        tmux.timeLimit = .seconds(5)
        return (try? tmux.run())?.status == .exited(0)
    }

    /// Without controls but line ends and tabs: what is pasted must not press keys.
    static func tamed(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { scalar in
                    scalar == "\n" || scalar == "\t"
                        || !(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value))
                }))
    }
}

/// The browser of the machine that a person sits at.
struct Browser {
    let environment: Environment

    /// Opens the page; false where there is no browser here, as at the far end of ssh.
    ///
    /// $BROWSER counts everywhere: editors that work over ssh set it to a way back.
    func open(_ link: String) -> Bool {
        guard Sink.htmlLink(link) != nil, let program else { return false }
        var browser = ChildProcess(program + [link], environment: environment)
        browser.timeLimit = .seconds(10)
        return (try? browser.run())?.status == .exited(0)
    }

    private var program: [String]? {
        if let own = environment.text("BROWSER") { return own.split(separator: " ").map(String.init) }
        let isAway = environment.text("SSH_CONNECTION") != nil || environment.text("SSH_TTY") != nil
        if isAway { return nil }
        #if os(macOS)
            return ["open"]
        #else
            let hasScreen = environment.text("DISPLAY") != nil || environment.text("WAYLAND_DISPLAY") != nil
            return hasScreen ? ["xdg-open"] : nil
        #endif
    }
}
