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
    func files() throws -> [Snapshot.File] {
        var paths = ["stoke.yaml", "qualification.yaml"].filter { Files.exists(join($0)) }
        for (folder, endings) in WorkspaceFolder.folders { paths += try list(folder, endings) }
        return try paths.sorted().map { path in
            Snapshot.File(path: path, bytes: try Files.read(join(path), limit: 4 << 20))
        }
    }

    private static let folders: [(String, [String])] = [
        ("sequences", [".yaml", ".yml"]), ("templates", [".md", ".txt", ".html"]), ("signatures", [".md", ".txt"]),
        ("calendars", [".ics"]),
    ]

    /// Files below a folder that end so; links that lead out of their own top folder are left out.
    private func list(_ folder: String, _ endings: [String]) throws -> [String] {
        guard let facts = try Files.facts(join(folder)), facts.kind == .folder else { return [] }
        var found: [String] = []
        for name in try Files.list(join(folder)) where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            switch try Files.linkFacts(join(path))?.kind {
            case .folder: found += try list(path, endings)
            case .file where endings.contains { path.hasSuffix($0) }: found.append(path)
            case .link where endings.contains { path.hasSuffix($0) }:
                if try leadsInside(path) { found.append(path) }
            default: break
            }
        }
        return found
    }

    /// Whether a link leads to a file of the top folder that it stands in: a template to a template, never to a secret.
    private func leadsInside(_ path: String) throws -> Bool {
        let top = join(path.split(separator: "/").first.map(String.init) ?? path)
        guard let target = try? Files.resolve(join(path)), try Files.facts(target)?.kind == .file else { return false }
        return target.hasPrefix(try Files.resolve(top) + "/")
    }
}
