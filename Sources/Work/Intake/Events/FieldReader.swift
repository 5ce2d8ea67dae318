import Diagnostics
import Interchange

/// Reads records from CSV with a header, or from JSON lines; the first octet tells which.
struct FieldReader<Failure: Error> {
    private let file: String
    private let chunk: () throws(Failure) -> [UInt8]
    private var csv: CSVReader<Failure>?
    private var header: [String] = []
    private var lines: JSONLines<Failure>?
    private var row = CSVRow()

    init(file: String, chunk: @escaping () throws(Failure) -> [UInt8]) {
        self.file = file
        self.chunk = chunk
    }

    /// Looks at the first octets; the names of the columns of CSV, `nil` of JSON.
    mutating func begin() throws(Failure) -> [String]? {
        let first = try chunk()
        let start = first.starts(with: [0xEF, 0xBB, 0xBF]) ? first.dropFirst(3) : first[...]
        let rest = chunk
        var pending: [UInt8]? = first
        let all = { () throws(Failure) -> [UInt8] in
            guard let bytes = pending else { return try rest() }
            pending = nil
            return bytes
        }
        if start.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
            lines = JSONLines(chunk: all)
            return nil
        }
        var csv = CSVReader(delimiter: nil, chunk: all)
        header = try csv.next()?.texts.map(\.trimmed) ?? []
        self.csv = csv
        return header
    }

    /// The next record; `nil` at the end.
    mutating func next() throws(Failure) -> FieldRow? {
        if lines != nil { return try lines?.next().map { json($0.bytes, line: $0.line) } }
        guard try csv?.next(into: &row) ?? false else { return nil }
        let fields = (0..<min(row.count, header.count)).map { index in
            FieldRow.Field(
                name: header[index], text: (row[index] ?? "").trimmed, place: row.place(of: index, file: file))
        }
        return FieldRow(
            line: row.line, raw: row.raw, problems: row.problems.map { $0.finding(in: row, file: file) },
            fields: fields, place: row.place(of: 0, file: file))
    }

    private func json(_ bytes: [UInt8], line: Int) -> FieldRow {
        var place = SourceText(file: file, bytes: bytes).place(at: 0)
        place.line = line
        var row = FieldRow(line: line, raw: bytes, problems: [], fields: [], place: place)
        do throws(JSONError) {
            let json = try JSON(parsing: bytes, file: file)
            if let object = json.object {
                row.fields = FieldReader.flat(object, "", place)
            } else {
                row.problems = [Finding(.jsonSyntax, "a line holds one object", at: place)]
            }
        } catch {
            var finding = error.finding
            finding.place?.line = line
            row.problems = [finding]
        }
        return row
    }

    /// The members of an object and of those inside it, with dotted names.
    private static func flat(_ object: JSONObject, _ prefix: String, _ place: Place) -> [FieldRow.Field] {
        object.members.flatMap { name, value -> [FieldRow.Field] in
            if let inner = value.object { return flat(inner, prefix + name + ".", place) }
            return text(value).map { [FieldRow.Field(name: prefix + name, text: $0, place: place)] } ?? []
        }
    }

    private static func text(_ value: JSON) -> String? {
        switch value {
        case .string(let text): text.trimmed
        case .number(let number): number.text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}

/// The lines of a file that are not blank.
struct JSONLines<Failure: Error> {
    private let chunk: () throws(Failure) -> [UInt8]
    private var buffer: [UInt8] = []
    private var start = 0
    private var isComplete = false
    private var line = 0

    init(chunk: @escaping () throws(Failure) -> [UInt8]) { self.chunk = chunk }

    /// The next line and its number, from 1; `nil` at the end.
    mutating func next() throws(Failure) -> (bytes: [UInt8], line: Int)? {
        while true {
            if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) ?? (isComplete ? buffer.count : nil) {
                guard start < buffer.count else { return nil }
                let bytes = buffer[start..<end]
                start = min(end + 1, buffer.count)
                line += 1
                if bytes.contains(where: { $0 > 0x20 }) { return (Array(bytes), line) }
                continue
            }
            let more = try chunk()
            isComplete = more.isEmpty
            buffer.removeSubrange(..<start)
            buffer += more
            start = 0
        }
    }
}
