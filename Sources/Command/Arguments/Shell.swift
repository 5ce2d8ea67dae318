/// A shell for which there is a completion script.
///
/// The scripts know no command: they pass the line to the program, which answers from its tables
/// (`Command.completion`), so that completions are always those of the program installed.
package enum Shell: String, Sendable, CaseIterable {
    case bash, zsh, fish

    /// The script.
    /// - Parameter program: the name of the command, as it is typed.
    /// - Parameter hook: the words that make it answer; ` -- WORD...` is added, the last word being the one at the
    ///   cursor, and it prints `Completion.text`.
    package func completionScript(program: String, hook: [String]) -> String {
        let hook = hook.joined(separator: " ")
        return switch self {
        case .bash: Shell.bashScript(program, hook, program.functionName)
        case .zsh: Shell.zshScript(program, hook, program.functionName)
        case .fish: Shell.fishScript(program, hook, program.functionName)
        }
    }
}

extension String {
    /// Letters, digits and underscores only.
    fileprivate var functionName: String { String(map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }) }
}
