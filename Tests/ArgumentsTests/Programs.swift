import TestKit

/// What is installed here.
enum Programs {
    static func has(_ name: String) -> Bool {
        (try? ChildProcess.run("sh", ["-c", "command -v \(name)"]))?.status == 0
    }
}
