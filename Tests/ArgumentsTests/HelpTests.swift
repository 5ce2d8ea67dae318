import Arguments
import TestKit
import Testing

@Suite struct HelpTests {
    @Test func `help says what the table says, in eighty columns`() throws {
        let path = try #require(CommandPath(root: Sample.root).appending("water"))
        #expect(
            path.help() == """
                demo water: water some plants

                Usage: demo water [options] BED [PLANT...]

                Waters the plants named, in their order, and says what each of them got. A plant
                that is wet already is passed over.

                Nothing is watered twice.

                Arguments:
                  BED    the bed
                  PLANT  a plant of it

                Options:
                  -l, --litres N          so many litres each
                      --format FORMAT     how to print (table, csv)
                      --map COLUMN=FIELD  what a column is (may be repeated)
                      --from FILE         read the names from a file
                  -q, --quiet             say nothing
                  -v, --verbose           say more
                  -h, --help              show this help

                Options of every command:
                      --json        print JSON
                  -C, --folder DIR  the garden's folder

                Examples:
                  demo water roses --litres 2
                      every rose gets two litres

                """)
    }

    @Test func `the root lists its commands by group`() {
        #expect(
            CommandPath(root: Sample.root).help() == """
                demo: water plants

                Usage: demo COMMAND ...

                Every day:
                  water  water some plants

                Now and then:
                  jobs  list what is to do

                Options:
                      --json        print JSON
                  -C, --folder DIR  the garden's folder
                  -h, --help        show this help

                Exit status:
                  0   fine
                  64  the command line was not understood

                """)
    }

    @Test func `no line is wider than the terminal`() {
        for path in CommandPath(root: Sample.root).all {
            for line in path.help(width: 50).split(separator: "\n") { #expect(line.count <= 50) }
        }
        #expect(
            CommandPath(root: Sample.root).all.map(\.manualName) == [
                "demo", "demo-water", "demo-jobs", "demo-jobs-done",
            ])
    }

    @Test(.enabled(if: Programs.has("groff"), "groff is not installed"))
    func `the manual page is sound roff and shows every word`() throws {
        for path in CommandPath(root: Sample.root).all {
            let page = path.manualPage(date: "2026-03-12", version: "1.0")
            let result = try ChildProcess.run("groff", ["-man", "-Tascii", "-ww", "-P-cbou"], input: Array(page.utf8))
            #expect(result.status == 0)
            #expect(result.errorText == "")
            #expect(result.text.contains("\(path.manualName) - \(path.command.summary)"))
            for option in path.options where !option.isHidden { #expect(result.text.contains(option.name)) }
            #expect(!result.text.contains("--trace"))
        }
    }

    @Test(.enabled(if: Programs.has("groff"), "groff is not installed"))
    func `text that looks like roff stays text`() throws {
        let odd = Command("odd", summary: "x", discussion: ".de\n'br\n\\fBa \"b\" -c")
        let page = CommandPath(root: odd).manualPage(date: "2026-03-12", version: "1.0")
        let result = try ChildProcess.run("groff", ["-man", "-Tascii", "-ww", "-P-cbou"], input: Array(page.utf8))
        #expect(result.errorText == "")
        #expect(result.text.contains(".de 'br \\fBa \"b\" -c"))
    }
}
