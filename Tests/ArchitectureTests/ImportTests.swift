import Foundation
import Testing

@Suite struct ImportTests {
    @Test func `the table has every folder of Sources, and no other`() {
        let rows = ImportTable.rows.map { "\($0.floor)/\($0.target)" } + ["Command/stoke"]
        let folders = Sources.folders.filter { $0.floor != "Libraries" }.map { "\($0.floor)/\($0.name)" }
        #expect(Set(rows) == Set(folders))
        #expect(rows.count == Set(rows).count)
    }

    @Test(arguments: ImportTable.rows) func `a target imports only what its row of the table says`(row: ImportTable.Row)
    {
        let allowed = row.allowed.union(ImportTable.platform).union(ImportTable.language)
        for file in Sources.ours where file.target == row.target {
            for module in file.imports { #expect(allowed.contains(module), "\(file.path) imports \(module)") }
        }
    }

    @Test(arguments: ImportTable.rows)
    func `the manifest gives a target no more than the table and no less than it imports`(
        row: ImportTable.Row
    ) throws {
        let rooms = Sources.manifest.components(separatedBy: " room(").dropFirst()
        let room = try #require(
            rooms.first { $0.drop(while: \.isWhitespace).hasPrefix("\"\(row.floor)\", \"\(row.target)\"") })
        let names = room.prefix { $0 != ")" }.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        let declared = Set(names.dropFirst(2))
        #expect(declared.subtracting(row.allowed).isEmpty)
        let imported = Set(Sources.ours.filter { $0.target == row.target }.flatMap(\.imports))
        #expect(imported.intersection(row.allowed).subtracting(declared).isEmpty)
    }

    @Test func `each C library has one owner`() {
        for (library, owners) in ImportTable.owners { #expect(owners.count == 1, "\(library): \(owners)") }
        let libraries = Sources.folders.filter { $0.floor == "Libraries" }.map(\.name)
        #expect(Set(libraries) == Set(ImportTable.owners.keys))
        let stoke = Sources.ours.filter { $0.target == "stoke" }
        for file in stoke { #expect(file.imports.allSatisfy { !libraries.contains($0) }, "\(file.path)") }
    }

    @Test func `nothing imports Foundation`() {
        for file in Sources.ours { #expect(file.imports.allSatisfy { !$0.hasPrefix("Foundation") }, "\(file.path)") }
    }

    @Test func `pure targets know no platform, clock or chance`() {
        let signs = [
            "ContinuousClock", "SuspendingClock", "SystemRandomNumberGenerator", ".random(", ".shuffled()",
            "CommandLine.", "getenv", "readLine(", " print(", " Date()",
        ]
        for file in Sources.ours where ImportTable.pure.contains(file.target) {
            #expect(file.imports.allSatisfy { !ImportTable.platform.contains($0) }, "\(file.path)")
            let found = file.lines { line in !line.isComment && signs.contains { line.contains($0) } }
            #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
        }
    }

    @Test func `the package depends on no package`() {
        #expect(!Sources.manifest.isEmpty)
        #expect(!Sources.manifest.contains(".package("))
    }

    @Test func `no type bears its module's name`() {
        for file in Sources.ours {
            let found = file.lines { line in
                ["struct", "class", "enum", "actor", "protocol"].contains { line.contains("\($0) \(file.target) ") }
            }
            #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
        }
    }
}

extension String {
    /// Whether the line is a comment only.
    var isComment: Bool { drop { $0 == " " }.hasPrefix("//") }
}
