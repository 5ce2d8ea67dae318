import CivilTime
package import Interchange
import Outreach
import Qualification

extension PipelineBoard {
    /// The board for a terminal, at most `width` cells; every line ends with LF.
    ///
    /// - Parameter names: how many people a column shows.
    package func text(width: Int = 80, names: Int = 5, style: TerminalStyle = .plain) -> String {
        var text = style.bold("Pipeline, \(Dates.full(zone.date(at: now)))")
        text += " · \(Numbers.people(people))\n"
        for lane in lanes where lane.people > 0 {
            text += "\n" + style.bold(Self.title(lane)) + "\n"
            text += wall(lane, names).text(width: width, style: style)
            text += beside(lane)
            text += "\n" + conversions(lane).text(width: width, style: style)
            text += "  \(Self.velocity(lane))\n"
        }
        return text
    }

    static func title(_ lane: Lane) -> String {
        let name =
            switch lane.origin {
            case .outbound: "Outbound: we came to them"
            case .inbound: "Inbound: they came to us"
            case .referral: "Referral: somebody brought us together"
            }
        return "\(name) · \(Numbers.people(lane.people))"
    }

    private func wall(_ lane: Lane, _ names: Int) -> Table {
        let stages = Self.wall
        var table = Table(columns: stages.map { .init(StageText.name($0), minimum: 8) }, indent: 2)
        table.add(stages.map { .init(Numbers.grouped(lane.count($0)), [.bold]) })
        // Leads and prospects are too many to name.
        let named = stages.map { [.lead, .prospect].contains($0) ? [] : lane.cards[$0] ?? [] }
        for row in 0..<min(names, named.map(\.count).max() ?? 0) {
            table.add(
                named.map { cards in
                    let isLast = row == names - 1 && cards.count > names
                    return isLast ? "+\(String(cards.count - row))" : .init(row < cards.count ? cards[row].name : "")
                })
        }
        return table
    }

    private func beside(_ lane: Lane) -> String {
        let counts = Self.beside.filter { lane.count($0) > 0 }.map { "\(lane.count($0)) \($0.rawValue)" }
        return counts.isEmpty ? "" : "  beside it: \(counts.joined(separator: ", "))\n"
    }

    private func conversions(_ lane: Lane) -> Table {
        var table = Table(
            columns: [
                .init("got on"), .init("people", alignment: .right), .init("share", alignment: .right), .init("95 %"),
                .init("median", alignment: .right), .init("there now", alignment: .right),
                .init("longest", alignment: .right),
            ], indent: 2)
        for way in lane.conversions where way.reached > 0 {
            let ages = lane.ages(way.from, at: now)
            table.add([
                "\(StageText.name(way.from)) → \(StageText.name(way.to))",
                "\(Numbers.grouped(way.converted)) of \(Numbers.grouped(way.reached))",
                "\(Numbers.percent(way.interval.share ?? 0))", "\(Numbers.interval(way.interval))",
                "\(Numbers.median(way.times).map(Dates.duration) ?? "-")", "\(Numbers.grouped(lane.count(way.from)))",
                "\(ages.max().map(Dates.duration) ?? "-")",
            ])
        }
        return table
    }

    static func velocity(_ lane: Lane) -> String {
        guard let velocity = lane.velocity else {
            return "velocity: unknown before three are won (\(lane.cycles.count) so far)"
        }
        let open = Numbers.counted(velocity.opportunities, "opportunity", "opportunities")
        let perDay = Numbers.grouped(Int(velocity.perDay))
        return "velocity: \(perDay) a day = \(open) × \(Numbers.percent(velocity.won)) won"
            + " × \(Numbers.grouped(velocity.value)) ÷ \(Dates.duration(velocity.cycle))"
    }

    /// The board for programs.
    package func json() -> JSON {
        ["at": .string(now.description(in: zone)), "people": .integer(people), "lanes": .array(lanes.map(json))]
    }

    private func json(_ lane: Lane) -> JSON {
        let stages = Self.wall + Self.beside
        return [
            "origin": .string(lane.origin.rawValue), "people": .integer(lane.people),
            "stages": .object(JSONObject(stages.map { ($0.rawValue, .integer(lane.count($0))) })),
            "conversions": .array(lane.conversions.map { json($0, lane) }),
            "velocity": lane.velocity.map { .decimal($0.perDay) } ?? .null,
        ]
    }

    private func json(_ way: Conversion, _ lane: Lane) -> JSON {
        [
            "from": .string(way.from.rawValue), "to": .string(way.to.rawValue), "of": .integer(way.reached),
            "converted": .integer(way.converted), "share": way.interval.share.map { .decimal($0) } ?? .null,
            "low": .decimal(way.interval.low), "high": .decimal(way.interval.high),
            "median_seconds": Numbers.median(way.times).map { .integer($0) } ?? .null,
            "waiting": .integer(lane.count(way.from)),
            "oldest_seconds": lane.ages(way.from, at: now).max().map { .integer($0) } ?? .null,
        ]
    }

    /// The conversions as CSV, a row each.
    package func csv() -> [UInt8] {
        var writer = CSVWriter()
        writer.write(["origin", "from", "to", "of", "converted", "share", "low", "high", "median_seconds", "waiting"])
        for lane in lanes {
            for way in lane.conversions {
                writer.write([
                    lane.origin.rawValue, way.from.rawValue, way.to.rawValue, String(way.reached),
                    String(way.converted),
                    way.interval.share.map { String($0) } ?? "", String(way.interval.low), String(way.interval.high),
                    Numbers.median(way.times).map { String($0) } ?? "", String(lane.count(way.from)),
                ])
            }
        }
        return writer.bytes
    }
}
