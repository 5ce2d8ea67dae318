#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The machine said no: what was tried, on what, and what it answered.
package struct HostError: Error, Sendable, Hashable {
    /// What was tried.
    package enum Attempt: String, Sendable, Hashable {
        case read, write, create, list, lock, remove, inspect
        case readSecret = "read the secret"
        case run
        case open = "open a pipe"
        case startThread = "start a thread"
    }

    /// Why it failed.
    package enum Reason: Sendable, Hashable {
        /// The system's error number.
        case system(errno: Int32)
        /// More octets than `limit`.
        case tooLarge(limit: Int)
        /// A folder, a pipe or a device where a file is needed.
        case notAFile
        /// A file system on which locks and `fsync` can't be trusted.
        case networkFileSystem(kind: String)
        /// Others may read it; `mode` has the permission bits.
        case tooOpen(mode: UInt32)
        /// Another user owns it.
        case foreignOwner(user: UInt32)
        /// Not done after so many seconds; the child was killed.
        case timedOut(seconds: Int)
        /// Somebody asked this process to stop; the child was killed.
        case cancelled
        /// The child's exit status, with the first line it wrote to stderr.
        case exited(status: Int32, complaint: String)
        /// The signal that ended the child.
        case signalled(Int32)
        /// The environment has no variable of this name.
        case noVariable(name: String)
        /// There is nothing in it.
        case empty
        /// Not a name of one file: it has a slash or is `..`.
        case badName
    }

    /// What was tried.
    package var attempt: Attempt
    /// The path, the command's name or the variable's name. Never a secret.
    package var subject: String
    /// Why it failed.
    package var reason: Reason

    package init(_ attempt: Attempt, _ subject: String, _ reason: Reason) {
        self.attempt = attempt
        self.subject = subject
        self.reason = reason
    }

    /// The error that `errno` has now.
    init(_ attempt: Attempt, _ subject: String) {
        self.init(attempt, subject, .system(errno: errno))
    }

    /// Whether the file or folder is not there.
    package var isMissing: Bool { reason == .system(errno: ENOENT) }

    /// Whether this user may not.
    package var isRefused: Bool { [.system(errno: EACCES), .system(errno: EPERM)].contains(reason) }
}

extension HostError: CustomStringConvertible {
    /// `can't read stoke.yaml: No such file or directory`.
    package var description: String { "can't \(attempt.rawValue) \(subject): \(reason)" }
}

extension HostError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let number): String(cString: strerror(number))
        case .tooLarge(let limit): "it is larger than \(limit) bytes"
        case .notAFile: "it is not a regular file"
        case .networkFileSystem(let kind): "it is on a network file system (\(kind)), where locks do not hold"
        case .tooOpen(let mode): "others may read it (mode \(String(mode, radix: 8))); chmod 600 closes it"
        case .foreignOwner(let user): "it belongs to another user (uid \(user))"
        case .timedOut(let seconds): "not done after \(seconds) s"
        case .cancelled: "we were asked to stop"
        case .exited(let status, let complaint):
            "it ended with status \(status)" + (complaint.isEmpty ? "" : ": \(complaint)")
        case .signalled(let signal): "signal \(signal) ended it"
        case .noVariable(let name): "the environment has no \(name)"
        case .empty: "it is empty"
        case .badName: "it is not the name of a file"
        }
    }
}
