import CivilTime
package import Interchange
import Qualification

extension PerformanceReport {
    /// The report for a terminal, at most `width` cells; every line ends with LF.
    package func text(width: Int = 80, style: TerminalStyle = .plain) -> String {
        var text = style.bold("By \(dimension.rawValue), \(span)") + "\n"
        text += "Shares are of delivered people; what came counts for the last touch before it.\n"
        for metric in Metric.allCases {
            text += "\n" + style.bold("\(metric.title) per delivered person") + "\n"
            text += table(metric).text(width: width, style: style)
        }
        for experiment in experiments { text += "\n" + experiment.text(width: width, style: style) }
        text += "\n" + style.bold("Volumes") + "\n" + volumes.text(width: width, style: style)
        return lines.isEmpty ? style.bold("By \(dimension.rawValue), \(span)") + "\nNobody was touched.\n" : text
    }

    /// `1 Jan 2026 to 12 Mar 2026`.
    var span: String {
        "\(Dates.full(zone.date(at: period.lowerBound))) to \(Dates.full(zone.date(at: period.upperBound - 1)))"
    }

    private func table(_ metric: Metric) -> Table {
        let top = lines.map { $0.interval(metric).share ?? 0 }.max() ?? 0
        var table = Table(
            columns: [
                .init(minimum: 16), .init(alignment: .right), .init(alignment: .right), .init(), .init(),
            ], indent: 2)
        for line in lines {
            let interval = line.interval(metric)
            let share = interval.share ?? 0
            table.add([
                .init(line.key), "\(String(interval.successes)) of \(Numbers.grouped(interval.trials))",
                .init(interval.share.map(Numbers.percent) ?? "-"), .init(Numbers.interval(interval), [.dim]),
                .init(Numbers.bar(top > 0 ? share / top : 0, cells: 12), [.cyan]),
            ])
        }
        return table
    }

    private var volumes: Table {
        let titles = ["delivered", "mails", "LinkedIn", "calls", "auto-replies", "bounces"]
        var table = Table(
            columns: [.init(minimum: 16)] + titles.map { .init($0, alignment: .right) }, indent: 2)
        for line in lines { table.add([.init(line.key)] + volumes(line).map { .init(Numbers.grouped($0)) }) }
        return table
    }

    private func volumes(_ line: Line) -> [Int] {
        [line.delivered, line.mails, line.linkedin, line.calls, line.automaticReplies, line.bounces]
    }

    /// The report for programs.
    package func json() -> JSON {
        var object: JSONObject = [
            "by": .string(dimension.rawValue), "from": .string(period.lowerBound.description(in: zone)),
            "until": .string(period.upperBound.description(in: zone)), "lines": .array(lines.map(json)),
        ]
        if dimension == .variant { object["experiments"] = .array(experiments.flatMap { $0.json().array ?? [] }) }
        return .object(object)
    }

    private func json(_ line: Line) -> JSON {
        var object: JSONObject = ["key": .string(line.key), "delivered": .integer(line.delivered)]
        for metric in Metric.allCases {
            let interval = line.interval(metric)
            object[metric.rawValue] = [
                "count": .integer(interval.successes), "of": .integer(interval.trials),
                "share": interval.share.map { .decimal($0) } ?? .null, "low": .decimal(interval.low),
                "high": .decimal(interval.high),
            ]
        }
        object["mails"] = .integer(line.mails)
        object["linkedin"] = .integer(line.linkedin)
        object["calls"] = .integer(line.calls)
        object["automatic_replies"] = .integer(line.automaticReplies)
        object["bounces"] = .integer(line.bounces)
        return .object(object)
    }

    /// The report as CSV, a row a line.
    package func csv() -> [UInt8] {
        var writer = CSVWriter()
        let metrics = Metric.allCases.flatMap { ["\($0.rawValue)", "\($0.rawValue)_low", "\($0.rawValue)_high"] }
        writer.write(
            [dimension.rawValue, "delivered"] + metrics + [
                "mails", "linkedin", "calls", "automatic_replies", "bounces",
            ])
        for line in lines {
            let values = Metric.allCases.flatMap { metric in
                let interval = line.interval(metric)
                return [String(interval.successes), String(interval.low), String(interval.high)]
            }
            let volumes = volumes(line).dropFirst().map { String($0) }
            writer.write([line.key, String(line.delivered)] + values + volumes)
        }
        return writer.bytes
    }

    /// The report as a page that needs nothing but itself.
    package func page() -> String {
        var body = "<div class=\"charts\">\n"
        for metric in Metric.allCases {
            let bars = lines.map { line in
                let interval = line.interval(metric)
                return BarChart.Bar(
                    label: line.key, interval: interval,
                    note: "\(interval.successes) of \(Numbers.grouped(interval.trials))")
            }
            body += "<section><h2>\(metric.title) per delivered person</h2>\n"
            body += "<figure>\(BarChart(title: metric.title, bars: bars).svg)</figure></section>\n"
        }
        for experiment in experiments { body += experiment.section }
        body += "</div>\n"
        body += "<h2>Volumes</h2>\n<div class=\"scroll\"><table><tr><th>\(dimension.rawValue)</th>"
        for title in ["delivered", "mails", "LinkedIn", "calls", "auto-replies", "bounces"] {
            body += "<th class=\"n\">\(title)</th>"
        }
        body += "</tr>\n"
        for line in lines {
            let cells = volumes(line).map { "<td class=\"n\">\(Numbers.grouped($0))</td>" }.joined()
            body += "<tr><td>\(Sink.html(Sink.line(line.key)))</td>\(cells)</tr>\n"
        }
        body += "</table></div>\n"
        return Page(
            title: "Report by \(dimension.rawValue)",
            body: lines.isEmpty ? "<p>Nobody was touched.</p>\n" : body,
            subtitle: "\(span) · bars are shares of delivered people, whiskers their 95 % intervals"
        ).html
    }
}
