import Digest

/// What is left of a forgotten person: hashes that only this ledger can make, so that nobody can look them up in a list.
package enum KeyedHash {
    /// One for each identifier, in lower-case hex.
    ///
    /// - Parameters:
    ///   - identifiers: a person's address, profile and number, normalised.
    ///   - key: the ledger's own key.
    package static func of(_ identifiers: [String], key: [UInt8]) -> [String] {
        identifiers.map { SHA256.authenticate(Array("forgotten\n\($0)".utf8), key: key).hex }
    }
}
