import Mail

/// The scripted server's faults, at every phase, and what must come of each.
enum FaultMatrix {
    /// One scenario with what must come of it.
    struct Case: Sendable {
        var scenario: Scenario
        /// Where and how it ends, as `phase word`; several where the packets decide.
        var outcomes: Set<String>
        /// Whether the dot may have left.
        var mayHaveLeft = false
        /// How many copies the server has taken.
        var delivered = 0
    }

    static var all: [Case] { connecting + handshake + transaction + special }

    private static let faults = [
        "drop", "rst", "hang", "drip", "421", "4xx", "5xx", "wrong class", "garbage", "long line", "broken lines",
        "extra",
    ]

    /// Nobody listens, or nobody answers.
    private static var connecting: [Case] {
        [("drop", "connect dropped"), ("hang", "connect timedOut")].map { (fault: String, outcome: String) in
            Case(scenario: Scenario(id: "connect \(fault)", phase: "connect", fault: fault), outcomes: [outcome])
        }
    }

    // MARK: Up to AUTH, where libcurl speaks

    private static var handshake: [Case] {
        ["banner", "ehlo", "starttls", "tls", "ehlo after tls", "auth"].flatMap { (phase: String) in
            faults.map { (fault: String) in
                var scenario = Scenario(id: "\(phase) \(fault)", phase: phase, fault: fault)
                scenario.mode = phase == "banner" || phase == "ehlo" ? "plain" : "starttls"
                scenario.auth = true
                let name = phase == "ehlo after tls" ? "ehlo" : phase
                // A reply too many after AUTH is lost with libcurl's buffer, before our first command.
                let arrives = phase == "auth" && fault == "extra"
                return Case(
                    scenario: scenario, outcomes: arrives ? ["dot accepted 250"] : handshakeOutcomes(name, fault),
                    mayHaveLeft: arrives, delivered: arrives ? 1 : 0)
            }
        }
    }

    private static func handshakeOutcomes(_ phase: String, _ fault: String) -> Set<String> {
        switch (phase, fault) {
        // A reset right after the connection stands may be seen as one that never stood.
        case ("banner", "rst"): ["banner dropped", "connect dropped"]
        case (_, "drop"), (_, "rst"): ["\(phase) dropped"]
        case ("tls", "drip"): ["tls timedOut", "tls outOfStep"]
        case (_, "hang"), (_, "drip"): ["\(phase) timedOut"]
        // Anything but a handshake; where it comes in the packet of the 220 it counts as injected.
        case ("tls", _): ["tls dropped", "tls outOfStep"]
        case (_, "421"): ["\(phase) refused 421"]
        case (_, "4xx"): ["\(phase) refused 451"]
        case (_, "5xx"): ["\(phase) refused 550"]
        // Lines that are no replies are read past.
        case (_, "garbage"): ["\(phase) timedOut"]
        // libcurl reads 300 KB of lines and no more.
        case (_, "long line"): ["\(phase) dropped"]
        // No EHLO, so HELO, which offers no AUTH.
        case ("ehlo", "wrong class"), ("ehlo", "broken lines"): ["auth unsupported AUTH"]
        // The reply too many is taken for the next one's.
        case ("banner", "extra"): ["auth unsupported AUTH"]
        case ("starttls", "extra"): ["tls outOfStep"]
        case ("ehlo", "extra"): ["auth outOfStep"]
        default: ["\(phase) outOfStep"]
        }
    }

    // MARK: From MAIL on, where we do

    private static var transaction: [Case] {
        ["mail", "rcpt", "data", "body", "dot", "quit"].flatMap { (phase: String) in
            (phase == "body" ? ["pipelined", "tls"] : ["pipelined", "lockstep", "tls"]).flatMap { (way: String) in
                faults.map { (fault: String) in
                    var scenario = Scenario(id: "\(phase) \(fault) \(way)", phase: phase, fault: fault)
                    scenario.mode = way == "tls" ? "starttls" : "plain"
                    scenario.pipelining = way != "lockstep"
                    return expected(scenario, phase, fault)
                }
            }
        }
    }

