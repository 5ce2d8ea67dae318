package import Ledger
package import Outreach
import Planning

/// Walks all people of a ledger in pages.
package enum Everybody {
    /// Calls `body` with everybody's history, by row.
    ///
    /// - Throws: `StoreError`.
    package static func each(in store: any Store, _ body: (History) throws(StoreError) -> Void) throws(StoreError) {
        var after: Person.ID?
        repeat {
            let page = try store.people(after: after, limit: 500)
            for person in page { try body(try store.history(of: person.id)) }
            after = page.last?.id
        } while after != nil
    }
}
