/// True when both are equal; the time taken tells nothing of where they differ.
package func equalInConstantTime(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}

/// Makes and checks tokens that nobody without the key can make: for unsubscribe links and Message-IDs.
///
/// A token is `payload.mac`, both base64url: 22 characters of MAC are the first 16 octets of an HMAC-SHA-256
/// over the purpose's length, the purpose and the payload, so a token for one purpose is none for another. The payload
/// is signed, not hidden: put an opaque id in it, never an address.
package struct TokenSigner: Sendable, CustomStringConvertible, CustomReflectable {
    private let hmac: HMAC256

    /// `key`: at least 16 octets, or `nil`.
    package init?(key: [UInt8]) {
        guard key.count >= 16 else { return nil }
        hmac = HMAC256(key: key)
    }

    package var description: String { "TokenSigner" }
    /// Empty: the key must not appear where a value is printed.
    package var customMirror: Mirror { Mirror(self, children: [:]) }

    /// The token that says `payload` for `purpose`.
    package func sign(_ payload: [UInt8], purpose: String) -> String {
        Base64.url.encode(payload) + "." + mac(purpose) { $0.update(payload) }
    }

    /// The payload of a token that this key made for `purpose`; `nil` for any other text.
    package func verify(_ token: String, purpose: String) -> [UInt8]? {
        let parts = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 2, let payload = Base64.url.decode(String(decoding: parts[0], as: UTF8.self)),
            equalInConstantTime(Array(parts[1]), Array(mac(purpose) { $0.update(payload) }.utf8))
        else { return nil }
        return payload
    }

    /// A name that only this key can make from `parts`: base64url of 16 octets, 22 characters.
    package func name(_ parts: [String], purpose: String) -> String {
        mac(purpose) { hash in
            for part in parts { hash.updateWithLength(part) }
        }
    }

    /// Of the first 16 octets, in base64url.
    private func mac(_ purpose: String, _ write: (inout SHA256) -> Void) -> String {
        let hash = hmac.authenticate { hash in
            hash.updateWithLength(purpose)
            write(&hash)
        }
        return hash.withBytes { Base64.url.encode($0.prefix(16)) }
    }
}

extension SHA256 {
    /// Adds the length of a text, 8 octets with the least significant one first, and the text.
    fileprivate mutating func updateWithLength(_ text: String) {
        withUnsafeBytes(of: UInt64(text.utf8.count).littleEndian) { update($0) }
        update(text)
    }
}
