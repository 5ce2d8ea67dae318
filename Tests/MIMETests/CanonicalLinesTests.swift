import Foundation
import MIME
import TestKit
import Testing

@Suite struct `Line ends` {
    @Test func `all strings up to 6 long over CR, LF, dot and a become what a regular expression says`() throws {
        let texts = strings(over: ["\r", "\n", ".", "a"], upTo: 6)
        let script = """
            import base64, json, re, sys
            def canonical(text):
                text = re.sub(rb"\\r\\n|\\r|\\n", b"\\r\\n", text)
                return text + b"\\r\\n" if text and not text.endswith(b"\\r\\n") else text
            print(json.dumps([base64.b64encode(canonical(base64.b64decode(t))).decode() for t in json.load(sys.stdin)]))
            """
        let input = try JSONEncoder().encode(texts.map { Data($0).base64EncodedString() })
        let expected = try JSONDecoder().decode(
            [Data].self, from: Data(ChildProcess.python(script, input: Array(input))))
        for (text, expected) in zip(texts, expected) {
            let octets = CanonicalLines.crlf(text)
            #expect(octets == Array(expected), "\(text)")
            #expect(
                CanonicalLines.isCanonical(octets) && CanonicalLines.isCanonical(text) == (octets == text), "\(text)")
            #expect(CanonicalLines.lf(text) == expected.filter { $0 != 13 }, "\(text)")
        }
        print("line ends: \(texts.count) strings")
    }

    private func strings(over alphabet: [String], upTo length: Int) -> [[UInt8]] {
        var all: [[UInt8]] = [[]]
        var last = all
        for _ in 0..<length {
            last = last.flatMap { start in alphabet.map { start + Array($0.utf8) } }
            all += last
        }
        return all
    }
}
