package import CivilTime
package import Interchange
import Outreach
package import Qualification

/// What other rules would have said, for `qualify --backtest`.
package struct BacktestText {
    private let backtest: Backtest
    private let zone: Zone

    /// Days are shown on the clock of `zone`.
    package init(_ backtest: Backtest, zone: Zone) {
        self.backtest = backtest
        self.zone = zone
    }

    /// Every line ended by LF, at most `width` cells.
    package func text(width: Int = 80, style: TerminalStyle = .plain) -> String {
        var text = style.bold("Backtest over \(Numbers.people(backtest.people))") + "\n"
        text += "  MQL under the present rules: \(Numbers.grouped(backtest.presentCount))\n"
        text += "  MQL under the other rules:   \(Numbers.grouped(backtest.otherCount))\n"
        text += "  wins: \(backtest.wins), missed by the other rules: \(backtest.missedWins.count)\n"
        text += list("Would be MQL", backtest.gained, width, style)
        text += list("Would not be MQL", backtest.lost, width, style)
        text += list("Wins that would have been missed", backtest.missedWins, width, style)
        return text
    }

    private func list(_ title: String, _ cases: [Backtest.Case], _ width: Int, _ style: TerminalStyle) -> String {
        guard !cases.isEmpty else { return "" }
        var table = Table(
            columns: [.init("", minimum: 20), .init("present"), .init("other"), .init("won")], indent: 2)
        for one in cases.prefix(50) {
            table.add(["\(one.person.displayName)", "\(day(one.present))", "\(day(one.other))", "\(day(one.won))"])
        }
        let more = cases.count > 50 ? "  and \(cases.count - 50) more\n" : ""
        return "\n" + style.bold("\(title): \(cases.count)") + "\n" + table.text(width: width, style: style) + more
    }

    private func day(_ instant: Instant?) -> String { instant.map { Dates.full(zone.date(at: $0)) } ?? "-" }

    /// The comparison for programs.
    package func json() -> JSON {
        let people = { (cases: [Backtest.Case]) -> JSON in .array(cases.map { .string($0.person.key) }) }
        return [
            "people": .integer(backtest.people), "present": .integer(backtest.presentCount),
            "other": .integer(backtest.otherCount), "wins": .integer(backtest.wins),
            "gained": people(backtest.gained), "lost": people(backtest.lost),
            "missed_wins": people(backtest.missedWins),
        ]
    }
}
