import Diagnostics
import Interchange

/// One record of a file of events or suppressions: named texts, from CSV or JSON alike.
struct FieldRow {
    /// Where it starts in the file, from 1.
    var line: Int
    /// As it stands in the file.
    var raw: [UInt8]
    /// What is wrong with its form.
    var problems: [Finding]
    var fields: [Field]
    /// Where the record is.
    var place: Place

    struct Field {
        /// As the file spells it; of a JSON object inside another one `lead.email`.
        var name: String
        var text: String
        var place: Place

        /// What it is looked up by: the last part of the name, without case and signs.
        var key: String { ProspectField.squeezed(name.split(separator: ".").last.map(String.init) ?? name) }

        /// What it says of a person, by its whole name, else by the last part of it.
        var known: (field: ProspectField, rank: Int)? {
            ProspectField(rawValue: name.lowercased()).map { ($0, -1) } ?? ProspectField.find(key)
        }
    }

    /// The first of the fields called so that has a value.
    func value(_ keys: [String]) -> Field? {
        for key in keys {
            if let field = fields.first(where: { $0.key == key && !$0.text.isPlaceholder }) { return field }
        }
        return nil
    }

    /// The best field that says this of a person.
    func value(_ wanted: ProspectField) -> Field? {
        var best: (field: Field, rank: Int)?
        for field in fields where !field.text.isPlaceholder {
            guard let known = field.known, known.field == wanted else { continue }
            if best.map({ known.rank < $0.rank }) ?? true { best = (field, known.rank) }
        }
        return best?.field
    }
}
