import CivilTime
import Facts
import Interchange
package import Ledger
import Outreach

/// LinkedIn's own Connections.csv as acceptances of people who are known.
package enum ConnectionsFile {
    /// Who of the file's people is known: by LinkedIn page or address, else by a name and company that only one has.
    ///
    /// - Returns: the acceptances, and how many of the file's people nobody here knows.
    package static func known<Failure: Error>(
        _ file: inout ProspectFile<Failure>, in store: any Store
    ) throws(ImportFailure<Failure>) -> (connections: [ImportReport.Connection], unknown: Int) {
        var connections: [ImportReport.Connection] = []
        var unknown = 0
        guard let plan = file.plan else { return ([], 0) }
        while true {
            let judgement: ProspectFile<Failure>.Judgement?
            do throws(Failure) { judgement = try file.next() } catch { throw .file(error) }
            guard let judgement else { return (connections, unknown) }
            guard case .good(let identity, _) = judgement,
                let day = plan.connectedOn.flatMap({ file.row[$0] }).flatMap(ConnectionDay.read)
            else { continue }
            do throws(StoreError) {
                var person = try store.person(knownBy: identity)
                if person == nil { person = try namesake(RowCells(row: file.row, plan: plan), store) }
                if let person, !person.isForgotten {
                    connections.append(ImportReport.Connection(person: person.id, day: day))
                } else {
                    unknown += 1
                }
            } catch {
                throw .store(error)
            }
        }
    }

    private static func namesake(_ cells: RowCells, _ store: any Store) throws(StoreError) -> Person? {
        guard let company = cells.text(.companyName)?.text.lowercased() else { return nil }
        let name = [cells.text(.firstName)?.text, cells.text(.lastName)?.text].compactMap { $0 }.joined(separator: " ")
        let people = try store.people(matching: name, limit: 5).filter { person in
            person.displayName.lowercased() == name.lowercased()
                && person.facts[path: ["company", "name"]]?.plainText?.lowercased() == company
        }
        return people.count == 1 ? people[0] : nil
    }
}
