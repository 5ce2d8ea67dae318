package import CivilTime
import Host

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A Maildir with its Maildir++ subfolders (`.Sent`), read without moving or marking anything.
package final class MaildirSource: MessageSource {
    private let path: String
    private var folder = ""

    package init(path: String) { self.path = path }

    package func folders() throws(SourceError) -> [MailFolder] {
        let names = try list(path)
        let subfolders = names.filter { $0.hasPrefix(".") && Files.exists("\(path)/\($0)/cur") }
        return [MailFolder(name: "INBOX", use: .inbox)]
            + subfolders.map { MailFolder(name: $0, use: MailFolder.Use(name: $0)) }
    }

    package func open(_ folder: MailFolder) throws(SourceError) -> FolderState {
        guard !folder.name.utf8.contains(UInt8(ascii: "/")), !folder.name.utf8.contains(0) else {
            throw .noFolder(folder.name)
        }
        let place = folder.name.uppercased() == "INBOX" ? path : "\(path)/\(folder.name)"
        guard Files.exists("\(place)/cur"), Files.exists("\(place)/new") else { throw .noFolder(folder.name) }
        self.folder = place
        // The clock of a file system may tick a little behind; two seconds are far more.
        let closing = (Clocks.wallSeconds() - 2) * 1_000_000
        return FolderState(uidValidity: 0, uidNext: 0, count: try names().count, closing: closing)
    }

    package func entries(after mark: Int) throws(SourceError) -> [MessageEntry] {
        try files().filter { $0.facts.changed > mark }.map(\.entry)
    }

    package func entries(since day: LocalDate) throws(SourceError) -> [MessageEntry] {
        let start = day.dayNumber * .day
        return try files().filter { $0.facts.modified >= start }.map(\.entry)
    }

    /// Every message with what the system says of its file, in the order of their last changes.
    ///
    /// A file that appears later has changed later, whatever its name or its own date say.
    private func files() throws(SourceError) -> [(entry: MessageEntry, facts: FileFacts)] {
        var files: [(entry: MessageEntry, facts: FileFacts)] = []
        for (key, place) in try names() {
            do throws(HostError) {
                guard let facts = try Files.facts(place) else { continue }
                files.append((MessageEntry(key: key, mark: facts.changed - 1), facts))
            } catch { throw .file(error.description) }
        }
        return files.sorted { ($0.entry.mark, $0.entry.key) < ($1.entry.mark, $1.entry.key) }
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
