import Interchange
import Qualification

/// Shares as horizontal bars with their intervals, in inline SVG.
struct BarChart {
    /// One bar.
    struct Bar {
        var label: String
        var interval: WilsonInterval
        /// Behind the bar: `8 of 130`.
        var note: String
    }

    var title: String
    var bars: [Bar]

    // The label stands over its bar, so that both are as wide as a phone and still read there.
    private static let rowHeight = 42
    private static let inset = 1.0
    private static let plotWidth = 358.0
    private static let width = 360

    /// The picture, with its words for those who cannot see it.
    var svg: String {
        guard !bars.isEmpty else { return "" }
        let height = bars.count * BarChart.rowHeight + 30
        let top = scale
        var svg =
            "<svg viewBox=\"0 0 \(BarChart.width) \(height)\" role=\"img\" aria-label=\"\(Sink.htmlAttribute(words))\">\n"
        for tick in 0...4 {
            let share = top * Double(tick) / 4
            let x = BarChart.x(share, top)
            svg += "<line class=\"grid\" x1=\"\(x)\" y1=\"22\" x2=\"\(x)\" y2=\"\(height - 22)\"/>"
            // In the middle of the outermost ticks labels would stand beyond the picture.
            let anchor = tick == 0 ? "start" : tick == 4 ? "end" : "middle"
            svg += "<text class=\"soft\" x=\"\(x)\" y=\"\(height - 6)\" text-anchor=\"\(anchor)\">"
            svg += "\(Numbers.percent(share))</text>\n"
        }
        for (row, bar) in bars.enumerated() { svg += line(bar, y: row * BarChart.rowHeight, top) }
        return svg + "</svg>\n"
    }

    private func line(_ bar: Bar, y: Int, _ top: Double) -> String {
        let start = BarChart.x(0, top)
        let end = BarChart.x(bar.interval.share ?? 0, top)
        let (low, high) = (BarChart.x(bar.interval.low, top), BarChart.x(bar.interval.high, top))
        let share = bar.interval.share.map(Numbers.percent) ?? "-"
        var svg = "<text x=\"\(start)\" y=\"\(y + 17)\">" + Sink.html(shortened(Sink.line(bar.label))) + "</text>"
        svg += "<text x=\"\(BarChart.x(top, top))\" y=\"\(y + 17)\" text-anchor=\"end\">\(share)"
        svg += "<tspan class=\"soft\" dx=\"8\">\(Sink.html(bar.note))</tspan></text>"
        svg +=
            "<rect class=\"bar\" x=\"\(start)\" y=\"\(y + 23)\" width=\"\(rounded(end - start))\" height=\"12\" rx=\"2\"/>"
        if bar.interval.trials > 0 {
            svg +=
                "<path class=\"whisker\" fill=\"none\" d=\"M\(low) \(y + 29)H\(high)M\(low) \(y + 25)v8M\(high) \(y + 25)v8\"/>"
        }
        return svg + "\n"
    }

    /// The top of the scale: a round share that holds every interval, so that bars are told apart.
    private var scale: Double {
        let highest = bars.filter { $0.interval.trials > 0 }.map(\.interval.high).max() ?? 1
        return [0.02, 0.04, 0.08, 0.2, 0.4, 0.6, 0.8].first { $0 >= highest } ?? 1
    }

    private var words: String {
        title + ": "
            + bars.map { "\($0.label) \($0.interval.share.map(Numbers.percent) ?? "unknown"), \($0.note)" }
            .joined(separator: "; ")
    }

    private func shortened(_ label: String) -> String {
        label.count > 30 ? String(label.prefix(29)) + "…" : label
    }

    private static func x(_ share: Double, _ top: Double) -> Double {
        rounded(inset + plotWidth * min(share / top, 1))
    }
}

/// To a tenth, as pictures need it.
private func rounded(_ value: Double) -> Double { (value * 10).rounded(.toNearestOrAwayFromZero) / 10 }
