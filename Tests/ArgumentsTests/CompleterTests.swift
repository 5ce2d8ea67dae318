import Arguments
import Testing

@Suite struct CompleterTests {
    @Test(arguments: [
        ([""], ["water", "jobs"]), (["w"], ["water"]), (["--j"], ["--json"]), (["se"], []),
        (["water", ""], ["roses", "herbs", "wild bed"]), (["water", "r"], ["roses"]),
        (["water", "roses", "an"], ["ann@x.example", "anton"]),
        (["water", "roses", "x", "an"], ["ann@x.example", "anton"]),
        (["water", "--format", ""], ["table", "csv"]), (["water", "--format=c"], ["--format=csv"]),
        (["water", "--format", "csv", "--fo"], ["--folder"]), (["water", "--map", "a=b", "--m"], ["--map"]),
        (["water", "--json", "r"], ["roses"]), (["water", "-l", "3", "r"], ["roses"]), (["--", "w"], []),
        (["water", "--", "--", "an"], ["ann@x.example", "anton"]), (["water", "--t"], []), (["jobs", ""], ["done"]),
        (["jobs", "mon", ""], []), (["nonsense", ""], []), ([], ["water", "jobs"]), (["water", "--h"], ["--help"]),
    ]) func `what may stand at the cursor is offered`(words: [String], candidates: [String]) {
        let completion = Sample.root.completion(for: words, named: Sample.named)
        #expect(completion.candidates.map(\.text) == candidates)
        #expect(completion.paths == .none)
    }

    @Test(
        arguments: [
            (["water", "--from", "x"], .files), (["water", "--from=x"], .files), (["--folder", ""], .folders),
            (["-C", ""], .folders),
        ] as [([String], Completion.Paths)]) func `paths are the shell's`(words: [String], paths: Completion.Paths)
    {
        #expect(Sample.root.completion(for: words, named: Sample.named) == Completion(paths: paths))
    }

    @Test func `the answer is lines that no candidate can break`() {
        let completion = Completion(
            candidates: [Candidate("a", "x\ty\nz"), Candidate("b"), Candidate("c\n:files"), Candidate("d\u{1B}")])
        #expect(completion.text == "a\tx y z\nb\n:none\n")
    }
}
