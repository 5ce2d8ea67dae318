/// A choice that is the same on every machine, in every run and after every upgrade, for the same parts.
///
/// Jitter, spin, arms and splits hash (person, sequence, step, purpose) with this, never with Swift's `Hasher`,
/// whose seed is random. It is SipHash-2-4 (Aumasson and Bernstein, 2012) under the zero key; every part is
/// preceded by its kind and its length, so ("ab", "c") and ("a", "bc") differ.
///
/// ```swift
/// let arm = StableChoice("arm", person, sequence, step).index(in: 2)
/// ```
///
/// Two questions about the same thing need a different first part, or their answers are the same draw.
package struct StableChoice: Sendable {
    private var state = SipHash()

    /// A choice that hangs on these parts, their order and where one ends.
    package init(_ parts: String...) {
        for part in parts { add(part) }
    }

    /// The choice with one more part, a text.
    package func with(_ part: String) -> StableChoice {
        var longer = self
        longer.add(part)
        return longer
    }

    /// The choice with one more part, a number; 7 is another part than "7".
    package func with(_ part: Int) -> StableChoice {
        var longer = self
        longer.state.add(word: 1 << 56 | 8)
        longer.state.add(word: UInt64(bitPattern: Int64(part)))
        return longer
    }

    private mutating func add(_ part: String) {
        var part = part
        part.withUTF8 { bytes in
            state.add(word: UInt64(bytes.count))
            state.add(bytes)
        }
    }

    /// 64 well-mixed bits.
    package var value: UInt64 { state.finished }

    /// One of 0..<count, all alike; 0 when `count` is 1 or less.
    package func index(in count: Int) -> Int {
        guard count > 1 else { return 0 }
        return Int(value.multipliedFullWidth(by: UInt64(count)).high)
    }

    /// In 0..<1, in steps of 2^-53.
    package var fraction: Double { Double(value >> 11) * 0x1p-53 }

    /// An index of `weights`, each as often as its weight says; `nil` when no weight is positive.
    package func index(weights: [Int]) -> Int? {
        let total = weights.reduce(0) { $0 + max($1, 0) }
        guard total > 0 else { return nil }
        var left = index(in: total)
        return weights.firstIndex { weight in
            left -= max(weight, 0)
            return left < 0
        }
    }
}

/// SipHash-2-4 with 64 bits of output, fed piece by piece.
struct SipHash: Sendable {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64
    private var tail: UInt64 = 0
    private var length: UInt64 = 0

    init(_ k0: UInt64 = 0, _ k1: UInt64 = 0) {
        v0 = k0 ^ 0x736f_6d65_7073_6575
        v1 = k1 ^ 0x646f_7261_6e64_6f6d
        v2 = k0 ^ 0x6c79_6765_6e65_7261
        v3 = k1 ^ 0x7465_6462_7974_6573
    }

    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        for byte in bytes { add(byte) }
    }

    /// Eight octets, the least significant one first.
    mutating func add(word: UInt64) {
        let shift = (length & 7) * 8
        length &+= 8
        compress(shift == 0 ? word : tail | word << shift)
        tail = shift == 0 ? 0 : word >> (64 - shift)
    }

    private mutating func add(_ byte: UInt8) {
        tail |= UInt64(byte) << ((length & 7) * 8)
        length &+= 1
        guard length & 7 == 0 else { return }
        compress(tail)
        tail = 0
    }

    var finished: UInt64 {
        var last = self
        last.compress(tail | length << 56)
        last.v2 ^= 0xff
        for _ in 0..<4 { last.round() }
        return last.v0 ^ last.v1 ^ last.v2 ^ last.v3
    }

    private mutating func compress(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    private mutating func round() {
        v0 = v0 &+ v1
        v1 = rotated(v1, 13) ^ v0
        v0 = rotated(v0, 32)
        v2 = v2 &+ v3
        v3 = rotated(v3, 16) ^ v2
        v0 = v0 &+ v3
        v3 = rotated(v3, 21) ^ v0
        v2 = v2 &+ v1
        v1 = rotated(v1, 17) ^ v2
        v2 = rotated(v2, 32)
    }

    private func rotated(_ word: UInt64, _ by: UInt64) -> UInt64 { word << by | word >> (64 - by) }
}
