import Arguments

/// The hidden line protocol by which other programs render templates.
enum TemplateServerCommand: StokeCommand {
    static let table = Command("template-server", summary: "render templates for other programs", isHidden: true)

    static func run(_ desk: Desk) -> ExitStatus {
        TemplateServer.serve()
        return .fine
    }
}
