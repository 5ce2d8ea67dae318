import Foundation
import MIME
import TestKit
import Testing

/// Messages that Python's email package makes, and what it reads from them, next to ours.
struct ParseOracleTests {
    /// Makes messages from a seed: nested multiparts, charsets, encodings, long and encoded headers; prints each as
    /// base64, then its subject and the text of its leaves, as Python knows them, as JSON.
    private static let maker = """
        import base64, email, email.policy, json, random, sys
        from email.message import EmailMessage
        seed = int(sys.argv[1])
        rng = random.Random(seed)
        words = ['Grüße', 'привет', 'こんにちは', 'hello', 'naïve', 'złoty', 'a' * 90, 'From here', '.', '--b', 'x=y', 'tab\\tbed']
        def text():
            return '\\n'.join(' '.join(rng.choice(words) for _ in range(rng.randint(0, 6))) for _ in range(rng.randint(1, 8))) + '\\n'
        def leaf(message, texts):
            body = text()
            charset = rng.choice(['utf-8', 'utf-8', 'iso-8859-1', 'koi8-r', 'shift_jis', 'utf-16'])
            try: body.encode(charset)
            except UnicodeEncodeError: charset = 'utf-8'
            cte = rng.choice(['base64', 'quoted-printable']) if charset != 'utf-16' else 'base64'
            message.set_content(body, subtype=rng.choice(['plain', 'html']), charset=charset, cte=cte)
            texts.append(body)
        def build(message, depth, texts):
            if depth == 0 or rng.random() < 0.4: return leaf(message, texts)
            message['Content-Type'] = 'multipart/' + rng.choice(['mixed', 'alternative', 'related'])
            for _ in range(rng.randint(1, 3)):
                part = EmailMessage()
                build(part, depth - 1, texts)
                del part['MIME-Version']
                message.attach(part)
        for _ in range(60):
            message, texts = EmailMessage(), []
            subject = ' '.join(rng.choice(words[:8]) for _ in range(rng.randint(1, 9)))
            message['Subject'] = subject
            message['References'] = ' '.join('<%d@x.example>' % rng.randint(0, 10**9) for _ in range(rng.randint(1, 9)))
            build(message, rng.randint(0, 3), texts)
            octets = message.as_bytes()
            if rng.random() < 0.5: octets = octets.replace(b'\\n', b'\\r\\n')
            # What Python reads again: its writer loses blanks between some words.
            read = str(email.message_from_bytes(octets, policy=email.policy.default)['Subject'])
            print(base64.b64encode(octets).decode(), json.dumps({'subject': read, 'texts': texts,
                'references': message['References'].count('<')}))
        """

    private struct Expected: Decodable {
        var subject: String
        var texts: [String]
        var references: Int
    }

    @Test func `what Python's email package writes is read as it meant it`() throws {
        let seed = UInt64.random(in: 0..<1_000_000)
        let output = try ChildProcess.python(Self.maker, ["\(seed)"])
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 60)
        for line in lines {
            let fields = line.split(separator: " ", maxSplits: 1)
            let octets = try #require(Data(base64Encoded: String(fields[0])))
            let expected = try JSONDecoder().decode(Expected.self, from: Data(fields[1].utf8))
            let message = ParsedMessage.parse(Array(octets))
            #expect(message.header["subject"] == expected.subject, "seed \(seed)")
            #expect(message.header.messageIDs("references").count == expected.references, "seed \(seed)")
            let texts = message.parts.map { unfolded($0.text ?? "") }
            #expect(texts == expected.texts.map(unfolded), "seed \(seed)")
        }
    }

    /// Line ends made one, and the last one dropped: it belongs to the delimiter as often as to the text.
    private func unfolded(_ text: String) -> String {
        var text = text.replacingOccurrences(of: "\r\n", with: "\n")
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}
