import Foundation
import InboundMail
import MIME
import Testing

/// Messages of many programs, whole, with what must be read from each: `Fixtures/reports`.
struct MailerTests {
    /// One message of a file.
    struct Sample: Sendable, CustomStringConvertible {
        /// Name, kind, recipients, statuses, hard, reason, and for some the day of return; an asterisk is anything.
        var expected: [String]
        var octets: [UInt8]
        var description: String { expected[0] }
    }

    static func samples(_ file: String) throws -> [Sample] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/reports")
        let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        return text.components(separatedBy: "\n%% ").dropFirst().map { piece in
            let end = piece.firstIndex(of: "\n") ?? piece.endIndex
            let fields = piece[..<end].components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return Sample(expected: fields, octets: Array((piece[end...].dropFirst() + "\n").utf8))
        }
    }

    /// What `inbox explain` says, in the words of a sample's first line.
    private static func said(_ octets: [UInt8]) -> [String] {
        let fields = Explanation(file: "", message: ParsedMessage.parse(octets)).fields
        return fields.dropFirst().dropLast().map { name, value in
            switch value {
            case .text(let text): text
            case .list(let items): items.sorted().joined(separator: " ")
            case .flag(let flag): flag ? "yes" : "no"
            case .none: name == "hard" ? "-" : ""
            }
        }
    }

    /// Where `said` differs from what a sample expects.
    private static func differences(_ sample: Sample, _ said: [String]) -> [String] {
        zip(sample.expected.dropFirst(), said).filter { expected, found in
            expected != "*" && expected.split(separator: " ").sorted().joined(separator: " ") != found
        }.map { "\($0) expected, \($1) read" }
    }

    @Test(arguments: ["mailers-a.txt", "mailers-b.txt", "exchange.txt", "kinds.txt"])
    func `messages of many programs are read`(file: String) throws {
        let samples = try Self.samples(file)
        var right: [String: (right: Int, all: Int)] = [:]
        for sample in samples {
            let wrong = Self.differences(sample, Self.said(sample.octets))
            let tally = right[sample.expected[1]] ?? (0, 0)
            right[sample.expected[1]] = (tally.right + (wrong.isEmpty ? 1 : 0), tally.all + 1)
            #expect(wrong.isEmpty, "\(sample): \(wrong.joined(separator: "; "))")
        }
        let line = right.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.right)/\($0.value.all)" }
        print("\(file): \(line.joined(separator: ", "))")
        #expect(samples.count >= 35)
    }
}