    private static func expected(_ scenario: Scenario, _ phase: String, _ fault: String) -> Case {
        switch (phase, fault) {
        case ("quit", _),
            (_, "long line") where phase != "body", ("dot", "extra"):
            return Case(scenario: scenario, outcomes: ["dot accepted 250"], mayHaveLeft: true, delivered: 1)
        case ("body", _): return Case(scenario: scenario, outcomes: bodyOutcomes(fault))
        default:
            let outcomes = commandOutcomes(phase, fault, isPipelined: scenario.pipelining)
            return Case(scenario: scenario, outcomes: outcomes, mayHaveLeft: phase == "dot")
        }
    }

    private static func commandOutcomes(_ phase: String, _ fault: String, isPipelined: Bool) -> Set<String> {
        switch fault {
        // A reset discards what was received: the replies before it may be lost, too.
        case "rst" where isPipelined && phase != "dot": ["mail dropped", "rcpt dropped", "data dropped"]
        case "drop", "rst": ["\(phase) dropped"]
        case "hang", "drip": ["\(phase) timedOut"]
        case "421": ["\(phase) refused 421"]
        case "4xx": ["\(phase) refused 451"]
        case "5xx": ["\(phase) refused 550"]
        // One reply too many answers the next command, until one does not fit.
        case "extra": ["rcpt outOfStep", "data outOfStep", "body outOfStep"]
        default: ["\(phase) outOfStep"]
        }
    }

    /// A reply while the message is being written is out of step, whatever it says, unless it is 421.
    private static func bodyOutcomes(_ fault: String) -> Set<String> {
        switch fault {
        case "drop", "rst": ["body dropped"]
        case "hang", "drip": ["body timedOut"]
        case "421": ["body refused 421"]
        default: ["body outOfStep"]
        }
    }

    // MARK: Single ones

    private static var special: [Case] { certificates + startTLS + replies }

    private static var certificates: [Case] {
        ["expired", "self-signed", "wrong-host", "unknown-ca"].flatMap { (kind: String) in
            ["starttls", "tls"].map { (mode: String) in
                var scenario = Scenario(id: "certificate \(kind) \(mode)")
                scenario.mode = mode
                scenario.auth = true
                scenario.certificate = kind
                return Case(scenario: scenario, outcomes: ["tls untrusted"])
            }
        }
    }

    private static var startTLS: [Case] {
        [("stripped", "ehlo unsupported STARTTLS"), ("injected", "tls outOfStep")].map {
            (fault: String, outcome: String) in
            var scenario = Scenario(id: "starttls \(fault)", fault: fault)
            scenario.mode = "starttls"
            scenario.auth = true
            return Case(scenario: scenario, outcomes: [outcome])
        }
    }

    private static var replies: [Case] {
        let isFine: Set<String> = ["dot accepted 250"]
        return [
            Case(
                scenario: Scenario(id: "RCPT refused, DATA accepted", phase: "rcpt", fault: "5xx", always354: true),
                outcomes: ["rcpt refused 550"]),
            Case(
                scenario: Scenario(
                    id: "RCPT refused, DATA accepted, over TLS", mode: "starttls", phase: "rcpt", fault: "4xx",
                    always354: true), outcomes: ["rcpt refused 451"]),
            Case(
                scenario: Scenario(id: "MAIL refused, DATA accepted", phase: "mail", fault: "5xx", always354: true),
                outcomes: ["mail refused 550"]),
            Case(
                scenario: Scenario(id: "split replies", auth: true, split: true), outcomes: isFine, mayHaveLeft: true,
                delivered: 1),
            Case(
                scenario: Scenario(id: "split replies, lockstep", pipelining: false, split: true), outcomes: isFine,
                mayHaveLeft: true, delivered: 1),
            Case(
                scenario: Scenario(id: "split replies, TLS", mode: "tls", auth: true, split: true), outcomes: isFine,
                mayHaveLeft: true, delivered: 1),
        ]
    }
}

extension Ending {
    /// A word for what happened, with the code of a reply.
    var word: String {
        switch self {
        case .accepted(let reply): "accepted \(reply.code)"
        case .refused(let reply): "refused \(reply.code)"
        case .dropped: "dropped"
        case .timedOut: "timedOut"
        case .outOfStep: "outOfStep"
        case .unsupported(let what): "unsupported \(what)"
        case .untrusted: "untrusted"
        case .fenceRefused: "fenceRefused"
        case .fenceExpired: "fenceExpired"
        case .cancelled: "cancelled"
        case .failed: "failed"
        }
    }
}
