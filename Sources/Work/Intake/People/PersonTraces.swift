import Facts
package import Ledger
package import Outreach

/// What a file's octets are searched for, to tell whether it still names a person.
///
/// Addresses, profiles and names are found in any case and however their parts are separated (`Lee, Ann`,
/// `"Ann","Lee"`); telephone numbers by their last nine digits, however they are grouped. A first or a last name alone
/// is no trace: it would find half the files of a workspace.
package struct PersonTraces: Sendable, Hashable {
    /// Each in the form that `searchable` gives.
    private var texts: Set<[UInt8]> = []
    private var numbers: Set<[UInt8]> = []

    /// - Parameter identities: all that the ledger finds the person by.
    package init(of person: Person, _ identities: [Identity]) {
        for identity in identities { add(identity.kind, identity.value) }
        add(.email, person.email ?? "")
        add(.key, person.key)
        add(.linkedin, person.facts["linkedin"]?.plainText ?? "")
        add(.phone, person.facts["phone"]?.plainText ?? "")
        let names = ["first_name", "last_name"].compactMap { person.facts[$0]?.plainText }
        if names.count == 2 {
            add("\(names[0]) \(names[1])")
            add("\(names[1]) \(names[0])")
        }
    }

    /// Of one identifier: an address, a profile or a number.
    package init(of text: String) {
        add(.email, text)
        if text.utf8.contains(where: { !PersonTraces.isDigit($0) && !PersonTraces.groups.contains($0) }) {
            add(.linkedin, text)
        } else {
            add(.phone, text)
        }
    }

    /// Whether the octets name the person.
    package func isNamed(in octets: [UInt8]) -> Bool {
        let text = PersonTraces.searchable(octets)
        if texts.contains(where: { PersonTraces.contains(text, $0) }) { return true }
        return numbers.contains { PersonTraces.hasNumber(octets, endingIn: $0) }
    }

    private mutating func add(_ kind: Identity.Kind, _ value: String) {
        switch kind {
        case .phone:
            let digits = value.utf8.filter(PersonTraces.isDigit)
            if digits.count >= 7 { numbers.insert(Array(digits.suffix(9))) }
        case .linkedin:
            // Without the host, which is written in several ways.
            add(value.split(separator: "/").suffix(2).joined(separator: "/"))
        case .email, .key: add(value)
        }
    }

    private mutating func add(_ text: String) {
        let text = PersonTraces.searchable(Array(text.utf8)).filter { $0 != 0 }
        let trimmed = text.drop { $0 == 32 }
        if trimmed.count >= 4 { texts.insert(Array(trimmed.reversed().drop { $0 == 32 }.reversed())) }
    }

    // MARK: Octets

    private static let separators = Set(" \t\r\n,;:|\"'<>()[]{}".utf8)
    private static let groups = Set(" -./()+\u{00A0}".utf8)
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (97...122).contains(byte) || byte > 127 || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
    }
    private static let joints = Set(".+".utf8)

    /// Lower case for ASCII, and one space for whatever separates.
    private static func searchable(_ octets: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(octets.count)
        for byte in octets {
            if separators.contains(byte) {
                if text.last != 32 { text.append(32) }
            } else {
                text.append((65...90).contains(byte) ? byte | 32 : byte)
            }
        }
        return text
    }

    /// Whether `word` stands in `text`, and not as a part of a longer word or address.
    private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard let first = word.first, text.count >= word.count else { return false }
        var start = 0
        while start + word.count <= text.count {
            guard let found = text[start...(text.count - word.count)].firstIndex(of: first) else { return false }
            let end = found + word.count
            if text[found..<end].elementsEqual(word), isFree(text[..<found]), isEnd(text[end...]) { return true }
            start = found + 1
        }
        return false
    }

    /// Whether what stands before a word is no part of it.
    private static func isFree(_ before: ArraySlice<UInt8>) -> Bool {
        before.last.map { !isWord($0) && !joints.contains($0) } ?? true
    }

    /// Whether what stands behind a word is no part of it; a full stop may end a sentence.
    private static func isEnd(_ behind: ArraySlice<UInt8>) -> Bool {
        guard let first = behind.first else { return true }
        return joints.contains(first) ? behind.dropFirst().first.map { !isWord($0) } ?? true : !isWord(first)
    }

    /// Whether a run of digits, grouped in any way, ends in these.
    private static func hasNumber(_ octets: [UInt8], endingIn digits: [UInt8]) -> Bool {
        var run: [UInt8] = []
        for byte in octets {
            if isDigit(byte) {
                run.append(byte)
                if run.count > 64 { run.removeFirst(32) }
            } else if !groups.contains(byte) {
                if run.suffix(digits.count).elementsEqual(digits) { return true }
                run = []
            }
        }
        return run.suffix(digits.count).elementsEqual(digits)
    }
}
