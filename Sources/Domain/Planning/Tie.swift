import Digest
package import Outreach

/// The stable hash that orders people who are due at once: the same whatever the order they came in.
package func tie(of person: Person, in sequence: Sequence, round: Int) -> Int {
    Int(truncatingIfNeeded: StableChoice("tie", person.key, sequence.name).with(round).value >> 1)
}
