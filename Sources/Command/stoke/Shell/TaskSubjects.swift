import Facts
import Ledger
import Outreach
import Planning
import Reports
import SQLiteLedger

/// Lines of the list that are no task: held people, and waits that ask whether somebody accepted.
struct TaskSubjects {
    let office: Office

    init(_ office: Office) { self.office = office }

    func settle(_ item: TaskListing.Item, _ outcome: String, _ note: String?) throws {
        switch item.subject {
        case .task: return
        case .hold(let id, let step):
            guard let release = Release(rawValue: outcome) else { throw Failure("\(outcome) settles no hold") }
            try self.release(id, release, step: step)
        case .wait:
            guard outcome == "accepted" else { return }
            try office.record([
                Touchpoint(
                    person: item.personID, kind: .linkedinConnected, at: office.now, recordedAt: office.now,
                    detail: note.map { ["note": .text($0)] } ?? [:])
            ])
        }
    }

    private func release(_ id: Enrollment.ID, _ release: Release, step: String) throws {
        _ = try office.store.commit([.release(id, release, step: step, at: office.now)], epoch: nil)
    }
}
