#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Arguments
import Delivery
import Diagnostics
import Host
import Interchange
import Synchronization

/// Where a command writes: results to standard output, progress and errors to standard error.
struct Output {
    let results: Terminal
    let progress: Terminal
    /// Whether everything got out.
    let loss = LostOutput()

    /// How results may look.
    var style: TerminalStyle { TerminalStyle(isOn: results.hasColour) }
    /// How wide results may be: a terminal's width, else 80 columns.
    var width: Int { results.isTerminal ? results.columns : 80 }

    func print(_ text: String) { write(text.hasSuffix("\n") || text.isEmpty ? text : text + "\n", to: 1) }
    func print(_ bytes: [UInt8]) { write(bytes, to: 1) }
    func print(_ json: JSON) { print(json.pretty) }
    func print(_ table: Table) { print(table.text(width: width, style: style)) }

    /// A line that says what is going on; silent where nobody looks.
    func note(_ text: String) { if progress.isTerminal { write(text + "\n", to: 2) } }

    /// A piece of a dialogue, without a line end.
    func show(_ text: String) { write(text, to: 1) }

    /// A question, without a line end.
    func ask(_ text: String) { write(text, to: 2) }

    /// A line that must not be missed.
    func warn(_ text: String) { write("stoke: \(text)\n", to: 2) }

    /// A failed delivery: what happened, whose fault it is, what was done, what to do.
    func warn(_ failure: FailureText) {
        warn(Sink.line(failure.what))
        for (name, text) in [("fault", failure.fault), ("done ", failure.done), ("next ", failure.next)] {
            write("  \(name)  \(Sink.line(text))\n", to: 2)
        }
    }

    func warn(usage error: UsageError) { write(error.text, to: 2) }

    func show(_ findings: [Finding]) {
        write(FindingText(isColoured: progress.hasColour, lineWidth: progress.columns).text(findings), to: 2)
    }

    func show(_ failure: Failure) {
        warn(Sink.line(failure.message))
        if let hint = failure.hint { write("  hint: \(hint)\n", to: 2) }
    }

    /// Writes all of it, or remembers why not: what was done is done, and the end of the command says so.
    private func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    private func write(_ bytes: [UInt8], to descriptor: Int32) {
        guard descriptor != 1 || loss.why == nil else { return }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                if descriptor == 1 { loss.note(errno) }
                return
            }
        }
    }
}

/// What became of results that could not be written.
final class LostOutput: Sendable {
    private let number = Mutex<Int32?>(nil)

    /// Why results were lost; `nil` where none were. A reader that went away (`stoke tasks | head`) has all it wanted.
    var why: Int32? { number.withLock { $0 } }

    func note(_ error: Int32) { number.withLock { $0 = $0 ?? error } }

    /// In words; `nil` where nobody misses anything.
    var words: String? {
        guard let why, why != EPIPE else { return nil }
        return String(cString: strerror(why))
    }
}

/// The system's `write`, under a name that the type's own does not hide.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
