import CivilTime
import Host
import Interchange
import Outreach
import Planning
import SQLiteLedger

/// What a turn must know of the applied model to see that nothing is due, kept beside the ledger.
///
/// Reading it costs a small file, reading the model all of the workspace's. It stands while the hash of the applied files
/// does; it is written by a turn that read the model, and whoever loses it loses nothing.
struct ModelOutline: Equatable {
    /// Of the applied files.
    let hash: String
    /// The machine that mail goes out from; `nil` where nothing says so.
    let home: String?
    /// Whether a rehearsal would reach only this machine.
    let mayRehearse: Bool
    /// All that a tick reads.
    let lanes: [Lane]
    /// The end of the workspace's day; the first turn after it has a round to make (`DailyRound`). `nil` where no rule asks
    /// for one.
    let dayEnd: Instant?

    /// `nil` where a turn always has something to do: an inbox to read.
    init?(_ model: Model, home: Home, at now: Instant) {
        guard model.mailboxes.values.allSatisfy({ $0.imap == nil }) else { return nil }
        hash = model.hash
        self.home = home.machine
        mayRehearse = home.stranger == nil
        let zone = model.settings.timezone
        dayEnd = DailyRound.isAsked(by: model) ? zone.start(of: zone.date(at: now) + 1) : nil
        let mailboxes = model.mailboxes.keys.sorted()
        lanes = model.sequences.keys.sorted().flatMap { sequence in
            [Lane(sequence: sequence, mailbox: nil, queue: .fresh)]
                + mailboxes.flatMap { mailbox in
                    [Enrollment.Queue.open, .followUp].map { Lane(sequence: sequence, mailbox: mailbox, queue: $0) }
                }
        }
    }

    /// Whether a turn of this command on this machine may go by it.
    func isGood(for desk: Desk, hash: String?) -> Bool {
        let isToday = dayEnd.map { desk.now < $0 } ?? true
        let isHome = home == nil || home == ProcessSettings.hostName
        return hash == self.hash && isToday && isHome && (!desk.isPretend || mayRehearse)
    }
}

// MARK: as a file

extension ModelOutline {
    private static func path(_ folder: WorkspaceFolder) -> String { Paths.join(folder.state, "outline") }

    /// The one that an earlier turn of this version left; `nil` where none can be read.
    static func read(_ folder: WorkspaceFolder) -> ModelOutline? {
        guard let octets = try? Files.read(path(folder), limit: 1 << 20), let json = try? JSON(parsing: octets) else {
            return nil
        }
        return ModelOutline(json)
    }

    /// Keeps it for the next turn, unless that is there already; one that can't be written is no error.
    func keep(in folder: WorkspaceFolder) {
        guard ModelOutline.read(folder) != self else { return }
        try? Files.write(Array(json.compact.utf8), to: ModelOutline.path(folder))
    }

    private var json: JSON {
        [
            "version": .string(Version.text), "hash": .string(hash), "home": .text(home),
            "may_rehearse": .bool(mayRehearse),
            "day_end": dayEnd.map { .integer($0.seconds) } ?? .null,
            "lanes": .array(lanes.map { [.string($0.sequence), .text($0.mailbox), .integer($0.queue.rawValue)] }),
        ]
    }

    private init?(_ json: JSON) {
        guard json["version"]?.string == Version.text, let hash = json["hash"]?.string, let home = json["home"],
            let mayRehearse = json["may_rehearse"]?.bool, let items = json["lanes"]?.array
        else { return nil }
        let lanes = items.compactMap { item -> Lane? in
            guard let sequence = item[0]?.string, let mailbox = item[1],
                let queue = item[2]?.integer.flatMap(Enrollment.Queue.init(rawValue:))
            else { return nil }
            return Lane(sequence: sequence, mailbox: mailbox.string, queue: queue)
        }
        guard lanes.count == items.count else { return nil }
        self.hash = hash
        self.home = home.string
        self.mayRehearse = mayRehearse
        self.lanes = lanes
        dayEnd = json["day_end"]?.integer.map { Instant($0) }
    }
}
