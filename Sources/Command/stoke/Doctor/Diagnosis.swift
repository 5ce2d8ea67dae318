import Diagnostics
import Interchange

/// One thing that `doctor` looked at.
struct Diagnosis: Sendable {
    enum Verdict: String, Sendable {
        case fine = "ok"
        /// Worth a look; nothing stops.
        case look
        /// Mail stops, gets lost or leaks until it is mended.
        case wrong
    }

    /// What it belongs to: `workspace`, `machine`, `domain acme.example`, `mailbox ana`.
    var area: String
    /// What was looked at: `SPF`, `disk`.
    var subject: String
    var verdict: Verdict
    /// What is so, in lower case.
    var message: String
    /// What to do about it; `nil` where nothing is to be done.
    var remedy: String?

    static func fine(_ area: String, _ subject: String, _ message: String) -> Diagnosis {
        Diagnosis(area: area, subject: subject, verdict: .fine, message: message)
    }

    static func look(_ area: String, _ subject: String, _ message: String, do remedy: String) -> Diagnosis {
        Diagnosis(area: area, subject: subject, verdict: .look, message: message, remedy: remedy)
    }

    static func wrong(_ area: String, _ subject: String, _ message: String, do remedy: String) -> Diagnosis {
        Diagnosis(area: area, subject: subject, verdict: .wrong, message: message, remedy: remedy)
    }
}

/// All that `doctor` found, as it is shown.
struct Checkup {
    var diagnoses: [Diagnosis]

    var wrong: Int { diagnoses.count { $0.verdict == .wrong } }
    var look: Int { diagnoses.count { $0.verdict == .look } }

    /// A line each under its area, what to do beneath it, and a last line that counts.
    func text(width: Int, style: TerminalStyle) -> String {
        let column = (diagnoses.map { DisplayText.width($0.subject) }.max() ?? 0) + 10
        var lines: [String] = []
        var area = ""
        for diagnosis in diagnoses {
            if diagnosis.area != area {
                area = diagnosis.area
                lines += (lines.isEmpty ? [] : [""]) + [style.bold(Sink.line(area))]
            }
            lines += self.lines(diagnosis, column: column, width: width, style: style)
        }
        return (lines + ["", total]).joined(separator: "\n")
    }

    private func lines(_ diagnosis: Diagnosis, column: Int, width: Int, style: TerminalStyle) -> [String] {
        let room = max(20, width - column)
        let spaces = String(repeating: " ", count: column)
        let said = DisplayText.wrapped(diagnosis.message, to: room)
        let head = "  " + painted(diagnosis.verdict, style) + DisplayText.padded(diagnosis.subject, to: column - 8)
        let first = head + (said.first ?? "")
        let remedy = diagnosis.remedy.map { DisplayText.wrapped("-> \($0)", to: room) } ?? []
        return [first] + (said.dropFirst() + remedy).map { spaces + $0 }
    }

    private func painted(_ verdict: Diagnosis.Verdict, _ style: TerminalStyle) -> String {
        let word = DisplayText.padded(verdict.rawValue, to: 6)
        return switch verdict {
        case .fine: style.green(word)
        case .look: style.yellow(word)
        case .wrong: style.red(word)
        }
    }

    private var total: String {
        if wrong == 0, look == 0 { return "all \(diagnoses.count) are well" }
        return [wrong > 0 ? "\(wrong) wrong" : nil, look > 0 ? "\(look) to look at" : nil].compactMap { $0 }
            .joined(separator: ", ") + " of \(diagnoses.count)"
    }

    var json: JSON {
        let checks = diagnoses.map { diagnosis -> JSON in
            [
                "area": .string(diagnosis.area), "subject": .string(diagnosis.subject),
                "verdict": .string(diagnosis.verdict.rawValue), "message": .string(diagnosis.message),
                "remedy": .text(diagnosis.remedy),
            ]
        }
        return ["checks": .array(checks), "wrong": .integer(wrong), "look": .integer(look)]
    }
}
