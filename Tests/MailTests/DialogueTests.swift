import TestKit
import Testing

@testable import Mail

@Suite struct `The SMTP dialogue` {
    @Test(arguments: [UInt64(1), 2, 3, 4])
    func `asks the fence exactly after 2yz, 2yz and 3yz, whatever the server says`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var fences = 0
        for _ in 0..<3000 {
            var features = SMTPFeatures()
            features.pipelining = random.oneIn(2)
            let replies = (0..<3).map { index in random.oneIn(3) ? random.pick(Self.odd) : index == 2 ? 354 : 250 }
            let hasExtra = random.oneIn(10)
            var server = Server(replies: replies, hasExtra: hasExtra, random: random)
            random = SeededRandom(seed: random.next())
            let result = server.converse(SMTPDialogue(.small, features: features, needsReset: false))
            let isGood = replies[0] / 100 == 2 && replies[1] / 100 == 2 && replies[2] / 100 == 3 && !hasExtra
            #expect(result.isFenced == isGood, "seed \(seed): \(replies) \(hasExtra) \(features.pipelining)")
            if isGood { fences += 1 }
            #expect(result.end == (isGood ? .fenceRefused : result.end), "seed \(seed)")
            #expect(result.commands.allSatisfy { ["MAIL", "RCPT", "DATA"].contains($0) }, "seed \(seed)")
        }
        #expect(fences > 300, "seed \(seed)")
    }

    @Test func `with PIPELINING all commands go in one write, without it one by one`() {
        var features = SMTPFeatures()
        let lockstep = SMTPDialogue(.small, features: features, needsReset: true)
        #expect(lockstep.step == .send(Array("RSET\r\n".utf8)[...], .reset))
        features.pipelining = true
        let pipelined = SMTPDialogue(.small, features: features, needsReset: true)
        let all = "RSET\r\nMAIL FROM:<ana@acme.example>\r\nRCPT TO:<bob@beta.example>\r\nDATA\r\n"
        #expect(pipelined.step == .send(Array(all.utf8)[...], .reset))
    }

    @Test func `features are those of the last EHLO`() {
        let features = SMTPFeatures(ehlo: ["mx PIPELINING", "pipelining", "SIZE 1000", "8BITMIME", "X"])
        #expect(features.pipelining && features.eightBitMIME && features.size == 1000 && !features.smtpUTF8)
        #expect(SMTPFeatures(ehlo: ["PIPELINING", "SIZE 0", "SIZE"]) == SMTPFeatures())
    }

    @Test func `what the message needs and the server lacks ends it before MAIL`() {
        var features = SMTPFeatures()
        features.size = 10
        var result = SMTPDialogue(.small, features: features, needsReset: false).result
        #expect(result?.ending == .unsupported("SIZE \(WireMessage.small.octets.count)") && result?.isReusable == true)
        var message = WireMessage.small
        message.octets += [0xC3, 0xA4, 13, 10]
        result = SMTPDialogue(message, features: SMTPFeatures(), needsReset: true).result
        #expect(result?.ending == .unsupported("8BITMIME") && result?.needsReset == true)
    }

    private static let odd = [211, 251, 334, 354, 421, 450, 451, 550, 552, 554]
}

/// A server on paper: answers each write, its octets cut anywhere.
private struct Server {
    var replies: [Int]
    /// Whether one reply more than asked for comes with the last.
    var hasExtra: Bool
    var random: SeededRandom
    private var commands: [String] = []

    init(replies: [Int], hasExtra: Bool, random: SeededRandom) {
        (self.replies, self.hasExtra, self.random) = (replies, hasExtra, random)
    }

    mutating func converse(_ start: SMTPDialogue) -> (isFenced: Bool, end: Ending, commands: [String]) {
        var dialogue = start
        var waiting: [UInt8] = []
        while true {
            switch dialogue.step {
            case .send(let octets, let phase):
                if phase != .body { waiting += answer(String(decoding: octets, as: UTF8.self)) }
                dialogue.sent()
            case .receive:
                let part = waiting.prefix(random.int(1...12))
                waiting.removeFirst(part.count)
                if part.isEmpty { dialogue.stopped(.timedOut) } else { dialogue.received(part) }
            case .fence where !waiting.isEmpty:
                dialogue.received(waiting)
                waiting = []
            case .fence:
                dialogue.fenced(false)
                return (true, dialogue.result?.ending ?? .timedOut, commands)
            case .end(let result): return (false, result.ending, commands)
            }
        }
    }

    private mutating func answer(_ written: String) -> [UInt8] {
        written.split(separator: "\r\n").flatMap { line -> [UInt8] in
            commands.append(String(line.prefix(4)))
            let code = replies[min(commands.count, 3) - 1]
            let lines = random.oneIn(3) ? "\(code)-first\r\n\(code) last\r\n" : "\(code) ok\r\n"
            return Array((lines + (hasExtra && commands.count == 3 ? "250 extra\r\n" : "")).utf8)
        }
    }
}

extension SMTPDialogue {
    fileprivate var result: Result? {
        if case .end(let result) = step { result } else { nil }
    }
}
