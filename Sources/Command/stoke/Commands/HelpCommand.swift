import Arguments
import Diagnostics
import Host
import Intake
import Interchange
import Liquid
import Messages
import Reports
import Workspace

/// Help on a command, or the page of a finding.
enum HelpCommand: StokeCommand {
    static let table = Command(
        "help", summary: "help on a command, or on a finding's code",
        positionals: [
            Positional(
                "TOPIC", "a command's words, or a code such as unknown-key", arity: .any, candidates: .named("topics"))
        ],
        examples: [
            Example("stoke help tasks done", "the same as: stoke tasks done --help"),
            Example("stoke help unknown-variable", "what this finding means"),
        ], group: "Files")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let topic = desk.invocation.values("TOPIC")
        var path = CommandPath(root: Catalogue.root)
        for word in topic {
            guard let next = path.appending(word) else { return try page(topic, desk) }
            path = next
        }
        desk.output.print(path.help(width: min(desk.output.width, 100)))
        return .fine
    }

    private static func page(_ topic: [String], _ desk: Desk) throws -> ExitStatus {
        let name = topic.joined(separator: " ")
        guard let code = FindingCode.all.first(where: { $0.name == name }) else {
            let known = FindingCode.all.map(\.name) + Catalogue.commands.map { $0.table.name }
            throw Failure(
                "there is no help on \(name)", hint: NearestName.hint(among: known, to: name), status: .usage)
        }
        desk.output.print(code.text(width: min(desk.output.width, 100)))
        return .fine
    }
}
