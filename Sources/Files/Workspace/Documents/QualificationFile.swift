import CivilTime
import Diagnostics
import Facts
import Interchange
import Outreach

/// `qualification.yaml` as it was read.
struct QualificationFile {
    var rules: QualificationRules
    var node: Node

    /// The keys of `qualification.yaml`.
    static let kind = Kind<QualificationFile>.record("the rules of qualification") { fields in
        var rules = QualificationRules()
        let icps = fields.optional(
            "icps", Kind<QualificationRules.ICP>.icp.byName(.name("an ICP")), "ideal customer profiles, by name")
        for (name, var icp) in icps ?? [] {
            icp.name = name.value
            rules.icps[name.value] = icp
        }
        let intent = fields.optional(
            "intent", Kind<QualificationRules.IntentRule>.intentRule.byName(Kind<TouchpointKind>.newTouchpoint),
            "points of what a person did, by touchpoint kind")
        for (kind, rule) in intent ?? [] { rules.intent[kind.value] = rule }
        let temperature = fields.optional("temperature", .temperature, "thresholds of intent")
        rules.warm = temperature?.warm ?? rules.warm
        rules.hot = temperature?.hot ?? rules.hot
        rules.gates = fields.optional("gates", .gates, "what lets a person into a stage") ?? rules.gates
        let reasons = fields.optional(
            "reasons", Kind<String>.outcome.nonEmptyList.byName(Kind<ReasonList>.choice), "codes a person may give")
        for (list, codes) in reasons ?? [] { rules.reasons[list.value.rawValue] = codes }
        let nurture = fields.optional(
            "nurture", Kind<String>.name("a sequence").byName(Kind<NurturedStage>.choice), "where such people go")
        for (stage, sequence) in nurture ?? [] { rules.nurture[stage.value.stage] = sequence }
        return QualificationFile(rules: rules, node: fields.node)
    }
}

/// What a reason code is for.
enum ReasonList: String, CaseIterable, Sendable {
    case recycled, disqualified, lost
}

/// The stages whose people are nurtured.
enum NurturedStage: String, CaseIterable, Sendable {
    case iql, recycled
    var stage: Stage { self == .iql ? .iql : .recycled }
}

extension Kind where Value == QualificationRules.ICP {
    static let icp = Kind.record("an ICP such as {require: {company.industry: [SaaS]}}") { fields in
        let require = fields.optional("require", .criteria, "what must hold; each fact is judged on its own")
        let prefer = fields.optional(
            "prefer", Kind<QualificationRules.Preference>.preference.list, "criteria with points: what is better")
        let accept = fields.optional(
            "auto_accept", Kind<Int>.integer(0...100).orNone, "a lead with this fit becomes a prospect by rule")
        if !fields.has("require"), !fields.has("prefer") {
            fields.report(
                .wrongValue, "an ICP without require and prefer fits everybody", hint: "audience: any says so")
        }
        var required: [Criteria] = []
        switch require {
        case .all(let parts): required = parts
        case .some(let one): required = [one]
        case nil: break
        }
        return QualificationRules.ICP(
            name: "", require: required, prefer: prefer ?? [], autoAccept: accept ?? nil)
    }
}

extension Kind where Value == QualificationRules.Preference {
    /// Criteria with one key more, `points`.
    static let preference = Kind(
        expected: "criteria and points such as {title: {words: [CEO]}, points: 40}",
        schema: { CriteriaSchema.preference },
        read: { node, reading in
            guard case .mapping(let entries) = node.content else {
                reading.mismatch(node, expected: "criteria and points such as {title: {words: [CEO]}, points: 40}")
                return nil
            }
            var points: Int?
            if let written = node["points"] {
                points = Kind<Int>.integer(1...1000).read(written, reading)
            } else {
                reading.report(.missingKey, "\"points\" is missing", at: node.caret, hint: "add points: 10")
            }
            let rest = Node(content: .mapping(entries.filter { $0.key != "points" }), range: node.range)
            let criteria = Kind<Criteria>.criteria.read(rest, reading)
            guard let points, let criteria else { return nil }
            return QualificationRules.Preference(criteria: criteria, points: points)
        })
}

