#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Arguments
import Diagnostics
import Host
import Interchange

/// Where a command writes: results to standard output, progress and errors to standard error.
struct Output {
    let results: Terminal
    let progress: Terminal

    /// How results may look.
    var style: TerminalStyle { TerminalStyle(isOn: results.hasColour) }
    /// How wide results may be: a terminal's width, else 80 columns.
    var width: Int { results.isTerminal ? results.columns : 80 }

    func print(_ text: String) { Output.write(text.hasSuffix("\n") || text.isEmpty ? text : text + "\n", to: 1) }
    func print(_ bytes: [UInt8]) { Output.write(bytes, to: 1) }
    func print(_ json: JSON) { print(json.pretty) }
    func print(_ table: Table) { print(table.text(width: width, style: style)) }

    /// A line that says what is going on; silent where nobody looks.
    func note(_ text: String) { if progress.isTerminal { Output.write(text + "\n", to: 2) } }

    /// A question, without a line end.
    func ask(_ text: String) { Output.write(text, to: 2) }

    /// A line that must not be missed.
    func warn(_ text: String) { Output.write("stoke: \(text)\n", to: 2) }

    func warn(usage error: UsageError) { Output.write(error.text, to: 2) }

    func show(_ findings: [Finding]) {
        Output.write(FindingText(isColoured: progress.hasColour, lineWidth: progress.columns).text(findings), to: 2)
    }

    func show(_ failure: Failure) {
        warn(Sink.line(failure.message))
        if let hint = failure.hint { Output.write("  hint: \(hint)\n", to: 2) }
    }

    /// Writes all of it; a reader that went away (`stoke tasks | head`) is no error.
    private static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

/// The system's `write`, under a name that the type's own does not hide.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
