package import Ledger
package import Outreach
import Planning

/// Walks all people of a ledger.
package enum Everybody {
    /// Calls `body` with everybody's history, by row, as of one moment.
    ///
    /// - Throws: `StoreError`.
    package static func each(in store: some Store, _ body: (History) throws(StoreError) -> Void) throws(StoreError) {
        try store.steady { (view) throws(StoreError) in
            try view.pages { (people) throws(StoreError) in
                for person in people { try body(try view.history(of: person.id)) }
            }
        }
    }
}
