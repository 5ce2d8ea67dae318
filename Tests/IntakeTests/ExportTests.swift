import CivilTime
import Facts
import Foundation
import Intake
import Interchange
import Ledger
import Outreach
import TestKit
import Testing

@Suite struct ExportTests {
    static let seed = UInt64.random(in: 0...UInt64.max)

    func export(
        _ subject: ExportSubject, _ store: any Store, columns: [String]? = nil, since: Instant? = nil,
        format: ExportFormat = .csv
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        _ = try Export(subject, from: store, columns: columns, since: since, format: format).run { bytes += $0 }
        return bytes
    }

    @Test func `what is exported comes back equal on import`() throws {
        var random = SeededRandom(seed: ExportTests.seed)
        let pieces = ["=1+1", "+49", "-5", "@x", "\t", "\r", "'", "\"", ",", ";", "\n", "Zoë", "漢", " ", "a", "1"]
        let store = MemoryStore()
        for number in 0..<200 {
            var facts: Record = ["first_name": .text("P\(number)")]
            for name in ["note", "icebreaker", "score"] where !random.oneIn(3) {
                let text = (0...random.int(0...6)).map { _ in random.pick(pieces) }.joined()
                if !Value.text(text).isBlank { facts[name] = .text(text) }
            }
            var company: Record = ["name": .text("C\(number % 7)"), "employees": .integer(number % 7 * 10)]
            company["segment"] = .text("=s\(number % 7)")
            let entry = PersonEntry(
                email: "p\(number)@c\(number % 7).example", facts: facts, company: company,
                companyDomain: "c\(number % 7).example", source: "list", at: Lists.now)
            _ = try store.commit([.put(entry)], epoch: nil)
        }
        let bytes = try export(.people, store)
        let copy = MemoryStore()
        let result = try Lists.importing(bytes, into: copy)
        #expect(result.rejected.isEmpty)
        for number in 0..<200 {
            let email = "p\(number)@c\(number % 7).example"
            let texts = try [store, copy].map { Lists.texts(try #require(try $0.person(withEmail: email))) }
            #expect(texts[0] == texts[1], "seed \(ExportTests.seed)")
        }
        let again = try Lists.importing(bytes, into: store)
        #expect(again.report.unchanged == 200, "seed \(ExportTests.seed)")
    }

    @Test func `Python reads the same cells, guarded where a spreadsheet would run them`() throws {
        let store = MemoryStore()
        _ = try Lists.importing("email,note\na@x.example,\"'=1+1, \"\"q\"\"\"\nb@x.example,plain\n", into: store)
        let output = try ChildProcess.python(
            """
            import csv, sys, io, json
            rows = list(csv.DictReader(io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="")))
            print(json.dumps([[r["email"], r["note"]] for r in rows]))
            """, input: try export(.people, store, columns: ["email", "note"]))
        let json = try JSON(parsing: output)
        #expect(json[0]?[1]?.string == "'=1+1, \"q\"")
        #expect(json[1]?[1]?.string == "plain")
    }

    @Test func `only what is newer than since goes out`() throws {
        let store = MemoryStore()
        _ = try Lists.importing("email,city\na@x.example,A\nb@x.example,B\n", into: store, at: Lists.now)
        let later = Lists.now + 1000
        _ = try Lists.importing("email,city\nb@x.example,Q\nc@x.example,C\n", into: store, at: later)
        let lines = String(decoding: try export(.people, store, columns: ["email"], since: later), as: UTF8.self)
        #expect(lines == "email\nb@x.example\nc@x.example\n")
        let facts = try export(.touchpoints, store, columns: ["email", "kind"], since: later, format: .json)
        #expect(String(decoding: facts, as: UTF8.self) == "{\"email\":\"b@x.example\",\"kind\":\"facts.changed\"}\n")
    }

    @Test func `stages and tasks have their columns`() throws {
        let store = MemoryStore()
        _ = try Lists.importing("email\na@x.example\n", into: store)
        let person = try #require(try store.person(withEmail: "a@x.example")).id
        let fact = Touchpoint(
            person: person, kind: .stage(.prospect), at: Lists.now, recordedAt: Lists.now, detail: ["by": .text("ana")])
        _ = try store.commit([.record(fact, .none)], epoch: nil)
        let stages = String(decoding: try export(.stages, store, columns: ["email", "stage", "by"]), as: UTF8.self)
        #expect(stages == "email,stage,by\na@x.example,prospect,ana\n")
        #expect(String(decoding: try export(.tasks, store), as: UTF8.self).hasPrefix("id,person,email,sequence,step"))
    }
}
