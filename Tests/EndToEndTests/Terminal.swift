import Foundation
import TestKit

/// The built command on a terminal of its own, with a person at it.
struct TerminalSession {
    /// What to wait for, and what to do then.
    struct Step {
        var expect: String
        var send: String?
        var signal: Int32?
        /// The command stops itself after that, as by Ctrl-Z, and is let go on.
        var stops = false
        /// The terminal is made so wide first.
        var columns: Int?

        init(_ expect: String, _ send: String? = nil, signal: Int32? = nil, stops: Bool = false, columns: Int? = nil) {
            self.expect = expect
            self.send = send
            self.signal = signal
            self.stops = stops
            self.columns = columns
        }
    }

    var output: String
    /// Negative: the signal that ended it.
    var status: Int
    /// Whether the terminal is set as before.
    var isRestored: Bool
    /// The first expected text that never came.
    var missed: String?
    /// Whether keys were taken unseen at the first step.
    var isHidden: Bool
    /// Whether the terminal was as before while the command was stopped.
    var wasRestoredWhileStopped: Bool
    /// What was put on the clipboard.
    var copied: [String]

    /// The output without escape sequences.
    var text: String {
        output.replacing("\r\n", with: "\n").replacing(/\u{1B}\[[0-9;?]*[A-Za-z]|\u{1B}\][^\u{07}]*\u{07}/, with: "")
    }
}

extension Stoke {
    /// Runs a command of the workspace on a terminal.
    func terminal(
        _ arguments: [String], now: String? = nil, environment: [String: String] = [:], columns: Int = 80,
        _ steps: [TerminalSession.Step]
    ) throws -> TerminalSession {
        var variables = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
            "STOKE_STATE": folder.path("state"), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
        ]
        variables.merge(environment) { $1 }
        let clock = (now ?? self.now).map { ["--now", $0] } ?? []
        let plan: [String: Any] = [
            "command": [Stoke.binary] + arguments + clock, "environment": variables, "folder": path,
            "columns": columns, "limit": 120,
            "steps": steps.map { step in
                var object: [String: Any] = ["expect": step.expect, "stopped": step.stops]
                object["send"] = step.send
                object["signal"] = step.signal.map { Int($0) }
                object["columns"] = step.columns
                return object
            },
        ]
        let script = Stoke.root.appending(path: "Tests/Fixtures/terminal.py").path(percentEncoded: false)
        let result = try ChildProcess.run(
            "python3", [script], input: Array(try JSONSerialization.data(withJSONObject: plan)))
        guard result.status == 0,
            let said = try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any]
        else { throw ChildProcess.Failed(status: result.status, errors: result.errorText) }
        return TerminalSession(
            output: said["output"] as? String ?? "", status: said["status"] as? Int ?? 0,
            isRestored: said["restored"] as? Bool ?? false, missed: said["missed"] as? String,
            isHidden: said["hidden"] as? Bool ?? false, wasRestoredWhileStopped: said["stopped"] as? Bool ?? false,
            copied: said["copied"] as? [String] ?? [])
    }
}
