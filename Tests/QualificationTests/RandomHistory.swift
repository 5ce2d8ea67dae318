import CivilTime
import Facts
import Outreach
import Qualification
import TestKit

/// Histories of every shape: bursts, ties, late imports, negative points, forged stages, evidence that cites nothing.
struct RandomHistory {
    var random: SeededRandom
    private static let kinds: [TouchpointKind] = [
        "reply.positive", "reply.negative", "reply.linkedin", "form.demo", "form.download", "customer.event",
        "email.sent",
        "call.connected", "meeting", "opt_out", "page.pricing",
    ]
    private static let reasons: [Value?] = [.text("timing"), .text(" "), nil]

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func rules() -> QualificationRules {
        var rules = Samples.rules
        if random.oneIn(2) { rules.intent["reply.negative"] = nil }
        if random.oneIn(3) {
            rules.intent["page"] = .init(points: Double(random.int(1...9)), halfLife: random.int(1...9) * .day)
        }
        if random.oneIn(4) { rules.gates.sqlFramework = .meddic }
        return rules
    }

    mutating func person() -> Person {
        var person = Samples.founder
        if random.oneIn(3) { person.facts["title"] = .text("Intern") }
        if random.oneIn(6) { person.facts["company"] = nil }
        return person
    }

    mutating func history() -> History {
        var touchpoints: [Touchpoint] = []
        for id in 1...random.int(1...25) {
            let day = Double(random.int(0...90)) + (random.oneIn(2) ? 0.5 : Double(random.int(0...86_399)) / 86_400)
            let recorded = random.oneIn(8) ? day + Double(random.int(0...20)) : day
            touchpoints.append(touchpoint(id, day: day, recorded: recorded))
        }
        return Samples.history(touchpoints.sorted { ($0.at, $0.id) < ($1.at, $1.id) }, person: person())
    }

    private mutating func touchpoint(_ id: Int, day: Double, recorded: Double) -> Touchpoint {
        var detail: Record = [:]
        switch random.int(0...9) {
        case 0...5: return Samples.touch(id, random.pick(Self.kinds), day: day, recorded: recorded)
        case 6, 7:
            let fields = QualificationRules.Framework.allCases.flatMap(\.fields)
            detail["cites"] = random.oneIn(8) ? nil : .integer(random.int(1...25))
            detail["text"] = random.oneIn(8) ? nil : .text("said so")
            return Samples.touch(id, .evidence(random.pick(fields)), day: day, recorded: recorded, detail)
        default:
            detail["by"] = random.oneIn(3) ? .text("rule") : .text("ana")
            detail["reason"] = random.pick(Self.reasons)
            detail["until"] = random.oneIn(4) ? nil : .text("2026-09-01")
            detail["value"] = random.oneIn(2) ? .integer(9000) : nil
            detail["next_step"] = .text("call")
            detail["next_step_on"] = random.oneIn(4) ? nil : .text("2026-05-01")
            return Samples.touch(id, .stage(random.pick(Stage.allCases)), day: day, recorded: recorded, detail)
        }
    }
}
