import CivilTime
import Host
import MIME
import Mail
import Workspace

extension Surroundings {
    /// What this machine says of a workspace's files; without a folder, of a snapshot's: no disk is asked then.
    static func machine(_ zones: ZoneDatabase, folder: WorkspaceFolder?, columns: [String] = []) -> Surroundings {
        guard let folder else {
            return Surroundings(zones: zones, knownColumns: nil, address: sender, server: server)
        }
        return Surroundings(
            zones: zones, knownColumns: columns, address: sender, server: server,
            secretFile: { secret(folder.join($0), in: folder) }, exists: { Files.exists(folder.join($0)) })
    }

    private static let sender: @Sendable (String) -> Checked<SenderAddress> = { text in
        do throws(AddressError) {
            let address = try NamedAddress(text)
            return .sound(SenderAddress(name: address.name ?? "", address: address.address.text))
        } catch {
            return .wrong(error.reason)
        }
    }

    private static let server: @Sendable (String) -> Checked<ServerAddress> = { text in
        do throws(ServerURLError) {
            let url = try ServerURL(text)
            return .sound(ServerAddress(url.service, isLoopback: url.isLoopback))
        } catch {
            return .wrong(error.reason)
        }
    }

    /// How safe a secret's file is.
    static func secret(_ path: String, in folder: WorkspaceFolder) -> SecretFile {
        guard let facts = try? Files.facts(path) else { return .missing }
        if GitFolder(folder.path).tracked([path])?.isEmpty == false { return .tracked }
        return facts.isPrivate ? .sound : .readable(mode: String(facts.mode & 0o777, radix: 8))
    }
}

extension ServerURL {
    fileprivate var service: ServerAddress.Service {
        switch self {
        case .maildir: .maildir
        case .server(let scheme, _, _): [.imap, .imaps].contains(scheme) ? .imap : .smtp
        }
    }
}
