import Arguments
import Host
import Intake
import Interchange
import Ledger
import Outreach
import Reports
import SQLiteLedger

/// The people that `check --prospects` judges by: lists that are named, else those in `prospects/`, else the ledger's.
struct ListedPeople {
    /// `prospects/april.csv`, or `the people of the ledger`.
    let source: String
    private let store: any Store

    init(_ folder: WorkspaceFolder, _ desk: Desk) throws {
        let named = desk.invocation.values("LIST")
        let lists = named.isEmpty ? try Self.lists(of: folder) : named
        if lists.isEmpty, folder.place(desk).hasLedger {
            store = try folder.readLedger(desk)
            source = "the people of the ledger"
        } else {
            let people = MemoryStore()
            for list in lists { try Self.read(list, into: people, desk) }
            store = people
            source = lists.map { folder.name(of: $0) }.joined(separator: ", ")
        }
    }

    func each(_ body: (History) throws(StoreError) -> Void) throws { try Everybody.each(in: store, body) }

    private static func lists(of folder: WorkspaceFolder) throws -> [String] {
        let path = folder.join("prospects")
        guard Files.exists(path) else { return [] }
        return try Files.list(path).filter { $0.hasSuffix(".csv") && !$0.hasSuffix(".rejected.csv") }.sorted()
            .map { Paths.join(path, $0) }
    }

    /// Reads a list as `import` would; rows that it would leave out count for nothing.
    private static func read(_ path: String, into people: MemoryStore, _ desk: Desk) throws {
        let reader = try FileReader(path)
        var file = ProspectFile(name: path, options: desk.lists()) { () throws(HostError) in try reader.chunk() }
        let findings = try file.begin()
        guard file.plan != nil else {
            desk.output.show(findings)
            throw Failure("\(Sink.line(path)) can't be judged", hint: "mend the finding above", status: .findings)
        }
        do {
            var importing = try ProspectImport<HostError>(into: people, at: desk.now, reject: { _ in }, warn: { _ in })
            _ = try importing.run(&file)
        } catch {
            throw ImportCommand.cause(error)
        }
    }
}

extension WorkspaceFolder {
    /// A path as one would name it inside the workspace.
    fileprivate func name(of path: String) -> String {
        path.hasPrefix(self.path + "/") ? String(path.dropFirst(self.path.count + 1)) : path
    }
}
