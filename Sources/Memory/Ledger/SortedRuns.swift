/// A sorted set in short runs: adding, removing and finding cost a few hundred elements, however many there are.
struct SortedRuns<Element: Comparable> {
    /// None is empty; each is sorted, and all of one is before all of the next.
    private var runs: [[Element]] = []
    private static var longest: Int { 256 }

    init() {}

    var isEmpty: Bool { runs.isEmpty }

    /// Adds an element that is not there yet.
    mutating func insert(_ element: Element) {
        guard !runs.isEmpty else {
            runs = [[element]]
            return
        }
        let run = min(runIndex(of: element), runs.count - 1)
        runs[run].insert(element, at: Self.lowerBound(of: element, in: runs[run]))
        if runs[run].count > Self.longest {
            let half = Self.longest / 2
            let upper = Array(runs[run][half...])
            runs[run].removeSubrange(half...)
            runs.insert(upper, at: run + 1)
        }
    }

    /// Removes an element, if it is there.
    mutating func remove(_ element: Element) {
        let run = runIndex(of: element)
        guard run < runs.count else { return }
        let place = Self.lowerBound(of: element, in: runs[run])
        guard place < runs[run].count, runs[run][place] == element else { return }
        runs[run].remove(at: place)
        if runs[run].isEmpty { runs.remove(at: run) }
    }

    /// How many elements are before `limit`, or at it.
    func count(through limit: Element) -> Int {
        let run = runIndex(of: limit)
        var count = 0
        for earlier in runs.prefix(run) { count += earlier.count }
        if run < runs.count {
            let place = Self.lowerBound(of: limit, in: runs[run])
            count += place < runs[run].count && runs[run][place] == limit ? place + 1 : place
        }
        return count
    }

    /// Calls `body` with the elements after `cursor`, from the first where it is `nil`, in order, until it says `false`.
    func walk(after cursor: Element?, _ body: (Element) -> Bool) {
        var run = cursor.map(runIndex(of:)) ?? 0
        var place = 0
        if let cursor, run < runs.count {
            place = Self.lowerBound(of: cursor, in: runs[run])
            if place < runs[run].count, runs[run][place] == cursor { place += 1 }
        }
        while run < runs.count {
            while place < runs[run].count {
                if !body(runs[run][place]) { return }
                place += 1
            }
            run += 1
            place = 0
        }
    }

    /// The first run whose last element is not before `element`.
    private func runIndex(of element: Element) -> Int {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if let last = runs[middle].last, last < element { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func lowerBound(of element: Element, in run: [Element]) -> Int {
        var low = 0
        var high = run.count
        while low < high {
            let middle = (low + high) / 2
            if run[middle] < element { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
