import CivilTime
import Diagnostics
import Host
import Interchange
import Ledger
import Outreach
import Reports
import SQLiteLedger
import Workspace

/// The files, what was applied of them, and the ledger.
struct WorkspaceDiagnosis {
    private static let area = "workspace"
    private(set) var diagnoses: [Diagnosis] = []
    /// What the files say; where they have errors, what was applied last.
    private(set) var model: Model?

    init(_ folder: WorkspaceFolder, _ desk: Desk) {
        do {
            let check = try WorkspaceCheck(folder, desk)
            diagnoses.append(Self.files(check))
            // A secret that is missing is told by name below; it does not keep the rest from being looked at.
            let withoutDisk = Surroundings.machine(desk.zones, folder: nil)
            model = check.reading.model ?? WorkspaceReader.read(check.files, in: withoutDisk).model
        } catch {
            diagnoses.append(
                .wrong(Self.area, "files", Words.failure(error).message, do: "make the folder readable, then again"))
        }
        do {
            diagnoses += try ledger(folder, desk)
        } catch {
            let failure = Words.failure(error)
            diagnoses.append(
                .wrong(Self.area, "ledger", failure.message, do: failure.hint ?? "stoke ledger verify says more"))
        }
    }

    private static func files(_ check: WorkspaceCheck) -> Diagnosis {
        let errors = check.findings.count { $0.severity == .error }
        let warnings = check.findings.count - errors
        if errors > 0 {
            return .wrong(
                area, "files", Numbers.counted(errors, "error"), do: "stoke check shows where")
        }
        if warnings > 0 {
            return .look(
                area, "files", Numbers.counted(warnings, "warning"), do: "stoke check shows where")
        }
        return .fine(area, "files", "\(check.files.count) read, nothing wrong")
    }

    private mutating func ledger(_ folder: WorkspaceFolder, _ desk: Desk) throws -> [Diagnosis] {
        guard folder.place(desk).hasLedger else {
            return [.look(Self.area, "ledger", "there is none yet, so nothing is live", do: "stoke apply makes it")]
        }
        let store = try folder.readLedger(desk)
        let applied = try Office.appliedModel(store, desk)
        let isCurrent = try applied?.hash == Snapshot(folder.files()).hash
        model = model ?? applied
        var found = [try Self.adoption(folder, desk, store)]
        found.append(
            isCurrent
                ? .fine(Self.area, "applied", "what is live is what the files say")
                : .look(
                    Self.area, "applied",
                    applied == nil ? "nothing is live yet" : "the files have changed since they were applied",
                    do: "stoke apply makes them live"))
        return found + (try Self.clock(store, desk, model)) + (try Self.lastRun(store, desk, model))
    }

    private static func adoption(_ folder: WorkspaceFolder, _ desk: Desk, _ store: SQLiteStore) throws -> Diagnosis {
        if let reason = try store.doubt() {
            return .wrong(
                area, "ledger", "it may not be the latest: \(reason)",
                do: "if it is, and no other copy sends: stoke adopt")
        }
        let people = try store.counts()["people"] ?? 0
        let size = try Files.facts(folder.ledger)?.size ?? 0
        return .fine(area, "ledger", "\(Numbers.people(people)), \(Sizes.text(size))")
    }

    private static func clock(_ store: SQLiteStore, _ desk: Desk, _ model: Model?) throws -> [Diagnosis] {
        let zone = model?.settings.timezone ?? .utc
        let clock = try store.clock()
        if (clock == .pretend) != desk.isPretend {
            return [
                .wrong(
                    area, "clock",
                    clock == .pretend ? "this ledger rehearses on a pretend clock" : "this ledger is real",
                    do: clock == .pretend ? "add --now INSTANT, or start a real ledger elsewhere" : "leave --now out")
            ]
        }
        let now = Dates.moment(desk.now, in: zone)
        guard let last = try store.lastFact() else { return [.fine(area, "clock", "\(now) in \(zone.name)")] }
        if desk.now < last - 2 * .minute {
            return [
                .wrong(
                    area, "clock",
                    "it says \(now), but the ledger's last fact is of \(Dates.moment(last, in: zone))",
                    do: "set the machine's clock; timedatectl set-ntp true keeps it right")
            ]
        }
        return [.fine(area, "clock", "\(now) in \(zone.name), \(age(desk.now - last)) after the last fact")]
    }

    /// `40 s`, `5m`, `3d 4h`.
    private static func age(_ seconds: Int) -> String {
        seconds < .minute ? "\(max(0, seconds)) s" : Dates.duration(seconds)
    }

    private static func lastRun(_ store: SQLiteStore, _ desk: Desk, _ model: Model?) throws -> [Diagnosis] {
        let every = model?.settings.every ?? 5 * .minute
        guard let run = try store.runs(limit: 1).first else {
            return [.look(area, "cron", "no run yet", do: "stoke cron prints the line for crontab -e")]
        }
        let age = "the last run began \(age(desk.now - run.began)) ago"
        if run.ended == nil {
            return [.look(area, "cron", "\(age) and has no end: it is under way or was cut off", do: "see locks")]
        }
        if let exit = run.exit, exit != 0 {
            return [.wrong(area, "cron", "\(age) and failed", do: "stoke run says why; cron's log is .stoke/run.log")]
        }
        if desk.now - run.began > max(3 * every, 15 * .minute) {
            return [
                .look(
                    area, "cron", "\(age); it is to come every \(Dates.duration(every))",
                    do: "stoke cron prints the line for crontab -e")
            ]
        }
        return [.fine(area, "cron", "\(age), ok")]
    }
}

/// Octets for people.
enum Sizes {
    /// `41 GB`, `12 MB`, `3 kB`.
    static func text(_ octets: Int) -> String {
        for (unit, size) in [("GB", 1 << 30), ("MB", 1 << 20), ("kB", 1 << 10)] where octets >= size {
            return "\(octets / size) \(unit)"
        }
        return "\(octets) bytes"
    }
}
