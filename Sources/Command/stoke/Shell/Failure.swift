import Diagnostics

/// Why a command stopped, in words for a person, with the status a script sees (sysexits).
struct Failure: Error {
    /// In lower case, without a full stop.
    var message: String
    /// The way on, usually the next command.
    var hint: String?
    var status: ExitStatus

    init(_ message: String, hint: String? = nil, status: ExitStatus = .failed) {
        self.message = message
        self.hint = hint
        self.status = status
    }
}

/// What a command's end tells a script.
enum ExitStatus: Int32 {
    case fine = 0
    /// Something failed, and the output said which.
    case failed = 1
    /// `--detailed-exitcode`: something would change.
    case wouldChange = 2
    case usage = 64
    /// Findings in the files.
    case findings = 65
    /// Another run holds the lock.
    case locked = 75
    /// Home, permissions or policy.
    case refused = 77
}
