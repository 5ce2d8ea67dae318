import Interchange

/// The cells of one row under the names of the plan.
struct RowCells {
    let row: CSVRow
    let plan: ColumnPlan

    /// The first of the columns that has anything in it.
    func first(_ places: [Int]) -> Int? { places.first { !row.bytes($0).isEmpty } }

    /// The first column of a field that has a value, its text trimmed.
    func text(_ field: ProspectField) -> (text: String, place: Int)? {
        for place in plan.places[field] ?? [] {
            if row.bytes(place).isEmpty { continue }
            let text = (row[place] ?? "").trimmed
            if !text.isEmpty { return (text, place) }
        }
        return nil
    }

    /// As `text`, for what is no free text: `N/A` and `-` are nothing.
    func value(_ field: ProspectField) -> (text: String, place: Int)? {
        for place in plan.places[field] ?? [] {
            if row.bytes(place).isEmpty { continue }
            let text = (row[place] ?? "").trimmed
            if !text.isPlaceholder { return (text, place) }
        }
        return nil
    }

    /// All values of a field, the best column first; of cells with several (`a ::: b`, `a; b`) each.
    func values(_ field: ProspectField) -> [(text: String, place: Int)] {
        var values: [(String, Int)] = []
        for place in plan.places[field] ?? [] {
            if row.bytes(place).isEmpty { continue }
            let cell = row[place] ?? ""
            guard
                cell.utf8.contains(where: {
                    $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ",")
                })
            else {
                let text = cell.trimmed
                if !text.isPlaceholder { values.append((text, place)) }
                continue
            }
            for part in cell.split(whereSeparator: { $0 == ";" }).flatMap({ $0.split(separator: " ::: ") }) {
                let text = String(part.trimmed)
                if !text.isPlaceholder { values.append((text, place)) }
            }
        }
        return values
    }
}
