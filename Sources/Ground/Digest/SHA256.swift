import CGLib

/// The 32 octets of a SHA-256 hash or of an HMAC made with it.
package struct Hash256: Sendable, Hashable, CustomStringConvertible {
    /// 32 octets, the first one first.
    package let bytes: [UInt8]

    /// 64 lower-case hexadecimal digits.
    package var hex: String { Hex.encode(bytes) }

    package var description: String { hex }
}

/// SHA-256 (FIPS 180-4) over octets that come piece by piece.
package struct SHA256: ~Copyable {
    private let checksum: OpaquePointer?

    package init() {
        checksum = g_checksum_new(G_CHECKSUM_SHA256)
    }

    deinit {
        g_checksum_free(checksum)
    }

    /// Adds octets.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        g_checksum_update(checksum, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
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

    /// The hash of all octets added.
    package consuming func finish() -> Hash256 {
        var length = gsize(32)
        return Hash256(
            bytes: [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
                g_checksum_get_digest(checksum, buffer.baseAddress, &length)
                count = Int(length)
            })
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
        let hmac = g_hmac_new(G_CHECKSUM_SHA256, key, gsize(key.count))
        defer { g_hmac_unref(hmac) }
        g_hmac_update(hmac, message, gssize(message.count))
        var length = gsize(32)
        return Hash256(
            bytes: [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
                g_hmac_get_digest(hmac, buffer.baseAddress, &length)
                count = Int(length)
            })
    }
}
