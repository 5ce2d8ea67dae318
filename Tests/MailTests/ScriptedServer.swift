import Foundation
import Host
import Mail
import TestKit

/// What the scripted server is to do on one port.
struct Scenario: Codable, Sendable {
    var id: String
    var mode = "plain"
    var phase: String?
    var fault: String?
    var pipelining = true
    var auth = false
    var smtputf8 = false
    var split = false
    var always354: Bool?
    var certificate: String?
    var times: Int?
    var after: Int?
    var mechanisms: String?
}

/// `Fixtures/scripted_smtp.py`, with a port for each scenario.
final class ScriptedServer: Sendable {
    /// What one connection saw.
    struct Record: Decodable {
        struct Message: Decodable {
            var from: String?
            var to: String?
            var octets: Data
        }

        var commands: [String]
        var delivered: [Message]
    }

    private let program: RunningProgram
    private let folder: TemporaryFolder
    private let ports: [String: Int]

    init(_ scenarios: [Scenario]) throws {
        folder = try TemporaryFolder()
        let file = try folder.write("scenarios.json", JSONEncoder().encode(scenarios))
        program = try RunningProgram("python3", [fixture("scripted_smtp.py"), file, folder.path])
        let line = program.readLine() ?? ""
        guard let ports = try? JSONDecoder().decode([String: Int].self, from: Data(line.utf8)) else {
            throw TestKit.ChildProcess.Failed(status: 1, errors: program.errors)
        }
        self.ports = ports
    }

    /// An account at the scenario's port, with short times.
    func account(_ scenario: Scenario, caFile: String? = nil) -> Account {
        let port = ports[scenario.id] ?? 0
        let scheme: ServerURL.Scheme = scenario.mode == "tls" ? .smtps : .smtp
        var account = Account(
            server: .server(scheme, host: "127.0.0.1", port: port), user: scenario.auth ? "ana" : nil,
            secret: { () throws(HostError) in Secret("open sesame") })
        account.security = scenario.mode == "plain" ? .none : .required
        account.caFile = caFile
        account.ehlo = "client.example"
        account.timeouts = .short
        return account
    }

    /// What the scenario's connections saw, once `count` of them have ended.
    func records(_ scenario: Scenario, count: Int = 1) -> [Record] {
        let name = scenario.id + ".jsonl"
        for _ in 0..<500 {
            let lines = ((try? folder.read(name)) ?? []).split(separator: UInt8(ascii: "\n"))
            if lines.count >= count {
                return lines.compactMap { try? JSONDecoder().decode(Record.self, from: Data($0)) }
            }
            usleep(10_000)
        }
        return []
    }
}

extension Timeouts {
    /// For servers that hang on purpose.
    static var short: Timeouts {
        var timeouts = Timeouts()
        timeouts.connect = .seconds(2)
        timeouts.handshake = .seconds(2)
        timeouts.command = .seconds(2)
        timeouts.body = .seconds(3)
        timeouts.dot = .seconds(2)
        timeouts.quit = .seconds(2)
        return timeouts
    }
}

/// The path of a file in `Tests/Fixtures`.
func fixture(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures").appending(path: name).path(percentEncoded: false)
}
