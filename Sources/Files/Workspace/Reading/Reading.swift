import CivilTime
import Diagnostics
import Facts

/// The reading of one file: what it is checked against, and what was found so far.
final class Reading {
    let source: SourceText
    let surroundings: Surroundings
    /// The facts that criteria may ask for here.
    var facts: FactCatalogue
    let calendars: CalendarFiles
    /// The workspace's zone, for what names none.
    var timezone: Zone = .utc
    private(set) var findings: [Finding]
    /// The hint of whatever is wrong with a value and has none of its own.
    private(set) var usualHint: String?

    init(_ document: YAMLDocument, _ surroundings: Surroundings, _ calendars: CalendarFiles, facts: FactCatalogue) {
        source = document.source
        findings = document.findings
        self.surroundings = surroundings
        self.calendars = calendars
        self.facts = facts
    }

    /// Notes that something is wrong at the octets `range`.
    func report(
        _ code: FindingCode, _ message: String, at range: Range<Int>, hint: String? = nil, notes: [Finding.Note] = []
    ) {
        findings.append(Finding(code, message, at: source.place(range), hint: hint, notes: notes))
    }

    /// Notes that a value is not what its key takes.
    func mismatch(_ node: Node, expected: String, hint: String? = nil) {
        if case .refused = node.content { return }
        report(.wrongValue, "expected \(expected), found \(node.shown)", at: node.caret, hint: hint ?? usualHint)
    }

    /// Reads a value with a hint for whatever is wrong with it and has none of its own.
    func hinting<Value>(_ hint: String, _ read: () -> Value) -> Value {
        let before = usualHint
        usualHint = hint
        defer { usualHint = before }
        return read()
    }
}

extension Node {
    /// What was written, for a sentence: `"abc"`, `a list`.
    var shown: String {
        guard let text else { return kindName }
        let first = text.prefix { $0 != "\n" }
        return first.count > 60 || first.count < text.count ? "\"\(first.prefix(60))…\"" : "\"\(text)\""
    }

    /// The octets a caret underlines: a text whole, a collection at its first octet, for its end is lines away.
    var caret: Range<Int> {
        switch content {
        case .list, .mapping: range.lowerBound..<range.lowerBound + 1
        case .text, .nothing, .refused: range
        }
    }
}
