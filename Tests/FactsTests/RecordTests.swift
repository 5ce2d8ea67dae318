import Facts
import TestKit
import Testing

struct RecordTests {
    @Test func `a record keeps the order in which names were set`() {
        var record: Record = ["b": .integer(1), "a": .integer(2)]
        record["b"] = .integer(3)
        record["c"] = .integer(4)
        #expect(record.keys == ["b", "a", "c"])
        #expect(record.elements.map(\.value) == [.integer(3), .integer(2), .integer(4)])
    }

    @Test func `a copy goes its own way`() {
        let first: Record = ["a": .integer(1)]
        var second = first
        second["a"] = .integer(2)
        second["b"] = .integer(3)
        #expect(first == ["a": .integer(1)])
        #expect(second.count == 2)
    }

    @Test func `a value is found at its place, whatever place was meant`() {
        let record: Record = ["a": .integer(1), "b": .integer(2)]
        for hint in [0, 1, 2, 99] {
            #expect(record.find("b", near: hint)?.place == 1)
            #expect(record.find("b", near: hint)?.value == .integer(2))
            #expect(record.find("c", near: hint) == nil)
        }
    }

    @Test func `random changes leave what a dictionary would have`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            var record = Record()
            var model: [String: Value] = [:]
            var order: [String] = []
            for _ in 0..<random.int(1...120) {
                let key = "k\(random.int(0...40))"
                let value: Value? = random.oneIn(4) ? nil : .integer(random.int(0...99))
                record[key] = value
                if value == nil { order.removeAll { $0 == key } } else if model[key] == nil { order.append(key) }
                model[key] = value
            }
            #expect(record.keys == order, "seed \(seed)")
            #expect((0...41).allSatisfy { record["k\($0)"] == model["k\($0)"] }, "seed \(seed)")
        }
    }
}
