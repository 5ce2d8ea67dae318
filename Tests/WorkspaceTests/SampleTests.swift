import Diagnostics
import Outreach
import Testing
import Workspace

@Suite struct `The sample workspace` {
    @Test func `has no findings`() throws {
        let reading = WorkspaceReader.read(try SampleWorkspace.files(), in: SampleWorkspace.surroundings())
        #expect(FindingText().text(reading.findings) == "")
        #expect(reading.model != nil)
    }

    @Test func `finishes every way through the sequence within four weeks`() throws {
        let reading = WorkspaceReader.read(try SampleWorkspace.files(), in: SampleWorkspace.surroundings())
        let span = try #require(reading.spans["founders"])
        #expect(span.openEnded == [])
        let longest = try #require(span.longest)
        #expect(span.shortest >= 5 && span.shortest < longest && longest <= 28)
    }
}
