import Ledger
import Outreach

/// How many people are on their way, and who of them waits for a mailbox that is not there.
struct ActiveWays {
    private(set) var count = 0
    /// By the name of a mailbox that the applied files do not have; its people never switch to another.
    private(set) var stranded: [String: Int] = [:]

    /// - Parameter sequence: `nil` counts all of them.
    init(of sequence: String? = nil, in store: some Store, _ model: Model) throws(StoreError) {
        var last: Enrollment.ID?
        while true {
            let page = try store.enrollments(sequence: sequence, state: .active, after: last, limit: 1000)
            count += page.count
            for mailbox in page.compactMap(\.mailbox) where model.mailboxes[mailbox] == nil {
                stranded[mailbox, default: 0] += 1
            }
            guard page.count == 1000, let end = page.last else { return }
            last = end.id
        }
    }
}
