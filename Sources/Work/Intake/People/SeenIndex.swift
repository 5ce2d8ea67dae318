/// Which identifiers a file had, and on which line: 14 to 21 octets each, so that a million rows fit in memory.
///
/// Only hashes are kept. They are keyed anew in every process and have 64 bits, so two different addresses of a
/// million are taken for one once in 30 million files.
struct SeenIndex {
    /// Many small tables, because a table that grows is there twice for a moment.
    private var shards = [Shard](repeating: Shard(), count: 256)

    /// The line on which the identifier was seen before; else notes `line`.
    mutating func insert(_ hash: UInt64, line: Int) -> Int? {
        shards[Int(hash >> 56)].insert(hash == 0 ? 1 : hash, line: UInt32(truncatingIfNeeded: line)).map(Int.init)
    }

    /// The line on which the identifier was seen before.
    func line(of hash: UInt64) -> Int? {
        shards[Int(hash >> 56)].line(of: hash == 0 ? 1 : hash).map(Int.init)
    }

    /// The hash of an identifier of a kind.
    static func hash(_ kind: UInt8, _ text: String) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(kind)
        hasher.combine(text)
        return UInt64(truncatingIfNeeded: hasher.finalize())
    }

    /// Open addressing; a hash of 0 is a free place.
    private struct Shard {
        var hashes: [UInt64] = []
        var lines: [UInt32] = []
        var count = 0

        func line(of hash: UInt64) -> UInt32? {
            if hashes.isEmpty { return nil }
            let place = place(of: hash)
            return hashes[place] == hash ? lines[place] : nil
        }

        mutating func insert(_ hash: UInt64, line: UInt32) -> UInt32? {
            if (count + 1) * 8 > hashes.count * 7 { grow() }
            let place = place(of: hash)
            if hashes[place] == hash { return lines[place] }
            hashes[place] = hash
            lines[place] = line
            count += 1
            return nil
        }

        private func place(of hash: UInt64) -> Int {
            let size = hashes.count
            return hashes.withUnsafeBufferPointer { hashes in
                var place = Int(((hash & 0xFFFF_FFFF) * UInt64(size)) >> 32)
                while hashes[place] != 0, hashes[place] != hash { place = place + 1 == size ? 0 : place + 1 }
                return place
            }
        }

        private mutating func grow() {
            let old = (hashes, lines)
            let size = max(16, hashes.count * 3 / 2)
            hashes = [UInt64](repeating: 0, count: size)
            lines = [UInt32](repeating: 0, count: size)
            for (hash, line) in zip(old.0, old.1) where hash != 0 {
                let place = place(of: hash)
                hashes[place] = hash
                lines[place] = line
            }
        }
    }
}
