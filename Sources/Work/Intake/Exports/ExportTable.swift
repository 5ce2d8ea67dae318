import CivilTime
package import Facts
import Interchange

/// How an export is written.
package enum ExportFormat: String, Sendable, Hashable, CaseIterable {
    /// With a line of names; cells that a spreadsheet would run are guarded, and come back equal on import.
    case csv
    /// An object a line.
    case json
}

/// Writes rows of named values as CSV or JSON lines, in pieces.
package struct ExportTable: Sendable {
    /// The names of the columns, in order.
    package let columns: [String]
    private let format: ExportFormat
    private var csv = CSVWriter()
    private var lines: [UInt8] = []

    /// A table of these columns, empty but for what its format begins with.
    package init(_ columns: [String], format: ExportFormat) {
        self.columns = columns
        self.format = format
        if format == .csv { csv.write(columns) }
    }

    /// Adds a row; a value that is missing is an empty cell, and no member of the object.
    package mutating func write(_ value: (String) -> Value?) {
        switch format {
        case .csv: csv.write(columns.map { ExportTable.text(value($0) ?? .missing) })
        case .json:
            let members = columns.compactMap { column in
                value(column).flatMap { $0.isBlank ? nil : (column, ExportTable.json($0)) }
            }
            JSON.object(JSONObject(members)).write(into: &lines)
            lines.append(UInt8(ascii: "\n"))
        }
    }

    /// What was written since the last call.
    package mutating func take() -> [UInt8] {
        if format == .csv { return csv.take() }
        defer { lines.removeAll(keepingCapacity: true) }
        return lines
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .missing: ""
        case .date(let date): date.description
        case .instant(let instant): instant.description
        case .list(let values): values.map(text).joined(separator: "; ")
        case .record: json(value).compact
        default: value.plainText ?? ""
        }
    }

    private static func json(_ value: Value) -> JSON {
        switch value {
        case .missing: .null
        case .bool(let flag): .bool(flag)
        case .integer(let number): .integer(number)
        case .decimal(let number): .decimal(number)
        case .text(let text): .string(text)
        case .date(let date): .string(date.description)
        case .instant(let instant): .string(instant.description)
        case .list(let values): .array(values.map(json))
        case .record(let record): .object(JSONObject(record.elements.map { ($0.key, json($0.value)) }))
        }
    }
}
