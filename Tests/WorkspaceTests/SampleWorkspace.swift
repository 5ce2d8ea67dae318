import CivilTime
import Foundation
import MIME
import Mail
import Outreach
import Workspace

/// The workspace at the repository's top level, and surroundings as the command lends them.
enum SampleWorkspace {
    /// The folder of the package.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Its files, as `apply` would store them.
    static func files() throws -> [Snapshot.File] {
        let top = ["stoke.yaml", "qualification.yaml"]
        let folders = try Snapshot.folders.flatMap { folder in
            try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
                .map { "\(folder)/\($0)" }
        }
        return try (top + folders).filter(Snapshot.contains).sorted().map { path in
            Snapshot.File(path: path, bytes: Array(try Data(contentsOf: root.appending(path: path))))
        }
    }

    /// The zones of this machine.
    static let zones = ZoneDatabase(
        list: {
            (try? FileManager.default.subpathsOfDirectory(atPath: "/usr/share/zoneinfo")) ?? []
        },
        read: { name in (try? Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)"))).map(Array.init) })

    static func surroundings(
        columns: [String]? = ["trigger"], secret: @escaping @Sendable (String) -> SecretFile = { _ in .sound },
        exists: @escaping @Sendable (String) -> Bool = { _ in true }
    ) -> Surroundings {
        Surroundings(
            zones: zones, knownColumns: columns, address: address, server: server, secretFile: secret, exists: exists)
    }

    private static func address(_ text: String) -> Checked<SenderAddress> {
        do throws(AddressError) {
            let named = try NamedAddress(text)
            return .sound(SenderAddress(name: named.name ?? "", address: named.address.text))
        } catch {
            return .wrong(error.reason)
        }
    }

    private static func server(_ text: String) -> Checked<ServerAddress> {
        do throws(ServerURLError) {
            let server = try ServerURL(text)
            let service: ServerAddress.Service =
                switch server {
                case .maildir: .maildir
                case .server(let scheme, _, _): [.smtp, .smtps].contains(scheme) ? .smtp : .imap
                }
            return .sound(ServerAddress(service, isLoopback: server.isLoopback))
        } catch {
            return .wrong(error.reason)
        }
    }
}
