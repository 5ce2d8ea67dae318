import Synchronization

/// Something that has a value when the template renders.
indirect enum Expression: Sendable {
    case literal(Operand)
    /// `empty`, and `blank`: an empty text, but a question in a comparison.
    case empty, blank
    case lookup(Lookup)
    case range(Expression, Expression)

    /// The value, where it is known before any data is.
    var constant: Operand? {
        switch self {
        case .literal(let value): value
        case .empty, .blank: .text("")
        case .lookup: nil
        case .range: nil
        }
    }
}

/// `company.people[0].name`: a variable and the way into it.
final class Lookup: Sendable {
    enum Segment: Sendable {
        /// `.name`; the words `size`, `first` and `last` ask for those where there is no such key.
        case key(String)
        /// `[expression]`
        case index(Expression)
    }

    /// The variable's name; `nil` where it is worked out, as in `[key]`.
    let name: String?
    /// What gives the name where it is worked out.
    let nameExpression: Expression?
    let segments: [Segment]
    /// As written, in octets of the source.
    let range: Range<Int>
    /// The name and the keys, with dots: `company.industry`; what is in brackets, if not a text, is left as written.
    let path: String
    /// Where the variable stood in the last record that had it: most records of a run are of one kind.
    private let lastPlace = Atomic<Int>(0)

    /// The place to look at first, in any record; a stale one costs a look, no more.
    var hint: Int {
        get { lastPlace.load(ordering: .relaxed) }
        set { lastPlace.store(newValue, ordering: .relaxed) }
    }

    init(
        name: String?, nameExpression: Expression? = nil, segments: [Segment], range: Range<Int>, path: String
    ) {
        self.name = name
        self.nameExpression = nameExpression
        self.segments = segments
        self.range = range
        self.path = path
    }
}
