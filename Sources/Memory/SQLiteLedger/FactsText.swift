import CivilTime
import Facts
import Interchange
import Ledger

/// Facts as the ledger's columns have them: JSON that other programs can read, and that reads back equal.
///
/// Days and instants, which JSON lacks, are `{"$date": 20524}` (days since 1970) and `{"$instant": 1773300000}`.
enum FactsText {
    static func text(_ facts: Record) -> String { json(.record(facts)).compact }

    static func facts(_ text: String) throws(StoreError) -> Record {
        if text == "{}" { return [:] }
        do {
            guard case .record(let record) = value(try JSON(parsing: text)) else {
                throw StoreError.damaged(reason: "facts are no object")
            }
            return record
        } catch let error as StoreError {
            throw error
        } catch {
            throw .damaged(reason: "facts are no JSON")
        }
    }

    static func text(_ names: [String]) -> String { JSON.array(names.map { .string($0) }).compact }

    static func names(_ text: String) throws(StoreError) -> [String] {
        guard let names = (try? JSON(parsing: text))?.array else { throw .damaged(reason: "names are no JSON array") }
        return names.compactMap(\.string)
    }

    /// Counts by name, as a run leaves them.
    static func text(_ counts: [String: Int]) -> String {
        JSON.object(JSONObject(counts.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })).compact
    }

    static func counts(_ text: String) -> [String: Int] {
        let members = (try? JSON(parsing: text))?.object?.members ?? []
        return Dictionary(members.compactMap { member in member.value.integer.map { (member.name, $0) } }) { $1 }
    }

    private static func json(_ value: Value) -> JSON {
        switch value {
        case .missing: .null
        case .bool(let flag): .bool(flag)
        case .integer(let number): .integer(number)
        case .decimal(let number): decimal(number)
        case .text(let text): .string(text)
        case .date(let date): ["$date": .integer(date.dayNumber)]
        case .instant(let instant): ["$instant": .integer(instant.seconds)]
        case .list(let values): .array(values.map(json))
        case .record(let record): .object(JSONObject(record.elements.map { ($0.key, json($0.value)) }))
        }
    }

    /// With a point, so that it reads back as a decimal; what JSON has no number for is absent.
    private static func decimal(_ number: Double) -> JSON {
        JSONNumber(number.description).map { .number($0) } ?? .null
    }

    private static func value(_ json: JSON) -> Value {
        switch json {
        case .null: .missing
        case .bool(let flag): .bool(flag)
        case .number(let number): Self.number(number)
        case .string(let text): .text(text)
        case .array(let values): .list(values.map(value))
        case .object(let object): self.object(object)
        }
    }

    private static func number(_ number: JSONNumber) -> Value {
        if let integer = Int(number.text) { return .integer(integer) }
        return number.double.map { .decimal($0) } ?? .missing
    }

    private static func object(_ object: JSONObject) -> Value {
        if object.members.count == 1, let number = object.members[0].value.integer {
            if object.members[0].name == "$date" { return .date(LocalDate(dayNumber: number)) }
            if object.members[0].name == "$instant" { return .instant(Instant(number)) }
        }
        var record = Record()
        for member in object.members { record[member.name] = value(member.value) }
        return .record(record)
    }
}
