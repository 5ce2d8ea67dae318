import Digest
import Host
import Ledger

/// Which folder had which ledger, as this machine remembers it beside the marks.
///
/// `git clean -fdx` takes `.stoke/` away with all that is ignored. A new ledger in its place would know of nobody who was
/// mailed; so a folder that had a real one gets no new one unasked.
struct FolderMemory {
    private let place: LedgerPlace

    init(_ place: LedgerPlace) { self.place = place }

    private static let ending = ".folder"

    /// Keeps that the folder has this ledger, and no other.
    func keep(workspace: [UInt8]) throws(StoreError) {
        let path = Paths.join(place.state, Hex.encode(workspace) + FolderMemory.ending)
        let text = Array((place.folder + "\n").utf8)
        if (try? Files.read(path, limit: 1 << 16)) == text { return }
        do throws(HostError) {
            for old in known() { try Files.remove(old) }
            try Files.write(text, to: path)
        } catch { throw StoreError(error) }
    }

    /// The files that say that the folder had a ledger.
    func known() -> [String] {
        let text = Array((place.folder + "\n").utf8)
        let names = ((try? Files.list(place.state)) ?? []).filter {
            $0.utf8.reversed().starts(with: FolderMemory.ending.utf8.reversed())
        }
        return names.map { Paths.join(place.state, $0) }.filter { (try? Files.read($0, limit: 1 << 16)) == text }
    }
}
