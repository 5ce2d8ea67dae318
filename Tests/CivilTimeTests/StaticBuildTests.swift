import Foundation
import TestKit
import Testing

/// A static program has no time zones of its own: Foundation's would be silently absent there.
@Suite struct StaticBuildTests {
    @Test func `a static release build of the same sources has every zone as python has it`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
        let script = root.appending(path: ".ci/static-zones").path(percentEncoded: false)
        let result = try ChildProcess.run(script)
        #expect(result.status == 0, "\(result.errorText)")
        #expect(result.text.contains("all as Python has them"))
    }
}
