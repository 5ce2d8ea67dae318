import Foundation
import Qualification
import TestKit
import Testing

@Suite struct WilsonIntervalTests {
    @Test func `the interval agrees with values computed by hand`() {
        let interval = WilsonInterval(10, of: 100)
        #expect(abs(interval.low - 0.055_23) < 0.000_01)
        #expect(abs(interval.high - 0.174_37) < 0.000_01)
        #expect(WilsonInterval(0, of: 0).share == nil)
        #expect(WilsonInterval(0, of: 20).low == 0 && WilsonInterval(20, of: 20).high == 1)
    }

    /// Exact: the binomial distribution is summed, nothing is drawn.
    @Test func `mean coverage is within a point of 95 per cent`() {
        var sum = 0.0
        var count = 0
        var worst = 1.0
        for n in [100, 200, 300, 500, 1000, 2000] {
            for step in 1...59 {
                let p = 0.005 + Double(step) * 0.005
                let covered = (0...n).reduce(0.0) { total, k in
                    let interval = WilsonInterval(k, of: n)
                    guard interval.low <= p, p <= interval.high else { return total }
                    let choose = lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
                    return total + exp(choose + Double(k) * log(p) + Double(n - k) * log(1 - p))
                }
                sum += covered
                worst = min(worst, covered)
                count += 1
            }
        }
        let mean = sum / Double(count)
        print("Wilson: mean coverage \(mean) over \(count) pairs of p (0.01-0.3) and n (100-2000), worst \(worst)")
        #expect(abs(mean - 0.95) < 0.01)
    }
}

@Suite struct SequentialTestTests {
    /// Runs a comparison over `days` with looks after every day; the number of people when it concluded, and for whom.
    static func run(
        _ a: Double, _ b: Double, days: Int, perDay: Int, effect: Double, _ random: inout SeededRandom
    ) -> (people: Int, winner: Int)? {
        var test = SequentialTest(minimumEffect: effect)
        let limits = [a, b].map { UInt64($0 * 0x1p63) }
        for day in 1...days {
            for _ in 0..<perDay {
                let bits = random.next()
                let arm = Int(bits >> 63)
                test.add(arm: arm, success: bits & (1 << 63 - 1) < limits[arm])
            }
            if case .better(let winner) = test.verdict { return (day * perDay, winner) }
        }
        return nil
    }

    @Test func `equal variants name a winner in under 5 per cent of 10,000 runs with daily looks`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        var wrong: [Double: Int] = [:]
        let rates = [0.01, 0.03, 0.1, 0.3]
        for rate in rates {
            for _ in 0..<2500 where Self.run(rate, rate, days: 30, perDay: 40, effect: 0.02, &random) != nil {
                wrong[rate, default: 0] += 1
            }
        }
        let all = wrong.values.reduce(0, +)
        print("A/A: \(all) of 10,000 named a winner (\(Double(all) / 100) %), by rate \(wrong), seed \(seed)")
        #expect(all < 500)
        for rate in rates { #expect(wrong[rate, default: 0] < 125 + 25, "rate \(rate), seed \(seed)") }
    }

    @Test func `a real difference is found, for the right variant, about when it was announced`() {
        var random = SeededRandom(seed: 5)
        for (a, b, effect) in [(0.05, 0.08, 0.03), (0.10, 0.15, 0.05), (0.02, 0.04, 0.02)] {
            guard case .cannotConclude = SequentialTest(minimumEffect: effect).verdict else { return }
            var announced = SequentialTest(minimumEffect: effect)
            // What is announced once the rate is roughly known.
            for _ in 0..<400 {
                let arm = Int(random.next() & 1)
                announced.add(arm: arm, success: Double.random(in: 0..<1, using: &random) < (a + b) / 2)
            }
            guard case .cannotConclude(let more) = announced.verdict else { continue }
            let needed = more + 400
            let runs = (0..<200).map { _ in Self.run(a, b, days: needed / 40 * 3, perDay: 40, effect: effect, &random) }
            let right = runs.count { $0?.winner == 1 }
            let within = runs.count { ($0?.people ?? .max) <= needed }
            print("A/B \(a) against \(b): announced \(needed), concluded by then \(within) of 200, right \(right)")
            #expect(right >= 195)
            #expect((120...190).contains(within))
        }
    }

    @Test func `a conclusion stays and a young test says how many are missing`() {
        var test = SequentialTest(minimumEffect: 0.02)
        guard case .cannotConclude(let more) = test.verdict else {
            Issue.record("nothing is known yet")
            return
        }
        #expect(more > 500)
        for _ in 0..<400 {
            test.add(arm: 0, success: false)
            test.add(arm: 1, success: true)
        }
        #expect(test.verdict == .better(1))
    }
}
