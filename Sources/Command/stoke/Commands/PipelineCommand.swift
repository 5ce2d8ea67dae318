import Arguments
import Host
import Interchange
import Qualification
import Reports
import SQLiteLedger

/// The stages as one would draw them on a wall.
enum PipelineCommand: StokeCommand {
    static let table = Command(
        "pipeline", summary: "the stages as one would draw them on a wall",
        discussion: "Inbound and outbound apart; counts, conversion with its interval, time in stage, what is ageing.",
        options: [
            .json, Option("--csv", "as CSV"),
            Option("--html", value: "FILE", "a page with the board", candidates: .files),
        ],
        examples: [
            Example("stoke pipeline", "the board"), Example("stoke pipeline --html board.html", "for a browser"),
        ],
        group: "People")

    static func run(_ desk: Desk) throws -> ExitStatus {
        let office = try Office.reading(desk)
        let board = try PipelineBoard(office.store, office.qualifier, now: office.now, zone: office.zone)
        if let file = desk.invocation.value("--html") {
            try Files.write(Array(board.page().utf8), to: file, mode: 0o644)
        } else if desk.wantsJSON {
            desk.output.print(board.json())
        } else if desk.invocation.has("--csv") {
            desk.output.print(board.csv())
        } else {
            desk.output.print(board.text(width: desk.output.width, style: desk.output.style))
        }
        return .fine
    }
}
