import Host
import Ledger

/// Where a ledger lives, and where the mark beside it that a restored copy does not have.
package struct LedgerPlace: Sendable, Hashable {
    /// `.stoke/` of the workspace.
    package var folder: String
    /// Outside the workspace: `${STOKE_STATE:-~/.local/state/stoke}`.
    package var state: String

    package init(folder: String, state: String) {
        self.folder = folder
        self.state = state
    }

    /// The database.
    package var file: String { Paths.join(folder, "ledger.db") }
    /// Whose `flock` stands around every write transaction and checkpoint.
    var gate: String { Paths.join(folder, "write") }
    /// Says, once a ledger was born here, that there must be one.
    var birthmark: String { Paths.join(folder, "workspace") }
    /// What the holder of the run lock says of itself.
    var runNote: String { Paths.join(folder, "run") }

    /// Whether a ledger was born here, readable or not.
    package var hasLedger: Bool { Files.exists(file) || Files.exists(birthmark) }

    /// Takes the write gate, waited for up to 10 seconds.
    func takeGate() throws(StoreError) -> FileLock {
        let seconds = 10
        do throws(HostError) {
            if let lock = try FileLock.wait(gate, seconds: Double(seconds)) { return lock }
        } catch { throw StoreError(error) }
        throw .busy(seconds: seconds)
    }

    /// Looks at something while nobody writes.
    func insideGate<T>(_ body: () -> T) throws(StoreError) -> T {
        let gate = try takeGate()
        defer { withExtendedLifetime(gate) {} }
        return body()
    }
}

/// Which clock a ledger was born under; facts of both never mix.
package enum LedgerClock: String, Sendable, Hashable, CaseIterable {
    case real, pretend
}

extension StoreError {
    init(_ error: HostError) {
        if case .networkFileSystem = error.reason {
            self = .networkFileSystem(path: error.subject)
        } else {
            self = .unreadable(path: error.subject, reason: error.reason.description)
        }
    }
}
