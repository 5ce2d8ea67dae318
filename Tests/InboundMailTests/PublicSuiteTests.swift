import Foundation
import InboundMail
import MIME
import Testing

/// Real bounces, reports and replies of public test suites, where they lie beside the project.
///
/// The suite counts delays among its bounces; a delay is none, so what announces only a delay is counted apart.
struct PublicSuiteTests {
    struct Label: Decodable {
        var file: String
        var kind: String
        var recipients: [String]
        var recipients_alt: [String]
        var statuses: [String]
        var statuses_alt: [String]?
        var action: String?
        var hard: Bool?
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/suites/inbound").standardizedFileURL

    private static func labels() throws -> [Label]? {
        guard let text = try? String(contentsOf: folder.appending(path: "labels.jsonl"), encoding: .utf8) else {
            return nil
        }
        return try text.split(separator: "\n").map { try JSONDecoder().decode(Label.self, from: Data($0.utf8)) }
    }

    /// Which half of the suite a message belongs to, by its name, to see whether one part carries the other.
    private static func half(_ file: String) -> Int { file.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } & 1 }

    private static func classified(_ label: Label) throws -> Classification {
        classify(ParsedMessage.parse(Array(try Data(contentsOf: folder.appending(path: "msgs/\(label.file)")))))
    }

    @Test func `bounces, reports and replies of public suites are understood`() throws {
        guard let labels = try Self.labels() else {
            print("The public suite ../shared/suites/inbound is absent: nothing was measured.")
            return
        }
        var tally = Tally()
        var halves = [Tally(), Tally()]
        for label in labels {
            let found = try Self.classified(label)
            tally.count(label, found)
            halves[Self.half(label.file)].count(label, found)
        }
        print("public suite: \(tally.report)")
        for (half, name) in zip(halves, ["first", "second"]) { print("  \(name) half: \(half.line)") }
        #expect(tally.recall >= 0.98)
        #expect(tally.precision >= 0.995)
        #expect(tally.recipients >= 0.96)
        #expect(tally.statuses >= 0.98)
        #expect(tally.falseHard.isEmpty)
        #expect(tally.right["arf"] == tally.all["arf"])
        #expect(tally.right["reply"] == tally.all["reply"])
        #expect(tally.falseBounces.isEmpty)
    }
}

/// Counts of a labelled set.
private struct Tally {
    var all: [String: Int] = [:]
    var right: [String: Int] = [:]
    var delays = 0
    var delaysAsBounces = 0
    var missed: [String] = []
    var falseBounces: [String] = []
    var falseHard: [String] = []
    var withRecipients = 0
    var rightRecipients = 0
    var withStatuses = 0
    var rightStatuses = 0

    mutating func count(_ label: PublicSuiteTests.Label, _ found: Classification) {
        if label.kind == "bounce", label.action == "delayed" || found.reason == "delayed" {
            delays += 1
            if found.kind == .bounce { delaysAsBounces += 1 }
            // A label without the word "delayed" may be wrong, but it counts against us.
            if label.action != "delayed" { all["bounce", default: 0] += 1 }
            return
        }
        all[label.kind, default: 0] += 1
        if found.kind.rawValue == label.kind {
            right[label.kind, default: 0] += 1
        } else if found.kind == .bounce {
            falseBounces.append(label.file)
        } else if label.kind == "bounce" {
            missed.append(label.file)
        }
        if label.kind == "bounce", found.kind == .bounce { countDetails(label, found) }
    }

    private mutating func countDetails(_ label: PublicSuiteTests.Label, _ found: Classification) {
        let recipients = Set(found.recipients)
        let expected = Set(label.recipients)
        let allowed = expected.union(label.recipients_alt)
        if !expected.isEmpty {
            withRecipients += 1
            let isRight = !recipients.isEmpty && recipients.isSubset(of: allowed)
            if isRight && (recipients.count >= expected.count || !recipients.isDisjoint(with: label.recipients_alt)) {
                rightRecipients += 1
            }
        }
        if !label.statuses.isEmpty {
            withStatuses += 1
            let statuses = Set(found.statuses)
            let alternatives = Set(label.statuses + (label.statuses_alt ?? []))
            if statuses == Set(label.statuses) || !statuses.isEmpty && statuses.isSubset(of: alternatives) {
                rightStatuses += 1
            }
        }
        if label.hard == false, found.isHard == true { falseHard.append(label.file) }
    }

    private func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 1 : Double(part) / Double(whole) }
    var recall: Double { share(right["bounce"] ?? 0, all["bounce"] ?? 0) }
    var precision: Double {
        share(right["bounce"] ?? 0, (right["bounce"] ?? 0) + falseBounces.count)
    }
    var recipients: Double { share(rightRecipients, withRecipients) }
    var statuses: Double { share(rightStatuses, withStatuses) }

    var line: String {
        let kinds = all.keys.sorted().map { "\($0) \(right[$0] ?? 0)/\(all[$0] ?? 0)" }.joined(separator: ", ")
        return "\(kinds); recipients \(rightRecipients)/\(withRecipients), statuses \(rightStatuses)/\(withStatuses)"
    }

    var report: String {
        """
        \(line)
          delays kept out of bounces: \(delays - delaysAsBounces)/\(delays)
          wrongly hard \(falseHard.count), wrongly bounces \(falseBounces.count)
          missed: \(missed.joined(separator: " "))
        """
    }
}
