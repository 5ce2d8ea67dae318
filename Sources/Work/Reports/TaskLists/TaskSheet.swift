package import Diagnostics
import Interchange

/// What a person ticked in a Markdown list or filled in in a CSV one.
package struct TaskSheet: Sendable {
    /// One outcome that somebody chose.
    package struct Tick: Sendable, Hashable {
        /// As the file has it, in lower case.
        package var code: String
        /// The word of the box, or of the column `outcome`.
        package var outcome: String
        /// What stands behind the colon, or in the column `note`; `nil`: nothing.
        package var note: String?
        /// The mark of the text that the list shows, where an approval is ticked.
        package var mark: String?
        /// Where it stands in the file.
        package var place: Place

        package init(code: String, outcome: String, note: String?, mark: String? = nil, place: Place) {
            self.code = code
            self.outcome = outcome
            self.note = note
            self.mark = mark
            self.place = place
        }
    }

    /// One a task, in the order of the file; none for a task with findings.
    package private(set) var ticks: [Tick] = []
    /// Boxes and rows that can't be read.
    package private(set) var findings: [Finding] = []

    /// Reads the ticked boxes, "- [x] `k7f2` sent: note", of a Markdown file; text in code fences is none.
    package init(markdown text: String, file: String) {
        let source = SourceText(file: file, text: text)
        var fence = 0
        var offset = 0
        var found: [Tick] = []
        for line in source.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            defer { offset += line.count + 1 }
            let marks = line.drop { $0 == UInt8(ascii: " ") }.prefix { $0 == UInt8(ascii: "`") }.count
            if fence > 0 {
                if marks >= fence, line.allSatisfy({ $0 == UInt8(ascii: "`") || $0 <= 0x20 }) { fence = 0 }
            } else if marks >= 3 {
                fence = marks
            } else if let tick = TaskSheet.tick(String(decoding: line, as: UTF8.self)) {
                let place = source.place(offset..<offset + line.count)
                found.append(
                    Tick(code: tick.code, outcome: tick.outcome, note: tick.note, mark: tick.mark, place: place))
            }
        }
        keepOne(found)
    }

    /// Reads the rows with an outcome of a CSV file whose first row names the columns `code` and `outcome`.
    package init(csv bytes: [UInt8], file: String) {
        var reader = CSVReader(bytes: bytes, delimiter: nil)
        guard let heading = reader.next() else { return }
        let names = heading.texts.map { Sink.line($0).lowercased() }
        guard let code = names.firstIndex(of: "code"), let outcome = names.firstIndex(of: "outcome") else {
            let place = heading.place(of: 0, file: file)
            findings = [Finding(.taskSheetColumns, "a task list needs the columns code and outcome", at: place)]
            return
        }
        let (note, mark) = (names.firstIndex(of: "note"), names.firstIndex(of: "mark"))
        var found: [Tick] = []
        var row = CSVRow()
        while reader.next(into: &row) {
            findings += row.problems.map { $0.finding(in: row, file: file) }
            let cell = { (index: Int) in Sink.line(row[index] ?? "") }
            guard !cell(outcome).isEmpty, !cell(code).isEmpty else { continue }
            let (said, shown) = (note.map(cell) ?? "", mark.map(cell) ?? "")
            found.append(
                Tick(
                    code: cell(code).lowercased(), outcome: cell(outcome), note: said.isEmpty ? nil : said,
                    mark: shown.isEmpty ? nil : shown, place: row.place(of: outcome, file: file)))
        }
        keepOne(found)
    }

    /// The same tick twice is one; two different ones are a finding and count for nothing.
    private mutating func keepOne(_ found: [Tick]) {
        var first: [String: Tick] = [:]
        var refused: Set<String> = []
        for tick in found {
            guard let earlier = first[tick.code] else {
                first[tick.code] = tick
                continue
            }
            guard earlier.outcome != tick.outcome else { continue }
            refused.insert(tick.code)
            findings.append(
                Finding(
                    .taskTwoTicks, "\(tick.code) has a second outcome, \(tick.outcome)", at: tick.place,
                    hint: "leave one of them ticked",
                    notes: [Finding.Note("the first one is \(earlier.outcome)", at: earlier.place)]))
        }
        var seen: Set<String> = []
        ticks = found.filter { !refused.contains($0.code) && seen.insert($0.code).inserted }
    }

    /// "- [x] `CODE` OUTCOME", with a text's mark behind an approval and a note after a colon; `nil` for every other line.
    private static func tick(_ line: String) -> (code: String, outcome: String, note: String?, mark: String?)? {
        var text = line.drop { $0 == " " || $0 == "\t" }
        guard let bullet = text.first, "-*+".contains(bullet) else { return nil }
        text = text.dropFirst().drop { $0 == " " }
        guard text.hasPrefix("[x]") || text.hasPrefix("[X]") else { return nil }
        let parts = text.dropFirst(3).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let names = (parts.first ?? "").split { $0.isWhitespace || $0 == "`" }
        guard names.count == 2 || names.count == 3 else { return nil }
        let note = parts.count > 1 ? parts[1].split(whereSeparator: \.isWhitespace).joined(separator: " ") : ""
        let mark = names.count == 3 ? String(names[2]) : nil
        return (names[0].lowercased(), String(names[1]), note.isEmpty ? nil : note, mark)
    }
}
