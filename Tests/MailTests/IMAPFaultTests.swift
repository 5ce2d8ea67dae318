import CivilTime
import Foundation
import Mail
import TestKit
import Testing

@Suite struct `IMAP servers that fail` {
    private static let all: [UInt32] = [1, 2, 7]

    /// What must come of each fault in place of the second of three messages.
    private static let expected: [(fault: String?, uids: [UInt32], error: String?)] = [
        (nil, all, nil), ("login only", all, nil), ("junk", all, nil), ("no body", [1, 7], nil),
        ("literal of 60 MB", all, nil), ("bye", [1], "broken"), ("bye between", [1], "refused"),
        ("drop", [1], "broken"),
        ("literal too long", [1], "broken"), ("literal too short", [1], "outOfStep"),
        ("endless line", [1], "outOfStep"),
        ("deep", [1, 7], nil), ("wrong tag", [1], "outOfStep"), ("hang", [1], "broken"), ("drip", [1], "broken"),
        ("no", [1], "refused"),
    ]

    @Test func `whatever comes, messages are whole or an error says that they are not`() throws {
        let faults = Self.expected.map { $0.fault ?? "none" }
        let server = try ScriptedIMAPServer(faults)
        Parallel.run(Self.expected.count, threads: 8) { index in
            let (_, uids, error) = Self.expected[index]
            let outcome = Outcome(reading: server.account(faults[index]))
            #expect(outcome.messages.map(\.entry.uid) == uids, "\(faults[index]): \(outcome.error as Any)")
            #expect(outcome.word == error, "\(faults[index])")
            for message in outcome.messages where !message.isCut {
                #expect(message.octets.starts(with: "Subject: ".utf8) && message.octets.suffix(2) == [13, 10])
            }
        }
        print("imap faults: \(faults.count) scenarios")
    }

    @Test func `a large message is cut where the reader asked`() throws {
        let server = try ScriptedIMAPServer(["none", "literal of 60 MB"])
        let cut = Outcome(reading: server.account("none"), limit: 100).messages.last
        #expect(cut?.octets.count == 100 && cut?.isCut == true && cut?.size == 5020)
        #expect(cut?.received == Instant(1_769_932_800))
        let huge = Outcome(reading: server.account("literal of 60 MB"), limit: 1 << 20).messages.first {
            $0.entry.uid == 2
        }
        #expect(huge?.octets.count == 1 << 20 && huge?.isCut == true && huge?.size == 60_000_000)
    }

    @Test func `folders come with their uses, quoted or as literals; odd ones are left out`() throws {
        let server = try ScriptedIMAPServer(["none", "no validity"])
        let source = try IMAPSource(server.account("none"), deadline: .now + .seconds(10))
        #expect(
            try source.folders() == [
                MailFolder(name: "INBOX", use: .inbox), MailFolder(name: "[Gmail]/Sent \"Mail\"", use: .sent),
                MailFolder(name: "All Mail", use: .all),
            ])
        #expect(
            try source.open(MailFolder(name: "INBOX"))
                == FolderState(uidValidity: 4_294_967_295, uidNext: 8, count: 3))
        #expect(try source.entries(after: 1).map(\.uid) == [2, 7] && source.entries(after: 7) == [])
        #expect(word { _ = try source.open(MailFolder(name: "Nowhere")) } == "noFolder")
        #expect(word { _ = try source.open(MailFolder(name: "a\r\ns9 LOGOUT")) } == "noFolder")
        #expect(try source.open(MailFolder(name: "INBOX")).count == 3)
        source.close()
        let other = try IMAPSource(server.account("no validity"), deadline: .now + .seconds(10))
        #expect(word { _ = try other.open(MailFolder(name: "INBOX")) } == "outOfStep")
    }

    @Test func `a copy of what was sent is stored, or the refusal is told`() throws {
        let server = try ScriptedIMAPServer(["none", "append refused"])
        let sent = MailFolder(name: "Sent", use: .sent)
        let message = Array("Subject: x\r\n\r\n{3}\r\ns1 OK\r\n".utf8)
        for (name, expected) in [("none", nil), ("append refused", "refused")] as [(String, String?)] {
            let source = try IMAPSource(server.account(name), deadline: .now + .seconds(10))
            #expect(word { try source.append(message, to: sent, received: Instant(0)) } == expected)
            #expect(try source.open(MailFolder(name: "INBOX")).count == 3, "the connection goes on")
        }
    }

    private func word(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch { return (error as? SourceError)?.word ?? "\(error)" }
    }
}

/// What reading a whole INBOX gave.
private struct Outcome {
    var messages: [SourceMessage] = []
    var error: SourceError?
    var word: String? { error?.word }

    init(reading account: Account, limit: Int = 1 << 16) {
        do throws(SourceError) {
            let source = try MessageSources.open(account, deadline: .now + .seconds(10))
            _ = try source.open(MailFolder(name: "INBOX"))
            var messages: [SourceMessage] = []
            defer { self.messages = messages }
            try source.read(try source.entries(after: 0), limit: limit) {
                messages.append($0)
                return true
            }
            source.close()
        } catch { self.error = error }
    }
}

extension SourceError {
    /// A word for what happened.
    var word: String {
        switch self {
        case .transport(let error): "transport \(error.phase) \(error.ending.word)"
        case .refused: "refused"
        case .broken: "broken"
        case .outOfStep: "outOfStep"
        case .noFolder: "noFolder"
        case .file: "file"
        }
    }
}

/// `Fixtures/scripted_imap.py`, with a port for each fault.
private final class ScriptedIMAPServer: Sendable {
    private let program: RunningProgram
    private let folder: TemporaryFolder
    private let ports: [String: Int]

    init(_ faults: [String]) throws {
        folder = try TemporaryFolder()
        let scenarios = faults.map { $0 == "none" ? ["id": $0] : ["id": $0, "fault": $0] }
        let file = try folder.write("scenarios.json", JSONEncoder().encode(scenarios))
        program = try RunningProgram("python3", [fixture("scripted_imap.py"), file])
        ports = try JSONDecoder().decode([String: Int].self, from: Data((program.readLine() ?? "").utf8))
    }

    func account(_ fault: String) -> Account {
        var account = Account(server: .server(.imap, host: "127.0.0.1", port: ports[fault] ?? 0), user: "ana")
        account.security = .none
        account.timeouts = .short
        return account
    }
}
