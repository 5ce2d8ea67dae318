import Diagnostics
import Outreach
import TestKit
import Testing
import Workspace

@Suite struct `A finding of a workspace` {
    @Test func `is not there when nothing is wrong`() {
        let files = FindingCase.base.map { Snapshot.File(path: $0.key, bytes: Array($0.value.utf8)) }
        let reading = WorkspaceReader.read(files, in: SampleWorkspace.surroundings())
        #expect(FindingText().text(reading.findings) == "")
        #expect(reading.model != nil)
    }

    @Test(arguments: FindingCase.all)
    func `points at what is wrong, and only there`(_ wrong: FindingCase) throws {
        let reading = wrong.read()
        let shown = Comment(rawValue: FindingText().text(reading.findings))
        #expect(reading.findings.map(\.code.name) == wrong.marked.marks.map { _ in wrong.code }, shown)
        let places = reading.findings.compactMap(\.place)
        #expect(places.map(\.file) == places.map { _ in wrong.file }, shown)
        let marks = places.map { MarkedText.Mark(line: $0.line, column: $0.column, length: $0.length) }
        // An empty mark is a place; its caret is one wide.
        let wanted = wrong.marked.marks.map {
            MarkedText.Mark(line: $0.line, column: $0.column, length: max($0.length, 1))
        }
        #expect(marks == wanted, shown)
        if let hint = wrong.hint { #expect(reading.findings.first?.hint?.contains(hint) == true, shown) }
        #expect((reading.model == nil) == reading.hasErrors)
    }

    @Test func `of every kind is provoked by a case`() {
        let elsewhere: Set = [
            "file-too-large", "yaml-encoding", "missing-file", "renamed-step", "yaml-depth", "left-out",
        ]
        let provoked = Set(FindingCase.all.map(\.code)).union(elsewhere)
        #expect(FindingCode.workspace.map(\.name).filter { !provoked.contains($0) } == [])
    }

    @Test func `has a name of its own and a page`() {
        let names = FindingCode.workspace.map(\.name)
        #expect(Set(names).count == names.count)
        for code in FindingCode.workspace {
            #expect(code.summary.count > 10 && code.page.count > 40 && !code.summary.hasSuffix("."), "\(code)")
        }
    }
}
