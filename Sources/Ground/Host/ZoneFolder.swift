/// The machine's folder of time zones, `/usr/share/zoneinfo`.
package struct ZoneFolder: Sendable {
    /// Its path.
    package let path: String

    /// The folder at `path`.
    package init(_ path: String) { self.path = path }

    /// The folder that TZDIR names, else the first of the usual ones that is there; `nil` where the machine has none.
    package static func find(_ environment: Environment) -> ZoneFolder? {
        let usual = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"]
        return ([environment.text("TZDIR")].compactMap { $0 } + usual).first(where: Files.exists).map(ZoneFolder.init)
    }

    /// The octets of the zone `name`, `Europe/Berlin`; `nil` where it is not there or not a file of sane size.
    package func read(_ name: String) -> [UInt8]? { try? Files.read(Paths.join(path, name), limit: 1 << 20) }

    /// Every file's name in it, folders' names before with a slash; tables and copies among them.
    package func names() -> [String] {
        var names: [String] = []
        var folders = [""]
        while let folder = folders.popLast() {
            for name in (try? Files.list(Paths.join(path, folder))) ?? [] {
                let relative = folder.isEmpty ? name : "\(folder)/\(name)"
                switch try? Files.facts(Paths.join(path, relative))?.kind {
                case .folder where relative.utf8.count < 100: folders.append(relative)
                case .file: names.append(relative)
                default: break
                }
            }
        }
        return names.sorted()
    }
}
