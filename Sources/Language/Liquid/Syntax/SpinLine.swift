/// The `{a|b}` groups of one line, found in one pass.
struct SpinLine {
    /// A group: its octets with the braces, and its options' octets.
    struct Group {
        let range: Range<Int>
        let options: [Range<Int>]
    }

    static let none = SpinLine(range: 0..<0)

    private var range: Range<Int>
    /// The groups by the offset of their opening brace.
    private(set) var groups: [Int: Group] = [:]

    private init(range: Range<Int>) { self.range = range }

    /// The rest of the line that `start` is on. Outputs, tags and their texts are passed over.
    init(_ scanner: TemplateScanner, from start: Int) {
        var scanner = scanner
        scanner.position = start
        range = start..<start
        var open: [(brace: Int, pipes: [Int])] = []
        while let piece = scanner.next() {
            let before = range.upperBound
            range = start..<scanner.position
            guard case .text(let text) = piece else {
                // What goes over the end of the line ends all groups.
                let isOnLine = !scanner.bytes[before..<scanner.position].contains(UInt8(ascii: "\n"))
                if isOnLine { continue } else { return }
            }
            if let newline = read(scanner.bytes, text, &open) {
                range = start..<newline + 1
                return
            }
        }
    }

    /// Whether the groups around `offset` are known.
    func covers(_ offset: Int) -> Bool { range.contains(offset) }

    /// Reads a text; gives the place of the line's end if it is in there.
    private mutating func read(
        _ bytes: [UInt8], _ text: Range<Int>, _ open: inout [(brace: Int, pipes: [Int])]
    ) -> Int? {
        for index in text {
            switch bytes[index] {
            case UInt8(ascii: "\n"): return index
            case UInt8(ascii: "{"): open.append((index, []))
            case UInt8(ascii: "|"): if !open.isEmpty { open[open.count - 1].pipes.append(index) }
            case UInt8(ascii: "}"):
                guard let group = open.popLast(), !group.pipes.isEmpty else { continue }
                let starts = [group.brace + 1] + group.pipes.map { $0 + 1 }
                let options = zip(starts, group.pipes + [index]).map { $0..<$1 }
                groups[group.brace] = Group(range: group.brace..<index + 1, options: options)
            default: continue
            }
        }
        return nil
    }
}
