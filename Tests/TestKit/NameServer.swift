import Foundation

/// A name server on loopback that knows what it was given; ended with this value.
package final class NameServer: Sendable {
    /// Where it listens, by UDP and TCP, on 127.0.0.1.
    package let port: Int
    private let folder: TemporaryFolder
    private let program: RunningProgram

    /// Starts it.
    /// - Parameter zone: JSON, as `Tests/Fixtures/dns_server.py` says.
    package init(_ zone: String) throws {
        folder = try TemporaryFolder()
        let file = try folder.write("zone.json", text: zone)
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/dns_server.py").path
        program = try RunningProgram("python3", [script, file])
        guard let line = program.readLine(), let port = Int(line) else {
            throw ChildProcess.Failed(status: 1, errors: program.errors)
        }
        self.port = port
    }
}
