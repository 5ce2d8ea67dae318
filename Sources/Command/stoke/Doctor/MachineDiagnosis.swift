import CivilTime
import Host
import Outreach
import SQLiteLedger
import Workspace

/// What the workspace stands on: home, zones, disk, locks, permissions, git.
struct MachineDiagnosis {
    private static let area = "machine"
    private let folder: WorkspaceFolder
    private let desk: Desk
    private let model: Model?

    init(_ folder: WorkspaceFolder, _ desk: Desk, model: Model?) {
        (self.folder, self.desk, self.model) = (folder, desk, model)
    }

    var diagnoses: [Diagnosis] {
        (model.map { [home($0)] } ?? []) + [zones, disk, lock] + permissions + secrets + [git].compactMap { $0 }
    }

    private func home(_ model: Model) -> Diagnosis {
        let host = ProcessSettings.hostName
        let isLive = model.mailboxes.values.contains(where: \.isLive)
        guard let home = model.settings.home, home != "any" else {
            return isLive
                ? .wrong(
                    Self.area, "home", "no one machine is named, so two could send",
                    do: "write `home: \(host)` into stoke.yaml, if this one is to send")
                : .fine(Self.area, "home", "any machine: no mailbox names a server")
        }
        return home == host
            ? .fine(Self.area, "home", "this machine, \(host)")
            : .look(
                Self.area, "home", "this is \(host); only \(home) sends, reads and enrolls",
                do: "run the doctor there; to move, change `home:` and apply")
    }

    private var zones: Diagnosis {
        guard let zoneFolder = ZoneFolder.find(desk.environment) else {
            return .wrong(Self.area, "zones", "this machine has no zone data", do: "apt-get install tzdata")
        }
        let count = desk.zones.names.count
        let missing = (model?.zones.keys.sorted() ?? []).filter { desk.zone($0) == nil }
        if count == 0 || !missing.isEmpty {
            let names = missing.isEmpty ? "any zone" : missing.joined(separator: ", ")
            return .wrong(Self.area, "zones", "\(zoneFolder.path) lacks \(names)", do: "apt-get install tzdata")
        }
        guard let version = zoneFolder.version else {
            return .fine(Self.area, "zones", "\(count) in \(zoneFolder.path); their version is not told")
        }
        let year = desk.zoneYear
        if let issued = Int(version.prefix(4)), issued < year - 1 {
            return .look(
                Self.area, "zones", "version \(version) is old: countries change their clocks every year",
                do: "apt-get update && apt-get install --only-upgrade tzdata")
        }
        return .fine(Self.area, "zones", "\(count), version \(version)")
    }

    private var disk: Diagnosis {
        let path = Files.exists(folder.state) ? folder.state : folder.path
        do throws(HostError) {
            try Files.refuseNetworkFileSystem(path)
            let free = try Files.freeSpace(path)
            if free < 64 << 20 {
                return .wrong(
                    Self.area, "disk", "\(Sizes.text(free)) free: the ledger may fail to grow",
                    do: "free some space under \(path)")
            }
            if free < 1 << 30 {
                return .look(Self.area, "disk", "\(Sizes.text(free)) free", do: "free some space under \(path)")
            }
            return .fine(Self.area, "disk", "\(Sizes.text(free)) free")
        } catch {
            return .wrong(Self.area, "disk", error.description, do: "keep the workspace on a local disk")
        }
    }

    private var lock: Diagnosis {
        guard let holder = FileLock.holder(folder.state) else { return .fine(Self.area, "locks", "nobody holds one") }
        if let age = holder.age, age > .hour {
            return .look(
                Self.area, "locks", "held by \(holder)",
                do: "a run that takes so long is stuck: look at it, then end process \(holder.process)")
        }
        return .fine(Self.area, "locks", "held by \(holder)")
    }

    private var permissions: [Diagnosis] {
        let names = [".stoke", ".stoke/ledger.db", ".stoke/ledger.db-wal", ".stoke/run.log"]
        let open = names.compactMap { name -> Diagnosis? in
            do throws(HostError) {
                guard let facts = try Files.facts(folder.join(name)) else { return nil }
                if facts.owner != ProcessSettings.user {
                    return .wrong(
                        Self.area, name, "it belongs to another user (uid \(facts.owner))",
                        do: "run stoke as that user, or: chown -R \(ProcessSettings.user) .stoke")
                }
                guard name != ".stoke/run.log", !facts.isPrivate else { return nil }
                let mode = String(facts.mode & 0o777, radix: 8)
                return .wrong(
                    Self.area, name, "others of this machine may read it (mode \(mode))",
                    do: "chmod \(facts.kind == .folder ? "700" : "600") \(folder.join(name))")
            } catch {
                return .wrong(Self.area, name, error.description, do: "make it readable for this user")
            }
        }
        guard open.isEmpty else { return open }
        let isThere = Files.exists(folder.state)
        return [.fine(Self.area, ".stoke", isThere ? "only this user may read it" : "not there yet")]
    }

    /// Secrets in files; what other sources give is seen at the login.
    private var secrets: [Diagnosis] {
        let paths = (model?.mailboxes.values ?? [:].values).compactMap { mailbox -> String? in
            if case .file(let path)? = mailbox.password { path } else { nil }
        }
        return Set(paths).sorted().map { path in
            switch Surroundings.secret(folder.join(path), in: folder) {
            case .sound: .fine(Self.area, path, "only this user may read it")
            case .missing:
                .wrong(Self.area, path, "the secret is not there", do: "write it there, then: chmod 600 \(path)")
            case .tracked:
                .wrong(
                    Self.area, path, "git tracks this secret",
                    do: "git rm --cached \(path), then change the secret: it is in the history")
            case .readable(let mode):
                .wrong(Self.area, path, "others may read it (mode \(mode))", do: "chmod 600 \(path)")
            }
        }
    }

    /// What must never be in git: the ledger, secrets, mail that was written as files.
    private var git: Diagnosis? {
        guard let tracked = GitFolder(folder.path).tracked([".stoke", "secrets", "outbox"]) else { return nil }
        guard let first = tracked.first else {
            return .fine(Self.area, "git", "tracks no secret, ledger or outbox")
        }
        let more = tracked.count > 1 ? " and \(tracked.count - 1) more" : ""
        return .wrong(
            Self.area, "git", "it tracks \(first)\(more)",
            do: "git rm -r --cached \(first), and put .stoke/, secrets/ and outbox/ into .gitignore")
    }
}

/// What git says of a folder.
struct GitFolder {
    let path: String

    init(_ path: String) { self.path = path }

    /// The files below `names` that git tracks; `nil` where the folder is none of git's, or there is no git.
    func tracked(_ names: [String]) -> [String]? {
        var git = ChildProcess(["git", "ls-files", "-z", "--"] + names, environment: .ofProcess())
        git.folder = path
        guard let result = try? git.run(), result.status == .exited(0) else { return nil }
        return String(decoding: result.output, as: UTF8.self).split(separator: "\0").map(String.init)
    }
}

extension Desk {
    /// The year, by UTC.
    var zoneYear: Int { Zone.utc.date(at: now).components.year }
}

extension ZoneFolder {
    /// `2026a`, as the folder's own tables tell; `nil` where they do not.
    var version: String? {
        if let octets = read("tzdata.zi") {
            // "# version 2026a"
            let line = String(decoding: octets.prefix(100).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
            let words = line.split(separator: " ")
            if words.count == 3, words[1] == "version" { return String(words[2]) }
        }
        // macOS
        return read("+VERSION").map { String(decoding: $0.prefix { $0 > 32 }, as: UTF8.self) }
    }
}
