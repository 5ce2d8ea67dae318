import Arguments
import Testing

@Suite struct ParserTests {
    static func invocation(_ words: String...) throws -> Invocation {
        guard case .run(let invocation) = try Sample.root.parse(words) else {
            Issue.record("this is a call for help")
            throw UsageError(path: CommandPath(root: Sample.root), problems: [])
        }
        return invocation
    }

    static func problems(_ words: [String]) -> [UsageError.Problem] {
        do {
            _ = try Sample.root.parse(words)
            return []
        } catch {
            return error.problems
        }
    }

    @Test func `values are found by their names`() throws {
        let call = try ParserTests.invocation(
            "--json", "water", "-l", "3", "roses", "--format=csv", "a", "--map", "x=y", "b", "--map=z=", "-qv")
        #expect(call.words == ["water"])
        #expect(call.has("--json"))
        #expect(call.integer("--litres") == 3)
        #expect(call.value("--format") == "csv")
        #expect(call.values("--map") == ["x=y", "z="])
        #expect(call.value("BED") == "roses")
        #expect(call.values("PLANT") == ["a", "b"])
        #expect(call.has("--quiet") && call.has("--verbose"))
        #expect(call.value("--from") == nil)
        #expect(!call.has("--trace"))
    }

    @Test func `options end at two dashes, and one dash is a word`() throws {
        let call = try ParserTests.invocation("water", "-l3", "-", "--", "--json", "-x", "--")
        #expect(call.integer("--litres") == 3)
        #expect(call.value("BED") == "-")
        #expect(call.values("PLANT") == ["--json", "-x", "--"])
        #expect(!call.has("--json"))
    }

    @Test func `a command may do something itself and have commands under it`() throws {
        #expect(try ParserTests.invocation("jobs").words == ["jobs"])
        #expect(try ParserTests.invocation("jobs", "mon").value("DAY") == "mon")
        let done = try ParserTests.invocation("jobs", "done", "k7f2", "m3qa", "--reason", "wet", "--json")
        #expect(done.words == ["jobs", "done"])
        #expect(done.values("CODE") == ["k7f2", "m3qa"])
    }

    @Test(
        arguments: [
            (["water", "--litters", "3", "x"], [.unknownOption("--litters", known: known)]),
            (["watr"], [.unknownCommand("watr", known: ["water", "jobs"])]),
            ([], [.missingCommand]),
            (["--json"], [.missingCommand]),
            (["water"], [.missing("BED")]),
            (["water", "x", "--litres"], [.missingValue(option: "--litres", value: "N")]),
            (["water", "x", "--litres", "--json"], [.missingValue(option: "--litres", value: "N")]),
            (["water", "x", "--json=yes"], [.unwantedValue(option: "--json")]),
            (["water", "x", "-l1", "-l2"], [.repeated(option: "--litres")]),
            (["jobs", "tue"], [.badValue("tue", for: "DAY", because: "is no day")]),
            (["jobs", "mon", "x"], [.surplus("x")]),
            (["jobs", "done"], [.missing("CODE"), .missingOption("--reason WORD")]),
            (
                ["jobs", "--reason", "x"],
                [
                    .unknownOption("--reason", known: ["--json", "--folder", "--help"]),
                    .badValue("x", for: "DAY", because: "is no day"),
                ]
            ),
            (
                ["water", "x", "-l", "0", "--format", "xml", "-z"],
                [
                    .badValue("0", for: "--litres", because: "is no whole number from 1 to 20"),
                    .badValue("xml", for: "--format", because: "is none of table, csv", known: ["table", "csv"]),
                    .unknownOption("-z", known: known),
                ]
            ),
        ] as [([String], [UsageError.Problem])]) func `everything that is wrong is told at once`(
            words: [String], problems: [UsageError.Problem]
        )
    {
        #expect(ParserTests.problems(words) == problems)
    }

    static let known = [
        "--litres", "--format", "--map", "--from", "--quiet", "--verbose", "--json", "--folder", "--help",
    ]

    @Test func `problems are worded with near names and the way to help`() {
        let error = #expect(throws: UsageError.self) {
            try Sample.root.parse(["water", "x", "--litre", "3\u{1B}", "--formt=x"])
        }
        #expect(
            error?.text == """
                demo: there is no option "--litre"
                  hint: did you mean "--litres"?
                demo: there is no option "--formt"
                  hint: did you mean "--format"?
                  help: demo water --help

                """)
        let command = #expect(throws: UsageError.self) { try Sample.root.parse(["wtaer\u{1B}"]) }
        #expect(command?.text.contains("there is no command \"wtaer␛\"") == true)
    }

    @Test(arguments: [
        (["--help"], ["demo"]), (["water", "-h"], ["demo", "water"]),
        (["jobs", "done", "--nonsense", "--help"], ["demo", "jobs", "done"]),
        (["nonsense", "--help"], ["demo"]), (["water", "-qh"], ["demo", "water"]),
    ]) func `help is given whatever else is wrong`(words: [String], names: [String]) throws {
        guard case .help(let path) = try Sample.root.parse(words) else {
            Issue.record("no help")
            return
        }
        #expect(path.names == names)
    }

    @Test func `help after two dashes is a word`() throws {
        #expect(try ParserTests.invocation("water", "x", "--", "--help").values("PLANT") == ["--help"])
    }

    @Test func `a command refuses what its table cannot know`() throws {
        let call = try ParserTests.invocation("water", "roses")
        let text = call.refusal("no bed \"roses\"", hint: "demo jobs").text
        #expect(text == "demo: no bed \"roses\"\n  hint: demo jobs\n  help: demo water --help\n")
    }
}
