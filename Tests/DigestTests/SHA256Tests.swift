import Digest
import TestKit
import Testing

@Suite struct SHA256Tests {
    // FIPS 180-4's examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `a known text has its known hash`(text: String, hex: String) {
        #expect(SHA256.hash(text).hex == hex)
        #expect(SHA256.hash(Array(text.utf8)).description == hex)
        #expect(SHA256.hash(text).bytes == Hex.decode(hex))
    }

    @Test func `pieces hash like the whole`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            let bytes = (0..<random.int(0...500)).map { _ in UInt8(random.int(0...255)) }
            var hasher = SHA256()
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = random.int(1...rest.count)
                hasher.update(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            #expect(hasher.finish() == SHA256.hash(bytes), "seed \(seed)")
        }
    }

    // RFC 4231, test cases 1, 2 and 6.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func `hmac has the values of RFC 4231`(key: [UInt8], message: String, hex: String) {
        #expect(SHA256.authenticate(Array(message.utf8), key: key).hex == hex)
    }

    // RFC 4231, test cases 3, 4 and 7.
    @Test(arguments: [
        (
            [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            [UInt8](1...25), [UInt8](repeating: 0xCD, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            Array(
                ("This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ])
    func `hmac takes octets that are no text, and keys beyond a block`(key: [UInt8], message: [UInt8], hex: String) {
        #expect(SHA256.authenticate(message, key: key).hex == hex)
    }

    // RFC 6234, section 8.5: TEST3 and TEST4.
    @Test func `repeated texts have the hashes of RFC 6234`() {
        var million = SHA256()
        for _ in 0..<1000 { million.update([UInt8](repeating: UInt8(ascii: "a"), count: 1000)) }
        #expect(million.finish().hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        var digits = SHA256()
        for _ in 0..<10 { digits.update("0123456701234567012345670123456701234567012345670123456701234567") }
        #expect(digits.finish().hex == "594847328451bdfa85056225462cc1d867d877fb388df0ce35f25ab5562bfbb5")
    }

    @Test func `hashes and codes of every length are Python's`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let lengths = Array(0...300) + [4095, 4096, 65_537, 1 << 20, 3_000_001]
        let messages = lengths.map { random.octets($0) }
        let keys = lengths.map { _ in random.octets(random.int(0...150)) }
        let script = """
            import sys, hashlib, hmac
            octets = sys.stdin.buffer
            def read(): return octets.read(int(octets.readline() or -1))
            for _ in range(int(octets.readline())):
                key, message = read(), read()
                print(hashlib.sha256(message).hexdigest(), hmac.new(key, message, "sha256").hexdigest())
            """
        var input = Array("\(lengths.count)\n".utf8)
        for octets in zip(keys, messages).flatMap({ [$0, $1] }) { input += Array("\(octets.count)\n".utf8) + octets }
        let output = try ChildProcess.python(script, input: input)
        let expected = String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(expected.count == lengths.count)
        for (index, line) in expected.enumerated() {
            let (key, message) = (keys[index], messages[index])
            let own = "\(SHA256.hash(message).hex) \(SHA256.authenticate(message, key: key).hex)"
            #expect(own == line, "length \(message.count), seed \(seed)")
        }
        print("\(expected.count) hashes and codes by Python's hashlib, \(lengths.reduce(0, +)) octets")
    }

    @Test func `a copy goes on by itself, and what was finished can go on`() {
        var first = SHA256()
        first.update("ab")
        var second = first
        first.update("c")
        second.update("d")
        #expect(first.finish() == SHA256.hash("abc") && second.finish() == SHA256.hash("abd"))
        first.update("e")
        #expect(first.finish() == SHA256.hash("abce"))
    }

    @Test func `a keyed hash shows nothing of its key`() {
        let hmac = HMAC256(key: [UInt8](repeating: 77, count: 32))
        var dumped = ""
        dump(hmac, to: &dumped)
        #expect(dumped == "- HMAC256\n" && "\(hmac)" == "HMAC256")
    }
}

extension SeededRandom {
    fileprivate mutating func octets(_ count: Int) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(count + 8)
        while octets.count < count { withUnsafeBytes(of: next()) { octets.append(contentsOf: $0) } }
        return Array(octets.prefix(count))
    }
}
