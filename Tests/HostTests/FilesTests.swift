import Foundation
import Host
import TestKit
import Testing

@Suite struct FilesTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `a file comes back as it was written, whatever the umask, with its mode`() throws {
        let path = folder.path("a")
        for (bytes, mode) in [([1, 2, 3], UInt32(0o600)), ([], 0o644), ([UInt8](repeating: 7, count: 200_000), 0o666)] {
            try Files.write(bytes, to: path, mode: mode)
            #expect(try Files.read(path, limit: 1 << 20) == bytes)
            #expect(try Files.facts(path)?.mode == mode)
        }
        #expect(try Files.list(folder.path) == ["a"], "a temporary file was left behind")
    }

    @Test func `a file larger than the limit is refused, one as large is read`() throws {
        let path = try folder.write("a", [1, 2, 3])
        #expect(try Files.read(path, limit: 3) == [1, 2, 3])
        #expect(throws: HostError(.read, path, .tooLarge(limit: 2))) { try Files.read(path, limit: 2) }
        // Files of /proc say that they are empty.
        #expect(throws: HostError(.read, "/proc/self/status", .tooLarge(limit: 10))) {
            try Files.read("/proc/self/status", limit: 10)
        }
    }

    @Test func `what is no file is refused and never waited for`() throws {
        #expect(throws: HostError(.read, folder.path, .notAFile)) { try Files.read(folder.path, limit: 10) }
        let pipe = folder.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(throws: HostError(.read, pipe, .notAFile)) { try Files.read(pipe, limit: 10) }
        let missing = folder.path("missing")
        #expect(throws: HostError(.read, missing, .system(errno: ENOENT))) { try Files.read(missing, limit: 10) }
        #expect(HostError(.read, "x", .system(errno: ENOENT)).isMissing)
        #expect(try Files.facts(missing) == nil)
        #expect(try Files.facts(missing + "/below") == nil)
    }

    @Test func `a write that fails leaves the old file and nothing else`() throws {
        let path = folder.path("target")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try folder.write("target/inside", text: "x")
        #expect(throws: HostError.self) { try Files.write([1], to: path) }
        #expect(try Files.list(folder.path) == ["target"])
        #expect(throws: HostError(.write, folder.path("no/such"), .system(errno: ENOENT))) {
            try Files.write([1], to: folder.path("no/such"))
        }
    }

    @Test func `creating never replaces`() throws {
        let path = folder.path("a")
        try Files.create([1], at: path)
        #expect(throws: HostError(.write, path, .system(errno: EEXIST))) { try Files.create([2], at: path) }
        #expect(try Files.read(path, limit: 10) == [1])
        #expect(try Files.list(folder.path) == ["a"])
    }

    @Test func `folders are made with those above them, private`() throws {
        let path = folder.path("a/b/c")
        try Files.createFolder(path)
        try Files.createFolder(path)
        #expect(try Files.facts(path)?.mode == 0o700)
        #expect(try Files.facts(folder.path("a"))?.kind == .folder)
        try folder.write("file", text: "")
        #expect(throws: HostError(.create, folder.path("file"), .system(errno: ENOTDIR))) {
            try Files.createFolder(folder.path("file"))
        }
    }

    @Test func `removing what is not there is no error`() throws {
        let path = try folder.write("a", text: "")
        try Files.remove(path)
        try Files.remove(path)
        #expect(!Files.exists(path))
    }

    @Test func `a private file is refused when others may read it or own it`() throws {
        let path = folder.path("secret")
        try Files.write([1], to: path, mode: 0o600)
        #expect(try Files.readPrivate(path, limit: 10) == [1])
        for mode in [UInt32(0o640), 0o604, 0o660, 0o601] {
            try Files.write([1], to: path, mode: mode)
            #expect(throws: HostError(.read, path, .tooOpen(mode: mode))) { try Files.readPrivate(path, limit: 10) }
        }
        guard ProcessSettings.user == 0 else { return }
        try Files.write([1], to: path, mode: 0o600)
        #expect(chown(path, 65_534, 65_534) == 0)
        #expect(throws: HostError(.read, path, .foreignOwner(user: 65_534))) { try Files.readPrivate(path, limit: 10) }
    }

    @Test func `a local folder is no network file system`() throws {
        try Files.refuseNetworkFileSystem(folder.path)
        #expect(throws: HostError(.inspect, folder.path("none"), .system(errno: ENOENT))) {
            try Files.refuseNetworkFileSystem(folder.path("none"))
        }
    }

    @Test(arguments: [
        ("a/b", "a", "b"), ("a", ".", "a"), ("/a", "/", "a"), ("/", "/", "/"), ("a/b/", "a", "b"), ("/a//b", "/a", "b"),
        ("a\u{301}/b", "a\u{301}", "b"),
    ])
    func `a path has a folder and a name`(path: String, parent: String, name: String) {
        #expect(Paths.parent(path) == parent)
        #expect(Paths.name(path) == name)
    }

    @Test func `paths are joined unless the second is absolute`() {
        #expect(Paths.join("a", "b") == "a/b")
        #expect(Paths.join("a/", "b") == "a/b")
        #expect(Paths.join("a", "/b") == "/b")
        #expect(Paths.join("", "b") == "b")
    }

    @Test func `errors are worded in one way`() {
        #expect("\(HostError(.read, "a", .system(errno: ENOENT)))" == "can't read a: No such file or directory")
        #expect("\(HostError(.read, "a", .tooOpen(mode: 0o644)))".contains("mode 644"))
        #expect(
            "\(HostError(.readSecret, "pass", .exited(status: 3, complaint: "no key")))"
                == "can't read the secret pass: it ended with status 3: no key")
    }
}
