import CivilTime
import Facts
import Foundation
import Ledger
import Outreach
import Planning
import SQLiteLedger

/// A sender that is made to be killed: it does what a run does, and its dots are lines in a file.
///
/// Arguments: the ledger's folder, the state's folder, the file of dots, how many people there are.
@main struct Victim {
    static let now = Instant(1_770_000_000)

    static func main() throws {
        let arguments = CommandLine.arguments
        let place = LedgerPlace(folder: arguments[1], state: arguments[2])
        let dots = try Dots(arguments[3])
        let people = Int(arguments[4]) ?? 0
        let lock = try RunLock.take(place, what: "victim")
        let store = try SQLiteStore(place, clock: .pretend)
        let epoch = try store.begin(RunEntry(host: "here", pid: Int(getpid()), version: "0"), at: now)
        for first in stride(from: 1, through: people, by: 5) {
            try send(Array(first..<min(first + 5, people + 1)), store, epoch, dots)
        }
        try store.finish(epoch, counts: [:], exit: 0, at: now)
        withExtendedLifetime(lock) {}
    }

    /// One group of messages: intents, fences, dots, results.
    private static func send(_ rows: [Int], _ store: SQLiteStore, _ epoch: Epoch, _ dots: Dots) throws {
        let intents = rows.map { row in
            Operation.intend(
                MessageEntry(
                    enrollment: Enrollment.ID(row), step: "intro", mailbox: "ana", messageID: "<\(row)@stoke>",
                    date: now,
                    sha256: String(repeating: "0a", count: 32)))
        }
        let messages = zip(rows, try store.commit(intents, epoch: epoch)).compactMap { row, outcome in
            if case .row(let message, _) = outcome { (row: row, message: message) } else { nil }
        }
        let day = LocalDate(dayNumber: 20_486)
        let fences = messages.map { Operation.fence(message: $0.message, at: now, day: day) }
        let granted = zip(messages, try store.commit(fences, epoch: epoch)).filter { $1 == .granted(true) }.map(\.0)
        for sent in granted { dots.write(sent.row) }
        let results = granted.map {
            Operation.settle(message: $0.message, Settlement(state: .sent, reply: "250 Ok"), at: now)
        }
        _ = try store.commit(results, epoch: epoch)
    }
}

/// What a server would have taken: a line for each dot, written at once.
final class Dots {
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        if descriptor < 0 { throw CocoaError(.fileWriteUnknown) }
    }

    func write(_ row: Int) {
        let line = Array("\(row)\n".utf8)
        _ = Foundation.write(descriptor, line, line.count)
    }
}
