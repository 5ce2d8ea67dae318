import Digest
import Foundation
import TestKit
import Testing

@Suite struct EncodingsTests {
    @Test func `base64 of random octets is Foundation's, and comes back`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8(random.int(0...255)) }
            let text = Base64.standard.encode(bytes)
            #expect(text == Data(bytes).base64EncodedString(), "seed \(seed)")
            #expect(Base64.standard.decode(text) == bytes, "seed \(seed)")
            let safe = Base64.url.encode(bytes)
            let expected = text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            #expect(safe == expected, "seed \(seed)")
            #expect(Base64.url.decode(safe) == bytes, "seed \(seed)")
            #expect(Hex.decode(Hex.encode(bytes)) == bytes, "seed \(seed)")
        }
    }

    @Test(arguments: ["Zg", "Zg=", "Zh==", "Zg==\n", " Zg==", "Zm9v!", "====", "Z", "Zm9vY", "Zm-v"])
    func `base64 that encode would not give is refused`(text: String) {
        #expect(Base64.standard.decode(text) == nil)
    }

    @Test(arguments: ["Zg==", "Zh", "Z", "Zm+v", "Zg.", "é"])
    func `base64url that encode would not give is refused`(text: String) {
        #expect(Base64.url.decode(text) == nil)
    }

    @Test func `hexadecimal takes both cases and refuses the rest`() {
        #expect(Hex.decode("00fFA9") == [0, 255, 0xA9])
        #expect(Hex.decode("") == [])
        for text in ["0", "0g", "0x", " 00", "٠٠"] { #expect(Hex.decode(text) == nil) }
    }
}
