package import Mail
package import Outreach

/// What the runner asks of the world.
package struct RunWorld: Sendable {
    /// The account of a mailbox and the way its mail leaves.
    package var route: @Sendable (Mailbox) -> (account: Account, transport: any Transport)
    /// The account whose Sent folder gets copies of a mailbox's mails; `nil` where somebody else keeps them.
    package var copies: @Sendable (Mailbox) -> Account?
    /// The time, for sends and their results.
    package var clock: WallClock
    /// Whether somebody asked us to stop.
    package var isStopping: @Sendable () -> Bool

    /// A world; without `copies` nobody's Sent folder is written to.
    package init(
        route: @escaping @Sendable (Mailbox) -> (account: Account, transport: any Transport),
        copies: @escaping @Sendable (Mailbox) -> Account? = { _ in nil },
        clock: @escaping WallClock, isStopping: @escaping @Sendable () -> Bool
    ) {
        self.route = route
        self.copies = copies
        self.clock = clock
        self.isStopping = isStopping
    }
}
