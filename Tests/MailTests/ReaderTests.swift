import CivilTime
import Foundation
import TestKit
import Testing

@testable import Mail

@Suite struct `Readers of octets` {
    @Test(arguments: [UInt64(1), 2, 3])
    func `replies are the same however they are cut into packets`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let replies = (0..<200).map { _ in
            let lines = (0..<random.int(1...4)).map { _ in random.pick(["", "ok", "2.1.0 fine", "5.7.1 no: 250 x"]) }
            return Reply(code: random.int(200...599), lines: lines)
        }
        let octets = replies.flatMap { reply in
            reply.lines.indices.flatMap { index in
                let mark = index == reply.lines.count - 1 ? " " : "-"
                return Array("\(reply.code)\(mark)\(reply.lines[index])\(random.oneIn(5) ? "\n" : "\r\n")".utf8)
            }
        }
        var parser = ReplyParser()
        var found: [Reply] = []
        var rest = octets[...]
        while !rest.isEmpty {
            let part = rest.prefix(random.int(1...40))
            rest = rest.dropFirst(part.count)
            parser.feed(part)
            while let reply = try parser.next() { found.append(reply) }
        }
        #expect(parser.isEmpty, "seed \(seed)")
        #expect(found.map(\.code) == replies.map(\.code) && found.map(\.lines) == replies.map(\.lines), "seed \(seed)")
        #expect(found.allSatisfy { $0.enhanced == EnhancedCode(prefixOf: $0.lines.last ?? "") })
    }

    @Test(
        arguments: [
            "hello", "25", "25x ok", "250_ok", "150 ok", "650 ok", "250-a\r\n251 b", "", " 250 ok", "250-a\r\n250=b",
        ])
    func `what is no reply is none`(text: String) {
        var parser = ReplyParser()
        parser.feed(Array((text + "\r\n").utf8))
        #expect(throws: ReplyParser.Malformed.self) { while try parser.next() != nil {} }
    }

    @Test func `an endless reply is given up, and a long one is kept short`() throws {
        var parser = ReplyParser()
        parser.feed(Array("250 \(String(repeating: "a", count: 300_000))\r\n".utf8))
        #expect(try parser.next()?.lines[0].utf8.count == 1996)
        for _ in 0..<5000 { parser.feed(Array("250-\(String(repeating: "a", count: 200))\r\n".utf8)) }
        parser.feed(Array("250-\(String(repeating: "a", count: 200_000))".utf8))
        #expect(throws: ReplyParser.Malformed.self) { try parser.next() }
    }

    @Test(
        arguments: [
            ("5.1.1 no", EnhancedCode(5, 1, 1)), ("4.7.26", EnhancedCode(4, 7, 26)),
            ("2.0.0 ok", EnhancedCode(2, 0, 0)),
            ("3.1.1", nil), ("5.1", nil), ("5.1.1.1", nil), ("5.1.1x", nil), ("5.1.1234", nil), ("", nil),
            ("5..1", nil),
            (" 5.1.1", nil), ("-5.1.1", nil),
        ] as [(String, EnhancedCode?)])
    func `enhanced codes stand at the start`(text: String, code: EnhancedCode?) {
        #expect(EnhancedCode(prefixOf: text) == code)
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `IMAP responses are the same however they are cut into packets`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let hostile = ["", "a", "{3}\r\n", "* BYE\r\n", ")", "\"", "\r\n", "s1 OK\r\n", "{0}", "\0\u{FF}"]
        var responses: [[IMAPPiece]] = []
        var octets: [UInt8] = []
        for number in 0..<100 {
            var pieces: [IMAPPiece] = []
            octets += Array("* \(number) FETCH (".utf8)
            var text = Array("* \(number) FETCH (".utf8)
            for _ in 0..<random.int(0...3) {
                let literal = (0..<random.int(0...5)).flatMap { _ in Array(random.pick(hostile).utf8) }
                octets += Array("{\(literal.count)}\r\n".utf8) + literal
                pieces += [.text(text), .literal(literal, size: literal.count)]
                text = Array(" x".utf8)
                octets += text
            }
            pieces.append(.text(text + Array(")".utf8)))
            octets += Array(")\r\n".utf8)
            responses.append(pieces)
        }
        var reader = IMAPReader()
        var found: [[IMAPPiece]] = []
        var rest = octets[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(random.int(1...30)))
            rest = rest.dropFirst(part.count)
            reader.feed(part)
            while let response = try reader.next() { found.append(response) }
        }
        #expect(found == responses, "seed \(seed)")
    }

    @Test func `IMAP values nest, quote and bracket`() {
        var parser = IMAPValueParser([
            .text(Array(#"OK [A B (c)] ("a\"b\\" NIL () {x) BODY[H (T)]<0> "#.utf8)), .literal([40], size: 9),
        ])
        let string = { (text: String) in IMAPValue.string(Array(text.utf8), size: text.utf8.count) }
        let atom = { (text: String) in IMAPValue.atom(Array(text.utf8)) }
        #expect(
            parser.values() == [
                atom("OK"), atom("[A B (c)]"), .list([string(#"a"b\"#), atom("NIL"), .list([]), atom("{x")]),
                atom("BODY[H (T)]<0>"), .string([40], size: 9),
            ])
        for bad in ["(", ")", "a (b", "\"x", "\"x\\", String(repeating: "(", count: 1000)] {
            var parser = IMAPValueParser([.text(Array(bad.utf8))])
            #expect(parser.values() == nil, "\(bad.prefix(10))")
        }
    }

    @Test func `dates of IMAP are those of Python`() throws {
        var random = SeededRandom(seed: 7)
        let instants = (0..<200).map { _ in random.int(-1_000_000_000...4_000_000_000) }
        let script = """
            import imaplib, json, sys, datetime
            print(json.dumps([datetime.datetime.strptime(t.strip(), "%d-%b-%Y %H:%M:%S %z").timestamp() for t in json.load(sys.stdin)]))
            """
        let input = try JSONEncoder().encode(instants.map { InternalDate.text(Instant($0)) })
        let found = try JSONDecoder().decode(
            [Double].self, from: Data(ChildProcess.python(script, input: Array(input))))
        #expect(found.map { Int($0) } == instants)
        #expect(instants.allSatisfy { InternalDate.instant(InternalDate.text(Instant($0))) == Instant($0) })
        #expect(InternalDate.instant("17-Jul-1996 02:44:25 -0700") == Instant(837_596_665))
        for bad in [
            "", "32-Jan-2026 00:00:00 +0000", "1-Foo-2026 00:00:00 +0000", "1-Jan-2026 25:00:00 +0000", "1-Jan-2026",
        ] {
            #expect(InternalDate.instant(bad) == nil)
        }
    }

    @Test(
        arguments: [
            ("smtp://mail.acme.example:587", .server(.smtp, host: "mail.acme.example", port: 587)),
            ("smtps://Mail.example", .server(.smtps, host: "mail.example", port: 465)),
            ("imap://[::1]:1143", .server(.imap, host: "::1", port: 1143)),
            ("imaps://127.0.0.1", .server(.imaps, host: "127.0.0.1", port: 993)),
            ("maildir:out box", .maildir(path: "out box")),
        ] as [(String, ServerURL)])
    func `servers are named by URL`(text: String, server: ServerURL) throws {
        #expect(try ServerURL(text) == server)
    }

    @Test(
        arguments: [
            ("", ServerURLError.scheme), ("http://x", .scheme), ("smtp:x", .scheme), ("smtp://", .host),
            ("smtp://a b", .host),
            ("smtp://user@host", .host), ("smtp://host/path", .host), ("smtp://host:0", .port),
            ("smtp://host:99999", .port),
            ("smtp://host:", .port), ("smtp://host:25x", .port), ("smtp://[::1", .host), ("smtp://[x]", .host),
            ("maildir:", .path),
            ("smtp://host\r\n", .host), ("smtp://-x", .host),
        ])
    func `what names no server is refused`(text: String, error: ServerURLError) {
        #expect(throws: error) { try ServerURL(text) }
    }

    @Test(arguments: [
        ("localhost", true), ("127.1.2.3", true), ("::1", true), ("127.0.0.1.example", false), ("127.0.0", false),
        ("10.0.0.1", false),
    ])
    func `loopback is what only this machine hears`(host: String, isLoopback: Bool) {
        #expect(ServerURL.server(.smtp, host: host, port: 25).isLoopback == isLoopback)
    }
}
