import Diagnostics

/// A command line that was not understood, with everything that is wrong with it.
package struct UsageError: Error, Sendable {
    /// One thing that is wrong.
    package enum Problem: Sendable, Hashable {
        /// An option the command does not have, with the names it has.
        case unknownOption(String, known: [String])
        /// A subcommand there is not, with the names there are.
        case unknownCommand(String, known: [String])
        /// No subcommand was given, and one is needed.
        case missingCommand
        /// A positional that is needed, by its name in the tables.
        case missing(String)
        /// An option that is needed: `--reason CODE`.
        case missingOption(String)
        /// An option without its value.
        case missingValue(option: String, value: String)
        /// A flag with a value: `--json=yes`.
        case unwantedValue(option: String)
        /// An option that was given twice.
        case repeated(option: String)
        /// One word too many.
        case surplus(String)
        /// A value that is refused: `for` the option or positional, `because` reads on after the value.
        /// `known` are the words to choose from, where there are any.
        case badValue(String, for: String, because: String, known: [String] = [])
        /// Refused by the command itself.
        case refused(String, hint: String?)
    }

    /// The command that was called, as far as it could be told.
    package let path: CommandPath
    /// Everything that is wrong, in the order of the line.
    package var problems: [Problem]

    package init(path: CommandPath, problems: [Problem]) {
        self.path = path
        self.problems = problems
    }

    /// What to print: a line a problem, with its hint, and the way to the help. Each line ended by LF.
    package var text: String {
        let program = path.names[0]
        let lines = problems.map { problem in
            "\(program): \(message(problem))\n" + (hint(problem).map { "  hint: \($0)\n" } ?? "")
        }
        return lines.joined() + "  help: \(path.names.joined(separator: " ")) --help\n"
    }

    private func message(_ problem: Problem) -> String {
        switch problem {
        case .unknownOption(let name, _): "there is no option \(shown(name))"
        case .unknownCommand(let name, _): "there is no command \(shown(name))"
        case .missingCommand: "\(path.names.joined(separator: " ")) needs a command"
        case .missing(let name): "\(name) is missing"
        case .missingOption(let name): "\(name) is missing"
        case .missingValue(let option, let value): "\(option) needs a value: \(option) \(value)"
        case .unwantedValue(let option): "\(option) takes no value"
        case .repeated(let option): "\(option) was given twice"
        case .surplus(let word): "\(shown(word)) is one word too many"
        case .badValue(let value, let name, let complaint, _): "\(name): \(shown(value)) \(complaint)"
        case .refused(let message, _): DisplayText(message).text
        }
    }

    private func hint(_ problem: Problem) -> String? {
        switch problem {
        case .unknownOption(let name, let known), .unknownCommand(let name, let known):
            NearestName.hint(among: known, to: name)
        case .badValue(let value, _, _, let known): NearestName.hint(among: known, to: value)
        case .refused(_, let hint): hint
        default: nil
        }
    }

    private func shown(_ word: String) -> String { "\"\(DisplayText(word).text)\"" }
}
