import Synchronization

/// The zones of the machine by name. The shell lends it two closures; what was read once is kept.
package final class ZoneDatabase: Sendable {
    private let read: @Sendable (String) -> [UInt8]?
    private let list: @Sendable () -> [String]
    private let known = Mutex<[String: Result<Zone, ZoneError>]>([:])

    /// - Parameters:
    ///   - list: all names that there are, `right/` and `posix/` copies and other files of the folder allowed among them.
    ///   - read: the octets of the TZif file of a name; `nil` where there is none.
    package init(list: @escaping @Sendable () -> [String], read: @escaping @Sendable (String) -> [UInt8]?) {
        self.list = list
        self.read = read
    }

    /// The zone called `name`, `Europe/Berlin`. Upper and lower case count, as on disk.
    ///
    /// - Throws: `ZoneError`.
    package func zone(_ name: String) throws(ZoneError) -> Zone {
        if let found = known.withLock({ $0[name] }) { return try found.get() }
        let result: Result<Zone, ZoneError>
        do {
            result = .success(try load(name))
        } catch {
            result = .failure(error)
        }
        known.withLock { $0[name] = result }
        return try result.get()
    }

    /// The names of all zones, sorted: what to suggest from when a name is unknown.
    package var names: [String] { list().filter(ZoneDatabase.isName).sorted() }

    private func load(_ name: String) throws(ZoneError) -> Zone {
        guard ZoneDatabase.isName(name), let bytes = read(name) else { throw .unknown(name: name) }
        return try Zone(name: name, tzif: bytes)
    }

    /// Whether `name` can be a zone's: `Area/Place`, no way out of the folder, no copy with leap seconds, no table.
    static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let tables: Set<String> = ["localtime", "posixrules", "leapseconds"]
        guard let first = parts.first.map({ String(decoding: $0, as: UTF8.self) }), name.utf8.count <= 100 else {
            return false
        }
        return first != "right" && !first.hasPrefix("posix") && !tables.contains(name)
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { byte in
                        (0x41...0x5A).contains(byte & 0xDF) || (0x30...0x39).contains(byte) || byte == 0x2B
                            || byte == 0x2D || byte == 0x5F
                    }
            }
    }
}
