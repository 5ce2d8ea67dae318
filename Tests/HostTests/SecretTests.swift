import Foundation
import Host
import TestKit
import Testing

@Suite struct SecretTests {
    let folder: TemporaryFolder
    let environment: Environment

    init() throws {
        folder = try TemporaryFolder()
        environment = Environment.ofProcess()
            .setting("STOKE_TEST_SECRET", to: "from the environment").setting("CREDENTIALS_DIRECTORY", to: folder.path)
    }

    private func read(_ source: SecretSource) throws -> String {
        try source.read(environment, folder: folder.path, timeLimit: .seconds(20)).reveal()
    }

    @Test func `a secret is never shown`() {
        let secret = Secret("hunter2")
        struct Account { var user = "ana"; var secret: Secret }
        var dumped = ""
        dump(Account(secret: secret), to: &dumped)
        dump(secret, to: &dumped)
        let shown = [
            "\(secret)", String(reflecting: secret), "\(Account(secret: secret))", "\([secret])",
            "\(Optional(secret) as Any)", dumped,
        ]
        for text in shown { #expect(!text.contains("hunter2")) }
        #expect(Mirror(reflecting: secret).children.isEmpty)
        #expect(secret.reveal() == "hunter2")
        #expect(!"\(Environment(["A": "hunter2"]))".contains("hunter2"))
        #expect(Mirror(reflecting: Environment(["A": "hunter2"])).children.isEmpty)
    }

    @Test func `a file's first line is the secret`() throws {
        for (content, expected) in [
            ("pa ss\n", "pa ss"), ("pass\r\nuser: ana\n", "pass"), ("pass", "pass"), ("pässe\n", "pässe"),
        ] {
            try Files.write(Array(content.utf8), to: folder.path("ana"))
            #expect(try read(.file("ana")) == expected)
            #expect(try read(.file(folder.path("ana"))) == expected)
            #expect(try read(.credential("ana")) == expected)
        }
    }

    @Test func `a file that others may read, an empty one and a folder are refused`() throws {
        try Files.write(Array("x\n".utf8), to: folder.path("open"), mode: 0o644)
        #expect(throws: HostError(.readSecret, "open", .tooOpen(mode: 0o644))) { try read(.file("open")) }
        try Files.write(Array("\n".utf8), to: folder.path("empty"))
        #expect(throws: HostError(.readSecret, "empty", .empty)) { try read(.file("empty")) }
        #expect(throws: HostError(.readSecret, "none", .system(errno: ENOENT))) { try read(.file("none")) }
        #expect(throws: HostError(.readSecret, ".", .notAFile)) { try read(.file(".")) }
    }

    @Test func `a command's first line is the secret, and its failure is told with its complaint alone`() throws {
        #expect(try read(.command(["printf", "%s\n", "pa ss", "second line"])) == "pa ss")
        #expect(throws: HostError(.readSecret, "sh", .exited(status: 2, complaint: "no such entry"))) {
            try read(.command(["sh", "-c", "echo hunter2; echo no such entry >&2; exit 2"]))
        }
        #expect(throws: HostError(.readSecret, "true", .empty)) { try read(.command(["true"])) }
        #expect(throws: HostError(.readSecret, "(no command)", .empty)) { try read(.command([])) }
        #expect(throws: HostError(.readSecret, "no-such-program", .system(errno: ENOENT))) {
            try read(.command(["no-such-program"]))
        }
        try Files.write([], to: folder.path("here"))
        #expect(try read(.command(["ls"])) == "here")
    }

    @Test(arguments: ["..", ".", "", "a/b", "/etc/passwd"])
    func `a credential's name leads nowhere else`(name: String) {
        #expect(throws: HostError(.readSecret, name, .badName)) { try read(.credential(name)) }
    }

    @Test func `variables are read, and missing ones are named`() throws {
        #expect(try read(.environment("STOKE_TEST_SECRET")) == "from the environment")
        #expect(throws: HostError(.readSecret, "NONE", .noVariable(name: "NONE"))) { try read(.environment("NONE")) }
        #expect(throws: HostError(.readSecret, "a", .noVariable(name: "CREDENTIALS_DIRECTORY"))) {
            try SecretSource.credential("a").read(Environment([:]))
        }
    }
}
