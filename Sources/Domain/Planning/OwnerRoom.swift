package import CivilTime
package import Outreach

/// How many tasks an owner may still get now.
package struct OwnerRoom {
    let owner: Owner
    /// Tasks of any kind since the owner's midnight.
    private(set) var today: Int
    /// Invitations in rolling 7 days.
    private(set) var invites: Int
    /// Invitations with a note in rolling 30 days.
    private(set) var notes: Int

    /// Counts what was opened for the owner, as far as a limit asks for it.
    ///
    /// - Throws: what the view throws.
    package init<View: PlanningView>(of owner: Owner, at now: Instant, in view: View) throws(View.Failure) {
        self.owner = owner
        let midnight = owner.timezone.start(of: owner.timezone.date(at: now))
        today =
            owner.tasksPerDay == nil
            ? 0 : try view.tasksOpened(for: owner.key, kinds: OwnerRoom.counted, since: midnight)
        invites =
            owner.invitesPerWeek == nil
            ? 0 : try view.tasksOpened(for: owner.key, kinds: OwnerRoom.invitations, since: now - OwnerRoom.week)
        notes =
            owner.notesPerMonth == nil
            ? 0 : try view.tasksOpened(for: owner.key, kinds: [.connectNote], since: now - OwnerRoom.month)
    }

    /// Whether a task of this kind still fits.
    func fits(_ kind: OutreachTask.Kind) -> Bool { fullLimit(for: kind) == nil }

    /// How many tasks of this kind fit; `Int.max` without a limit.
    func spare(for kind: OutreachTask.Kind) -> Int { limits(for: kind).map { $0.limit - $0.used }.min() ?? .max }

    /// The limit that keeps a task of this kind off the owner's list now.
    package func fullLimit(for kind: OutreachTask.Kind) -> Constraint.Kind? {
        limits(for: kind).first { $0.used >= $0.limit }?.kind
    }

    /// Every limit of a task of this kind, with how much of it is used.
    func limits(for kind: OutreachTask.Kind) -> [(kind: Constraint.Kind, limit: Int, used: Int)] {
        guard OwnerRoom.counted.contains(kind) else { return [] }
        let isInvitation = OwnerRoom.invitations.contains(kind)
        let all: [(Constraint.Kind, Int?, Int)] = [
            (.tasksPerDay, owner.tasksPerDay, today),
            (.invites, isInvitation ? owner.invitesPerWeek : nil, invites),
            (.notes, kind == .connectNote ? owner.notesPerMonth : nil, notes),
        ]
        return all.compactMap { kind, limit, used in limit.map { (kind, $0, used) } }
    }

    /// Counts a task of this tick.
    mutating func take(_ kind: OutreachTask.Kind) {
        guard OwnerRoom.counted.contains(kind) else { return }
        today += 1
        if OwnerRoom.invitations.contains(kind) { invites += 1 }
        if kind == .connectNote { notes += 1 }
    }

    /// The kinds that count against an owner's day.
    private static let counted: [OutreachTask.Kind] = OutreachTask.Kind.allCases.filter {
        $0 != .approve && $0 != .answer
    }
    static let invitations: [OutreachTask.Kind] = [.connect, .connectNote]

    private static let week = 7 * Int.day
    private static let month = 30 * Int.day

    /// Over how long a rolling limit counts, in seconds; `nil` for the one of a day.
    static func span(of limit: Constraint.Kind) -> Int? {
        switch limit {
        case .invites: week
        case .notes: month
        default: nil
        }
    }
}