extension Kind where Value == QualificationRules.IntentRule {
    static let intentRule = Kind.record("a rule such as {points: 50, half_life: 30d, cap: 100}") { fields in
        let points = fields.required("points", .number(-1000...1000), "of one such touchpoint; may be negative")
        let half = fields.optional(
            "half_life", Kind<Int>.duration(Int.day...3650 * .day, example: "30d").orNone,
            "the points halve in this time")
        let cap = fields.optional("cap", .number(0...100_000), "the most that this kind adds in all")
        return QualificationRules.IntentRule(points: points ?? 0, halfLife: half ?? nil, cap: cap)
    }
}

/// The thresholds of the temperatures.
struct Temperatures: Sendable {
    var warm: QualificationRules.Threshold?
    var hot: QualificationRules.Threshold?
}

extension Kind where Value == Temperatures {
    static let temperature = Kind.record("{warm: {enter: 20, leave: 12}, hot: {enter: 60, leave: 40}}") { fields in
        let warm = fields.optional("warm", .threshold, "first interest")
        let hot = fields.optional("hot", .threshold, "high purchase intent")
        let standard = QualificationRules()
        if (warm ?? standard.warm).enter >= (hot ?? standard.hot).enter {
            fields.report(.outOfRange, "hot must begin above warm", at: "hot", hint: "raise the enter of hot")
        }
        return Temperatures(warm: warm, hot: hot)
    }
}

extension Kind where Value == QualificationRules.Threshold {
    static let threshold = Kind.record("a threshold such as {enter: 20, leave: 12}") { fields in
        let enter = fields.required("enter", .number(0...100_000), "the intent at which it begins")
        let leave = fields.required("leave", .number(0...100_000), "the intent below which it ends")
        guard let enter, let leave else { return nil }
        if leave >= enter {
            fields.report(
                .outOfRange, "leave must be below enter, or the temperature would flap", at: "leave",
                hint: "write about two thirds of enter")
        }
        return QualificationRules.Threshold(enter: enter, leave: leave)
    }
}

extension Kind where Value == QualificationRules.Gates {
    static let gates = Kind.record("the gates iql, mql, sql and opportunity") { fields in
        var gates = QualificationRules.Gates()
        gates.iql = fields.optional("iql", .iqlGate, "gave details for a resource") ?? []
        if let mql = fields.optional("mql", .mqlGate, "fit and intent, both over their thresholds") {
            gates.mqlFit = mql.fit
            gates.mqlIntent = mql.intent
            gates.mqlSLA = mql.sla
        }
        gates.sqlFramework = fields.optional("sql", .sqlGate, "a conversation and evidence, always") ?? .bant
        gates.tracksMEDDPICC = fields.optional("opportunity", .opportunityGate, "what is tracked") ?? false
        return gates
    }
}

extension Kind where Value == [TouchpointKind] {
    static let iqlGate = Kind.record("{any: [form.download]}") { fields in
        fields.required("any", Kind<TouchpointKind>.touchpoint.nonEmptyList, "touchpoint kinds, one of which is enough")
    }
}

/// What makes a marketing qualified lead.
struct MQLGate: Sendable {
    var fit: Int
    var intent: Double
    var sla: Delay?
}

extension Kind where Value == MQLGate {
    static let mqlGate = Kind.record("{fit: 60, intent: 30, sla: 1 business day}") { fields in
        let fit = fields.required("fit", .integer(1...100), "at least, 0 to 100")
        let intent = fields.required("intent", .number(1...100_000), "at least, in points")
        let sla = fields.optional("sla", .delay, "how long a hand-over may wait")
        return MQLGate(fit: fit ?? 60, intent: intent ?? 30, sla: sla)
    }
}

extension Kind where Value == QualificationRules.Framework {
    /// The gate takes nothing but the choice of framework: no rule may pass somebody without a conversation.
    static let sqlGate = Kind.record("{framework: bant}") { fields in
        let framework = fields.required("framework", .choice, "which evidence is needed") as Value?
        fields.refuse(
            ["any", "fit", "intent", "score", "points", "auto", "auto_accept", "temperature", "if", "when"], .weakGate,
            "no rule makes an SQL: it takes a conversation and evidence for each field",
            hint: "remove it; thresholds belong to mql")
        return framework
    }
}

extension Kind where Value == Bool {
    static let opportunityGate = Kind.record("{track: meddpicc}") { fields in
        fields.required("track", Kind<TrackedFields>.choice, "the fields that an opportunity shows") != nil
    }
}

/// What an opportunity tracks.
enum TrackedFields: String, CaseIterable, Sendable {
    case meddpicc
}
