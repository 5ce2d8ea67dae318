import Ledger
import Outreach

extension Store {
    /// All people in pages, forgotten ones left out: a million are walked through in the memory of a page.
    func pages(_ body: ([Person]) throws -> Void) throws {
        var after: Person.ID?
        repeat {
            let page = try people(after: after, limit: 1000)
            after = page.last?.id
            try body(page.filter { !$0.isForgotten })
        } while after != nil
    }

    /// All people at once, forgotten ones left out.
    func everybody() throws(StoreError) -> [Person] {
        var all: [Person] = []
        while true {
            let page = try people(after: all.last?.id, limit: 1000)
            all += page
            if page.count < 1000 { return all.filter { !$0.isForgotten } }
        }
    }
}
