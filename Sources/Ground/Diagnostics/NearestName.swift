/// Did-you-mean: the name a person probably meant.
package enum NearestName {
    /// The one of `names` nearest to `typed`, or `nil` if none is near enough to be worth saying.
    ///
    /// Near is the optimal-string-alignment distance (insert, delete, replace, swap of neighbours) over
    /// case-folded characters: 1 for up to four characters, 2 for up to eight, 3 beyond.
    /// Ties go to the name with the longer common beginning, then to the one of nearer length, then to the first.
    package static func among(_ names: some Sequence<String>, to typed: String) -> String? {
        let wanted = folded(typed)
        let limit = wanted.count <= 4 ? 1 : wanted.count <= 8 ? 2 : 3
        var best: (name: String, score: Score)?
        for name in names where name != typed {
            let candidate = folded(name)
            guard abs(candidate.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, candidate)
            guard distance <= limit, distance < candidate.count else { continue }
            let score = Score(
                distance: distance, unlike: -commonPrefix(wanted, candidate) - commonSuffix(wanted, candidate),
                lengths: abs(candidate.count - wanted.count))
            if best.map({ score < $0.score }) ?? true { best = (name, score) }
        }
        return best?.name
    }

    /// The hint that suggests the nearest name, `did you mean "first_name"?`, or `nil`.
    package static func hint(among names: some Sequence<String>, to typed: String) -> String? {
        among(names, to: typed).map { "did you mean \"\($0)\"?" }
    }

    private struct Score: Comparable {
        let distance: Int
        let unlike: Int
        let lengths: Int

        static func < (a: Score, b: Score) -> Bool {
            (a.distance, a.unlike, a.lengths) < (b.distance, b.unlike, b.lengths)
        }
    }

    private static func folded(_ text: String) -> [Character] { Array(text.lowercased()) }

    private static func commonPrefix(_ a: [Character], _ b: [Character]) -> Int {
        zip(a, b).prefix { $0 == $1 }.count
    }

    private static func commonSuffix(_ a: [Character], _ b: [Character]) -> Int {
        zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
    }

    /// The optimal-string-alignment distance of two texts.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [Int](repeating: i, count: b.count + 1)
            for j in 1...b.count {
                let replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                row[j] = min(last[j] + 1, row[j - 1] + 1, replaced)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
