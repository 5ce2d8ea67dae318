import CivilTime
import Host

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A Maildir with its Maildir++ subfolders (`.Sent`), read without moving or marking anything.
package final class MaildirSource: MessageSource {
    private static let uses: [String: MailFolder.Use] = [
        "sent": .sent, "sent items": .sent, "junk": .junk, "spam": .junk, "trash": .trash, "drafts": .drafts,
        "archive": .archive, "archives": .archive,
    ]

    private let path: String
    private var folder = ""

    package init(path: String) { self.path = path }

    package func folders() throws(SourceError) -> [MailFolder] {
        let names = try list(path)
        let subfolders = names.filter { $0.hasPrefix(".") && Files.exists("\(path)/\($0)/cur") }
        return [MailFolder(name: "INBOX", use: .inbox)]
            + subfolders.map { MailFolder(name: $0, use: MaildirSource.uses[$0.dropFirst().lowercased()]) }
    }

    package func open(_ folder: MailFolder) throws(SourceError) -> FolderState {
        guard !folder.name.utf8.contains(UInt8(ascii: "/")), !folder.name.utf8.contains(0) else {
            throw .noFolder(folder.name)
        }
        let place = folder.name.uppercased() == "INBOX" ? path : "\(path)/\(folder.name)"
        guard Files.exists("\(place)/cur"), Files.exists("\(place)/new") else { throw .noFolder(folder.name) }
        self.folder = place
        return FolderState(uidValidity: 0, uidNext: 0, count: try names().count)
    }

    package func entries(from uid: UInt32) throws(SourceError) -> [MessageEntry] {
        try names().keys.sorted().map { MessageEntry(key: $0) }
    }

    package func read(
        _ entries: [MessageEntry], limit: Int, each: (SourceMessage) -> Bool
    ) throws(SourceError) {
        var places = try names()
        for entry in entries {
            guard let place = places[entry.key] else { continue }
            var message = try readFile(place, entry, limit: limit)
            if message == nil {
                // Another program marked it, which renames it.
                places = try names()
                message = try places[entry.key].flatMap { (place) throws(SourceError) in
                    try readFile(place, entry, limit: limit)
                }
            }
            if let message, !each(message) { return }
        }
    }

    package func close() {}

    /// The unique name of each message, with where it is now.
    private func names() throws(SourceError) -> [String: String] {
        var places: [String: String] = [:]
        // `cur` last: a message that moves there meanwhile is found in one or both.
        for part in ["new", "cur"] {
            for name in try list("\(folder)/\(part)") where !name.hasPrefix(".") {
                places[String(name.prefix { $0 != ":" })] = "\(folder)/\(part)/\(name)"
            }
        }
        return places
    }

    private func list(_ path: String) throws(SourceError) -> [String] {
        do throws(HostError) { return try Files.list(path) } catch { throw .file(error.description) }
    }

    /// `nil` when the file is gone.
    private func readFile(_ path: String, _ entry: MessageEntry, limit: Int) throws(SourceError) -> SourceMessage? {
        do throws(HostError) {
            guard let facts = try Files.facts(path), let octets = try FilePrefix.octets(of: path, limit: limit) else {
                return nil
            }
            return SourceMessage(
                entry: entry, received: Instant(facts.modified), size: facts.size, octets: octets,
                isCut: facts.size > octets.count)
        } catch {
            throw .file(error.description)
        }
    }
}

/// The beginning of a file.
private enum FilePrefix {
    /// At most `limit` octets, `nil` when there is no such file.
    static func octets(of path: String, limit: Int) throws(HostError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw HostError(.read, path, .system(errno: errno))
        }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while octets.count < limit {
            let count = read(descriptor, &chunk, min(chunk.count, limit - octets.count))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw HostError(.read, path, .system(errno: errno)) }
            if count == 0 { break }
            octets += chunk[..<count]
        }
        return octets
    }
}
