import CivilTime
import Outreach

/// How many tasks an owner may still get now.
struct OwnerRoom {
    let owner: Owner
    let now: Instant
    /// Tasks of any kind since the owner's midnight.
    var today: Int
    /// Invitations in rolling 7 days.
    var invites: Int
    /// Invitations with a note in rolling 30 days.
    var notes: Int

    /// Whether a task of this kind still fits.
    func fits(_ kind: OutreachTask.Kind) -> Bool {
        guard OwnerRoom.counted.contains(kind) else { return true }
        if let limit = owner.tasksPerDay, today >= limit { return false }
        if [.connect, .connectNote].contains(kind), let limit = owner.invitesPerWeek, invites >= limit { return false }
        if kind == .connectNote, let limit = owner.notesPerMonth, notes >= limit { return false }
        return true
    }

    /// Counts a task of this tick.
    mutating func take(_ kind: OutreachTask.Kind) {
        guard OwnerRoom.counted.contains(kind) else { return }
        today += 1
        if [.connect, .connectNote].contains(kind) { invites += 1 }
        if kind == .connectNote { notes += 1 }
    }

    /// The kinds that count against an owner's day.
    static let counted: [OutreachTask.Kind] = OutreachTask.Kind.allCases.filter { $0 != .approve && $0 != .answer }
}
