import Ledger
import Outreach

extension Store {
    /// All people at once, forgotten ones left out.
    func everybody() throws(StoreError) -> [Person] {
        var all: [Person] = []
        try pages { all += $0.filter { !$0.isForgotten } }
        return all
    }
}
