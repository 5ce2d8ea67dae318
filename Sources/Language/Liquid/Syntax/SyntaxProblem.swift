import Diagnostics

/// Why a piece of a template can't be read, and where; a `Finding` without its place worked out.
struct SyntaxProblem: Error {
    var code: FindingCode
    var message: String
    /// Offsets in octets.
    var range: Range<Int>
    var hint: String?
    var notes: [(message: String, range: Range<Int>)] = []

    init(
        _ code: FindingCode, _ message: String, _ range: Range<Int>, hint: String? = nil,
        notes: [(message: String, range: Range<Int>)] = []
    ) {
        self.code = code
        self.message = message
        self.range = range
        self.hint = hint
        self.notes = notes
    }

    func finding(in source: SourceText) -> Finding {
        Finding(
            code, message, at: source.place(range), hint: hint,
            notes: notes.map { Finding.Note($0.message, at: source.place($0.range)) })
    }
}
