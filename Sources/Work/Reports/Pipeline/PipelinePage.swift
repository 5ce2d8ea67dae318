import CivilTime
import Interchange
import Outreach

extension PipelineBoard {
    /// The board as a page that needs nothing but itself.
    package func page() -> String {
        let lanes = lanes.filter { $0.people > 0 }
        let body = lanes.map(section).joined()
        return Page(
            title: "Pipeline", body: body.isEmpty ? "<p>Nobody yet.</p>\n" : body,
            subtitle: "\(Dates.full(zone.date(at: now))) · \(Numbers.people(people))"
        ).html
    }

    private func section(_ lane: Lane) -> String {
        var html = "<section>\n<h2>\(Sink.html(Self.title(lane)))</h2>\n<div class=\"scroll\"><div class=\"wall\">\n"
        for stage in Self.wall { html += column(lane, stage) }
        html += "</div></div>\n"
        let beside = Self.beside.filter { lane.count($0) > 0 }.map { "\(lane.count($0)) \($0.rawValue)" }
        if !beside.isEmpty { html += "<p class=\"soft\">Beside it: \(beside.joined(separator: ", ")).</p>\n" }
        let ways = lane.conversions.filter { $0.reached > 0 }
        let chart = BarChart(
            title: "Conversion",
            bars: ways.map { way in
                let time = Numbers.median(way.times).map { ", median \(Dates.duration($0))" } ?? ""
                return BarChart.Bar(
                    label: "\(StageText.name(way.from)) → \(StageText.name(way.to))", interval: way.interval,
                    note: "\(way.converted) of \(way.reached)\(time)")
            })
        return html
            + "<figure>\(chart.svg)</figure>\n<p class=\"soft\">\(Sink.html(Self.velocity(lane)))</p>\n</section>\n"
    }

    private func column(_ lane: Lane, _ stage: Stage) -> String {
        var html =
            "<div class=\"column\"><h3>\(StageText.name(stage))</h3><p class=\"count\">\(Numbers.grouped(lane.count(stage)))</p>"
        let cards = [.lead, .prospect].contains(stage) ? [] : lane.cards[stage] ?? []
        for card in cards.prefix(8) {
            let age = card.since.map { " · \(Dates.duration(now - $0))" } ?? ""
            html += "<p class=\"name\">\(Sink.html(Sink.line(card.name)))<span>"
            html += "\(Sink.html(Sink.line((card.company ?? "") + age)))</span></p>"
        }
        if cards.count > 8 { html += "<p class=\"soft\">and \(cards.count - 8) more</p>" }
        return html + "</div>\n"
    }
}
