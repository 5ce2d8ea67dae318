import CCrypto

/// The 32 octets of a SHA-256 hash or of an HMAC made with it.
package struct Hash256: Sendable, Hashable, CustomStringConvertible {
    private let octets: SIMD32<UInt8>

    fileprivate init(_ octets: SIMD32<UInt8>) { self.octets = octets }

    /// 32 octets, the first one first.
    package var bytes: [UInt8] { withBytes { Array($0) } }

    /// 64 lower-case hexadecimal digits.
    package var hex: String { withBytes { Hex.encode($0) } }

    package var description: String { hex }

    /// Lends the 32 octets.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: octets) { body($0) }
    }
}

/// SHA-256 (FIPS 180-4) over octets that come piece by piece; a copy goes on from where it was made.
package struct SHA256: Sendable {
    private var state = SHA256_CTX()

    /// The hash of nothing so far.
    package init() { SHA256_Init(&state) }

    /// Adds octets.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        SHA256_Update(&state, bytes.baseAddress, bytes.count)
    }

    /// Adds octets.
    package mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// Adds the octets of a text in UTF-8.
    package mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    /// The hash of all octets added so far.
    package func finish() -> Hash256 {
        var state = state
        var octets = SIMD32<UInt8>()
        withUnsafeMutableBytes(of: &octets) { buffer in
            _ = SHA256_Final(buffer.bindMemory(to: UInt8.self).baseAddress, &state)
        }
        return Hash256(octets)
    }

    /// The hash of `bytes`.
    package static func hash(_ bytes: [UInt8]) -> Hash256 {
        var hasher = SHA256()
        hasher.update(bytes)
        return hasher.finish()
    }

    /// The hash of a text in UTF-8.
    package static func hash(_ text: String) -> Hash256 {
        var hasher = SHA256()
        hasher.update(text)
        return hasher.finish()
    }

    /// HMAC-SHA-256 (RFC 2104) of `message` under `key`.
    package static func authenticate(_ message: [UInt8], key: [UInt8]) -> Hash256 {
        HMAC256(key: key).authenticate { $0.update(message) }
    }
}

/// HMAC-SHA-256 (RFC 2104) under a key that is hashed once for all messages.
package struct HMAC256: Sendable, CustomStringConvertible, CustomReflectable {
    private var inner = SHA256()
    private var outer = SHA256()
    /// The octets that SHA-256 takes at a time.
    private static let block = 64

    /// A key of any length; one over 64 octets is hashed first (RFC 2104 2).
    package init(key: [UInt8]) {
        var padded = key.count > HMAC256.block ? SHA256.hash(key).bytes : key
        padded += repeatElement(0, count: HMAC256.block - padded.count)
        inner.update(padded.map { $0 ^ 0x36 })
        outer.update(padded.map { $0 ^ 0x5C })
    }

    package var description: String { "HMAC256" }
    /// Empty: a key must not appear where a value is printed.
    package var customMirror: Mirror { Mirror(self, children: [:]) }

    /// The code of the message that `write` gives to the hash, piece by piece.
    package func authenticate(_ write: (inout SHA256) -> Void) -> Hash256 {
        var inner = inner
        write(&inner)
        var outer = outer
        inner.finish().withBytes { outer.update($0) }
        return outer.finish()
    }
}
