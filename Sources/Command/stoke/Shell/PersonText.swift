import CivilTime
import Facts
import Interchange
import Outreach
import Qualification
import Reports

/// One person as `show` prints them.
struct PersonText {
    private let office: Office
    private let history: History
    private let standing: Standing

    init(_ office: Office, _ history: History) {
        self.office = office
        self.history = history
        standing = office.standing(history)
    }

    private var person: Person { history.person }

    var text: String {
        var lines = [headline, standingLine]
        let width = (facts.map(\.0.count).max() ?? 0) + 2
        lines += facts.map { "  \($0.padding(to: width))\($1)" }
        if !history.enrollments.isEmpty { lines += ["", "sequences"] + history.enrollments.map(enrollment) }
        if !history.touchpoints.isEmpty {
            lines += ["", "touchpoints"]
            lines += history.touchpoints.map { "  " + Sink.line(TouchpointText.line($0, in: office.zone)) }
        }
        return lines.joined(separator: "\n")
    }

    private var headline: String {
        let company = person.facts[path: ["company", "name"]]?.plainText
        let parts = [person.displayName, person.facts["title"]?.plainText, company].compactMap { $0 }
        return office.desk.output.style.bold(Sink.line(parts.joined(separator: ", ")))
    }

    private var standingLine: String {
        let fit = standing.fit.map(String.init) ?? "unknown"
        return
            "\(standing.stage.rawValue) · \(standing.temperature.rawValue) · fit \(fit) · intent \(standing.intent.short)"
    }

    /// Facts by name, the company's with a dot.
    private var facts: [(String, String)] {
        Self.flat(person.facts, prefix: "").map { ($0, Sink.line($1)) }
    }

    private static func flat(_ record: Record, prefix: String) -> [(String, String)] {
        record.elements.flatMap { key, value -> [(String, String)] in
            if case .record(let inner) = value { return flat(inner, prefix: "\(prefix)\(key).") }
            return value.plainText.map { [("\(prefix)\(key)", $0)] } ?? []
        }
    }

    private func enrollment(_ enrollment: Enrollment) -> String {
        let done = history.results.filter { $0.enrollment == enrollment.id }
        let last = done.last.map { ", last \($0.step) (\($0.result))" } ?? ""
        let mailbox = enrollment.mailbox.map { " from \($0)" } ?? ""
        let reason = enrollment.reason.map { " (\(Sink.line($0)))" } ?? ""
        let hold = enrollment.hold.map { ", held: \(Sink.line(HoldText.words($0)))" } ?? ""
        return "  \(enrollment.sequence): \(enrollment.state.rawValue)\(reason)\(mailbox)\(last)\(hold)"
    }

    var json: JSON {
        [
            "key": .string(person.key), "email": .text(person.email), "stage": .string(standing.stage.rawValue),
            "temperature": .string(standing.temperature.rawValue),
            "fit": standing.fit.map { .integer($0) } ?? .null, "intent": .decimal(standing.intent),
            "facts": .object(JSONObject(Self.flat(person.facts, prefix: "").map { ($0, .string($1)) })),
            "enrollments": .array(
                history.enrollments.map {
                    [
                        "sequence": .string($0.sequence), "round": .integer($0.round),
                        "state": .string($0.state.rawValue), "reason": .text($0.reason), "mailbox": .text($0.mailbox),
                        "hold": .text($0.hold?.reason.rawValue),
                    ]
                }),
            "touchpoints": .array(
                history.touchpoints.map {
                    [
                        "at": .string($0.at.description), "kind": .string($0.kind.name), "step": .text($0.step),
                        "detail": .object(JSONObject(Self.flat($0.detail, prefix: "").map { ($0, .string($1)) })),
                    ]
                }),
        ]
    }
}

extension Double {
    /// `12`, `12.5`: at most three decimals.
    var short: String {
        let rounded = (self * 1000).rounded() / 1000
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
    }
}
