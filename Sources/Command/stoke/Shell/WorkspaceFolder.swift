import Arguments
import CivilTime
import Diagnostics
import Host
import Mail
import MIME
import Outreach
import Workspace

/// The folder of plain files that a command works on.
struct WorkspaceFolder {
    /// Its absolute path.
    let path: String

    /// The folder that `--workspace` names, else the nearest one upwards that has a `stoke.yaml`.
    static func find(_ desk: Desk) throws -> WorkspaceFolder {
        if let named = desk.invocation.value("--workspace") {
            guard Files.exists(Paths.join(named, "stoke.yaml")) else {
                throw Failure("there is no stoke.yaml in \(named)", hint: "stoke init \(named) makes a workspace")
            }
            return WorkspaceFolder(path: try Files.resolve(named))
        }
        let start = try Files.workingFolder()
        var folder = start
        while !Files.exists(Paths.join(folder, "stoke.yaml")) {
            let parent = Paths.parent(folder)
            guard parent != folder else {
                throw Failure(
                    "there is no stoke.yaml here or above", hint: "stoke init makes a workspace in this folder")
            }
            folder = parent
        }
        return WorkspaceFolder(path: folder)
    }

    func join(_ name: String) -> String { name.hasPrefix("/") ? name : Paths.join(path, name) }
    /// Where state lives: the ledger and its locks.
    var state: String { join(".stoke") }
    var ledger: String { Paths.join(state, "ledger.db") }

    /// Every file that makes the model, sorted by path.
    func files() throws -> [Snapshot.File] { try survey().files }

    /// Every file that makes the model, sorted by path, and what looks like one and is left out.
    func survey() throws -> (files: [Snapshot.File], findings: [Finding]) {
        var paths = ["stoke.yaml", "qualification.yaml"].filter { Files.exists(join($0)) }
        var findings: [Finding] = []
        for (folder, endings) in WorkspaceFolder.folders where try isFolder(folder, &findings) {
            try list(folder, endings, &paths, &findings)
        }
        _ = try isFolder("prospects", &findings)
        let files = try paths.sorted().map { path in
            Snapshot.File(path: path, bytes: try Files.read(join(path), limit: 4 << 20))
        }
        return (files, findings)
    }

    private static let folders: [(String, [String])] = [
        ("sequences", [".yaml", ".yml"]), ("templates", [".md", ".txt", ".html"]), ("signatures", [".md", ".txt"]),
        ("calendars", [".ics"]),
    ]

    /// Whether one of the workspace's own folders is there, itself or as a link to a folder elsewhere.
    private func isFolder(_ name: String, _ findings: inout [Finding]) throws -> Bool {
        if let facts = try Files.facts(join(name)) {
            if facts.kind == .folder { return true }
            findings.append(.leftOut(name, "\(name) is no folder", hint: "move it away; \(name)/ is a folder"))
        } else if try Files.linkFacts(join(name)) != nil {
            findings.append(.leftOut(name, "\(name) is a link that leads nowhere", hint: "mend the link, or remove it"))
        }
        return false
    }

    /// Files below a folder that end so; links to folders, and those that lead out of their own top folder, are left out.
    private func list(
        _ folder: String, _ endings: [String], _ found: inout [String], _ findings: inout [Finding]
    ) throws {
        for name in try Files.list(join(folder)) where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            let isOne = endings.contains { path.hasSuffix($0) }
            switch try Files.linkFacts(join(path))?.kind {
            case .folder: try list(path, endings, &found, &findings)
            case .file where isOne: found.append(path)
            case .link:
                if isOne, try leadsInside(path) {
                    found.append(path)
                } else if let finding = try leftOut(path, isOne) {
                    findings.append(finding)
                }
            default: break
            }
        }
    }

    /// What to say of a link that is not followed; `nil` for one that could be no file of the workspace.
    private func leftOut(_ path: String, _ isOne: Bool) throws -> Finding? {
        let top = path.split(separator: "/").first.map(String.init) ?? path
        switch try? Files.facts(join(path))?.kind {
        case .folder:
            return .leftOut(
                path, "\(path) is a link to a folder, and those are not followed",
                hint: "make it a folder, or make \(top) itself the link")
        case .file where isOne:
            return .leftOut(
                path, "\(path) is a link that leads out of \(top)/, so it is left out",
                hint: "copy the file to its place, or make \(top) itself the link")
        case nil where isOne:
            return .leftOut(path, "\(path) is a link that leads nowhere", hint: "mend the link, or remove it")
        default: return nil
        }
    }

    /// Whether a link leads to a file of the top folder that it stands in: a template to a template, never to a secret.
    private func leadsInside(_ path: String) throws -> Bool {
        let top = join(path.split(separator: "/").first.map(String.init) ?? path)
        guard let target = try? Files.resolve(join(path)), try Files.facts(target)?.kind == .file else { return false }
        return target.hasPrefix(try Files.resolve(top) + "/")
    }
}

extension Finding {
    fileprivate static func leftOut(_ path: String, _ message: String, hint: String) -> Finding {
        Finding(.leftOut, message, at: Place(file: path, line: 1, column: 1), hint: hint)
    }
}
