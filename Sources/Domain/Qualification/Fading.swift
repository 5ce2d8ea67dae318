/// What remains of something that halves in equal times: `2^(-age / halfLife)`.
///
/// Written out instead of asked of the C library, so that every machine computes the same bits.
struct Fading: Sendable {
    /// `2^(-i / 64)`, each made of square roots, which IEEE 754 rounds exactly.
    private let sixtyFourths: [Double]
    private static let ln2 = 0.693_147_180_559_945_3

    init() {
        var powers: [Double] = [0.5]
        for _ in 0..<6 { powers.append(powers[powers.count - 1].squareRoot()) }
        var table: [Double] = []
        for index in 0..<64 {
            var product = 1.0
            for bit in 0..<6 where index & (1 << bit) != 0 { product *= powers[6 - bit] }
            table.append(product)
        }
        sixtyFourths = table
    }

    /// The share left after `age` seconds of halving every `halfLife` seconds; 1 before it begins.
    func share(age: Int, halfLife: Int) -> Double {
        guard age > 0, halfLife > 0 else { return 1 }
        let halvings = age / halfLife
        guard halvings < 1000 else { return 0 }
        // Whole halvings are exact; 64ths come from the table; what is left is below 1/64 and five terms of the series
        // of the exponential give it to the last bit.
        let part = Double(age % halfLife) / Double(halfLife) * 64
        let index = min(Int(part), 63)
        let x = (part - Double(index)) / -64 * Fading.ln2
        var series = 1 + x / 6
        for divisor in [5.0, 4, 3, 2, 1] { series = 1 + x / divisor * series }
        return Double(sign: .plus, exponent: -halvings, significand: sixtyFourths[index] * series)
    }
}
