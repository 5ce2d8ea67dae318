/// What was said over a connection for one message: commands by name, replies in full, and what the fence said.
///
/// Kept as it came; its lines are made where somebody asks.
package struct Transcript: Sendable {
    private enum Entry {
        case command(WirePhase)
        case reply(Reply)
        case fence(isGranted: Bool)
    }

    private var entries: [Entry] = []

    package init() {}

    mutating func wrote(_ command: WirePhase) { add(.command(command)) }
    mutating func read(_ reply: Reply) { add(.reply(reply)) }
    mutating func fenced(_ isGranted: Bool) { add(.fence(isGranted: isGranted)) }

    /// All of it in order: `MAIL`, `250 2.1.0 Ok`, `fence granted`.
    package var lines: [String] {
        entries.map { entry in
            switch entry {
            case .command(.reset): "RSET"
            case .command(let phase): phase.rawValue.uppercased()
            case .reply(let reply): reply.text
            case .fence(let isGranted): isGranted ? "fence granted" : "fence refused"
            }
        }
    }

    private mutating func add(_ entry: Entry) {
        // As many as a message has that goes well.
        if entries.isEmpty { entries.reserveCapacity(8) }
        entries.append(entry)
    }
}
