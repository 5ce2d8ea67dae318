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

    // What the ledgers and mails of today hold: a token that was sent must be known for ever.
    @Test func `tokens and names are those of earlier versions`() throws {
        let script = """
            import hmac, base64, struct
            def text(octets): return base64.urlsafe_b64encode(octets).decode().rstrip("=")
            def part(octets): return struct.pack("<Q", len(octets)) + octets
            def mac(message): return text(hmac.new(bytes([9] * 32), message, "sha256").digest()[:16])
            print(text(b"4711") + "." + mac(part(b"opt-out") + b"4711"))
            print(mac(part(b"message-id") + part("jörg@a.example".encode()) + part(b"") + part(b"intro")))
            """
        let lines = String(decoding: try ChildProcess.python(script), as: UTF8.self).split(separator: "\n")
        let signer = try #require(TokenSigner(key: key))
        #expect(signer.sign(Array("4711".utf8), purpose: "opt-out") == lines.first.map(String.init))
        #expect(signer.name(["jörg@a.example", "", "intro"], purpose: "message-id") == lines.last.map(String.init))
    }
}
