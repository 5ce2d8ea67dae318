/// Many phrases, each with a meaning, found in one pass over a text.
///
/// Phrases are written folded (`FoldedText`) and are at least four octets. One that begins with a Latin letter or a
/// digit matches only where a word begins; it may end within a word, so `undeliver` finds all its forms.
struct PhraseTable<Meaning: Sendable>: Sendable {
    /// One place where a phrase stands.
    struct Hit: Sendable {
        var phrase: String
        var meaning: Meaning
        /// The octets of the folded text it covers.
        var range: Range<Int>
    }

    private struct Entry: Sendable {
        var bytes: [UInt8]
        var phrase: String
        var meaning: Meaning
        var next: Int32
    }

    private var entries: [Entry] = []
    /// The first entry whose first four octets hash here, or -1.
    private var heads = [Int32](repeating: -1, count: 4096)

    init(_ phrases: [(String, Meaning)]) {
        // Later entries come first in a chain, so the list is entered from its end: the table's order is kept.
        for (phrase, meaning) in phrases.reversed() {
            let bytes = Array(phrase.utf8)
            guard bytes.count >= 4 else { continue }
            let slot = Self.slot(bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
            entries.append(Entry(bytes: bytes, phrase: phrase, meaning: meaning, next: heads[slot]))
            heads[slot] = Int32(entries.count - 1)
        }
    }

    private static func slot(_ key: UInt32) -> Int { Int((key &* 2_654_435_761) >> 20) }

    /// Every hit, by place.
    func hits(in text: FoldedText) -> [Hit] {
        var found: [Hit] = []
        scan(text.bytes) { hit in
            found.append(hit)
            return true
        }
        return found
    }

    /// The first hit.
    func first(in text: FoldedText) -> Hit? {
        var found: Hit?
        scan(text.bytes) { hit in
            found = hit
            return false
        }
        return found
    }

    /// Calls `take` with each hit until it answers false.
    private func scan(_ text: [UInt8], _ take: (Hit) -> Bool) {
        var key: UInt32 = 0
        for (index, byte) in text.enumerated() {
            key = key << 8 | UInt32(byte)
            guard index >= 3 else { continue }
            var candidate = heads[Self.slot(key)]
            while candidate >= 0 {
                let entry = entries[Int(candidate)]
                if matches(entry.bytes, in: text, at: index - 3) {
                    let range = (index - 3)..<(index - 3 + entry.bytes.count)
                    if !take(Hit(phrase: entry.phrase, meaning: entry.meaning, range: range)) { return }
                }
                candidate = entry.next
            }
        }
    }

    private func matches(_ phrase: [UInt8], in text: [UInt8], at start: Int) -> Bool {
        guard start + phrase.count <= text.count else { return false }
        if start > 0, Self.isWord(phrase[0]), Self.isWord(text[start - 1]) { return false }
        for offset in phrase.indices where text[start + offset] != phrase[offset] { return false }
        return true
    }

    private static func isWord(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
}
