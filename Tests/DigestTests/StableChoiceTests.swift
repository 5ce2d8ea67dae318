import TestKit
import Testing

@testable import Digest

@Suite struct StableChoiceTests {
    // The reference implementation's vectors (github.com/veorq/SipHash, vectors.h): key 00...0f, input 00, 01, 02 ...
    @Test(arguments: [
        (0, 0x726f_db47_dd0e_0e31), (1, 0x74f8_39c5_93dc_67fd), (7, 0xab02_00f5_8b01_d137 as UInt64),
        (8, 0x93f5_f579_9a93_2462), (15, 0xa129_ca61_49be_45e5), (63, 0x958a_324c_eb06_4572),
    ])
    func `siphash has the values of its reference`(length: Int, expected: UInt64) {
        var hash = SipHash(0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908)
        let bytes = (0..<length).map { UInt8($0) }
        bytes.withUnsafeBufferPointer { hash.add($0) }
        #expect(hash.finished == expected)
    }

    @Test func `words go in like their octets, at any alignment`() {
        for start in 0..<9 {
            var (words, octets) = (SipHash(), SipHash())
            let prefix = [UInt8](repeating: 7, count: start)
            prefix.withUnsafeBufferPointer {
                words.add($0); octets.add($0)
            }
            words.add(word: 0x0102_0304_0506_0708)
            [8, 7, 6, 5, 4, 3, 2, 1].withUnsafeBufferPointer { octets.add($0) }
            #expect(words.finished == octets.finished)
        }
    }

    /// These numbers are a promise: another version of Stoke that gives others would move everybody's jitter and arms.
    @Test func `choices never change between versions`() {
        #expect(StableChoice("arm", "ana@example.com", "outbound", "intro").value == 0x580e_1d6f_e9e9_ff8f)
        #expect(StableChoice("jitter").with(7).value == 0x20be_8cc0_2971_d122)
    }

    @Test func `where a part ends matters, and a number is not its text`() {
        let values = [
            StableChoice(), StableChoice(""), StableChoice("", ""), StableChoice("ab", "c"), StableChoice("a", "bc"),
            StableChoice("abc"), StableChoice("7"), StableChoice().with(7), StableChoice().with(-7),
        ].map(\.value)
        #expect(Set(values).count == values.count)
        #expect(StableChoice("a").with("b").value == StableChoice("a", "b").value)
    }

    @Test func `indices and fractions are spread evenly`() {
        var counts = [Int](repeating: 0, count: 10)
        var weighted = [Int](repeating: 0, count: 3)
        var sum = 0.0
        for number in 0..<20_000 {
            let choice = StableChoice("person", "\(number)")
            counts[choice.index(in: 10)] += 1
            if let index = choice.with("split").index(weights: [50, 0, 150]) { weighted[index] += 1 }
            let fraction = choice.with("jitter").fraction
            #expect((0..<1).contains(fraction))
            sum += fraction
        }
        // Five standard deviations of a fair draw.
        for count in counts { #expect(abs(count - 2000) < 215) }
        #expect(abs(weighted[0] - 5000) < 310 && weighted[1] == 0)
        #expect(abs(sum / 20_000 - 0.5) < 0.011)
    }

    @Test func `nothing to choose from is the first, or none`() {
        #expect(StableChoice("a").index(in: 1) == 0)
        #expect(StableChoice("a").index(in: 0) == 0)
        #expect(StableChoice("a").index(weights: []) == nil)
        #expect(StableChoice("a").index(weights: [0, -3]) == nil)
        #expect(StableChoice("a").index(weights: [0, 1, -3]) == 1)
    }
}
