import Digest
import TestKit
import Testing

@Suite struct SignedTokenTests {
    let key = [UInt8](repeating: 9, count: 32)

    @Test func `a token comes back as what was signed, for its purpose and under its key only`() throws {
        let signer = try #require(TokenSigner(key: key))
        let other = try #require(TokenSigner(key: key.map { $0 + 1 }))
        for payload in [[], [1, 2, 3], Array("person 7".utf8)] {
            let token = signer.sign(payload, purpose: "unsubscribe")
            #expect(
                token.utf8.allSatisfy {
                    $0 == 0x2E || $0 == 0x2D || $0 == 0x5F || Character(UnicodeScalar($0)).isLetter
                        || Character(UnicodeScalar($0)).isNumber
                })
            #expect(signer.verify(token, purpose: "unsubscribe") == payload)
            #expect(signer.verify(token, purpose: "approve") == nil)
            #expect(other.verify(token, purpose: "unsubscribe") == nil)
        }
    }

    @Test func `a token with any octet changed, added or removed is none`() throws {
        let signer = try #require(TokenSigner(key: key))
        let token = Array(signer.sign([1, 2, 3, 4], purpose: "p").utf8)
        for index in token.indices {
            for byte in UInt8(0x20)...0x7E where byte != token[index] {
                var changed = token
                changed[index] = byte
                #expect(signer.verify(String(decoding: changed, as: UTF8.self), purpose: "p") == nil)
            }
            var shorter = token
            shorter.remove(at: index)
            #expect(signer.verify(String(decoding: shorter, as: UTF8.self), purpose: "p") == nil)
        }
        #expect(signer.verify("", purpose: "p") == nil)
        #expect(signer.verify(String(decoding: token + [0x41], as: UTF8.self), purpose: "p") == nil)
    }

    @Test func `a short key makes no signer, and a signer never shows its key`() throws {
        #expect(TokenSigner(key: [1, 2, 3]) == nil)
        let signer = try #require(TokenSigner(key: [UInt8](repeating: 77, count: 16)))
        var dumped = ""
        dump(signer, to: &dumped)
        for text in [dumped, "\(signer)", String(reflecting: signer)] { #expect(!text.contains("77")) }
    }

    @Test func `names differ by part, purpose and key`() throws {
        let signer = try #require(TokenSigner(key: key))
        let names = [
            signer.name(["ab", "c"], purpose: "id"), signer.name(["a", "bc"], purpose: "id"),
            signer.name(["ab", "c"], purpose: "other"), signer.name([], purpose: "id"),
        ]
        #expect(Set(names).count == 4)
        #expect(names.allSatisfy { $0.utf8.count == 22 })
        #expect(signer.name(["ab", "c"], purpose: "id") == names[0])
    }

    @Test func `octets are compared whole`() {
        #expect(equalInConstantTime([1, 2], [1, 2]))
        #expect(!equalInConstantTime([1, 2], [1, 3]))
        #expect(!equalInConstantTime([1, 2], [1, 2, 3]))
        #expect(equalInConstantTime([], []))
    }
}
