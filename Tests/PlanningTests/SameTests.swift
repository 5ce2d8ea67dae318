import CivilTime
import Delivery
import Digest
import Foundation
import Ledger
import Mail
import Messages
import Outreach
import Planning
import Testing

/// What is planned, what is simulated and what runs do is the same, person by person, step by step, turn by turn.
@Suite struct `Plan, simulation and run` {
    #if DEBUG
        private static let count = 30
    #else
        private static let count = 300
    #endif

    @Test func `agree for every person, step and turn in random workspaces`() throws {
        var acts = 0
        for seed in (0..<Self.count).map({ UInt64(300_000 + $0) }) {
            let stage = try Stage(seed: seed)
            let planned = try stage.planned()
            let simulated = try stage.simulated()
            // The overlays left no trace, or the run would differ.
            let ran = try stage.ran()
            #expect(planned == ran, "seed \(seed): \(Self.difference(planned, ran))")
            #expect(simulated == ran, "seed \(seed): \(Self.difference(simulated, ran))")
            acts += ran.count
        }
        print("\(Self.count) workspaces, 14 days each: \(acts) mails and tasks, the same in plan, simulation and run")
        #expect(acts > 0)
    }

    private static func difference(_ a: Set<String>, _ b: Set<String>) -> String {
        "only planned \(a.subtracting(b).sorted().prefix(3)), only run \(b.subtracting(a).sorted().prefix(3))"
    }
}

/// A random workspace with its people enrolled, ready to be played three times.
private struct Stage {
    let store = MemoryStore()
    let model: Model
    let start: Instant
    let end: Instant

    init(seed: UInt64) throws {
        let workspace = RandomWorkspace(seed: seed)
        var model = workspace.model
        for name in ["t", "n", "c"] {
            model.templates[name] = TemplateSource(
                name: name, format: .text, file: "templates/\(name).txt", text: "---\nsubject: Hi\n---\nHello\n")
        }
        self.model = model
        start = workspace.start
        end = start + 14 * .day
        for one in workspace.people {
            guard case .row(let row, _)? = try store.commit([.put(one.entry)], epoch: nil).first else { continue }
            let person = try store.history(of: Person.ID(row)).person
            for name in one.sequences {
                guard let sequence = model.sequences[name] else { continue }
                _ = try store.commit(
                    [.enroll(EnrollmentEntry(person, in: sequence, round: 1, at: start))], epoch: nil)
            }
        }
    }

    private func zone(_ name: String) -> Zone? { RandomWorkspace.zones.first { $0.name == name } }

    private func forecast(_ overlay: MemoryStore) -> Forecast<MemoryStore> {
        Forecast(
            store: overlay, model: model, zone: zone, standing: { _, _ in Standing() },
            ready: { _, _ in .ready(text: SimulatedWorld<MemoryStore>.approved) })
    }

    func planned() throws -> Set<String> {
        let overlay = try MemoryStore(over: store)
        _ = try forecast(overlay).entries(from: start, until: end)
        return try acts(in: overlay)
    }

    func simulated() throws -> Set<String> {
        let overlay = try MemoryStore(over: store)
        let still = SimulatedWorld<MemoryStore>.Rates(reply: 0, bounce: 0, accept: 0, work: 0)
        let world = SimulatedWorld(overlay, model: model, rates: still, seed: 1)
        try forecast(overlay).fold(
            from: start, until: end,
            before: { (_, now) throws(StoreError) in try world.happen(before: now) },
            each: { (turn) throws(StoreError) in try world.follow(turn) })
        return try acts(in: overlay)
    }

    /// Turn by turn as cron would, through the runner, its threads and a server that takes everything.
    func ran() throws -> Set<String> {
        let signer = try #require(TokenSigner(key: try store.secret()))
        let server = try ServerURL("smtp://localhost:25")
        var now = start
        while now < end {
            let moment = now
            let epoch = try store.begin(RunEntry(host: "test", pid: 1, version: "1"), at: now)
            let world = RunWorld(
                route: { _ in (Account(server: server), WillingTransport()) }, clock: { moment }, isStopping: { false })
            let runner = Runner(
                store: store, epoch: epoch, model: model, templates: TemplateLibrary(model), signer: signer,
                world: world, zone: zone, standing: { _ in Standing() })
            _ = try runner.perform(at: now)
            try store.finish(epoch, counts: [:], exit: 0, at: now)
            now = now + model.settings.every
        }
        return try acts(in: store)
    }

    /// Every mail and task in the ledger, in words without row numbers.
    private func acts(in store: MemoryStore) throws -> Set<String> {
        var acts: Set<String> = []
        for person in try store.people(after: nil, limit: 1000) {
            let history = try store.history(of: person.id)
            let names = Dictionary(
                uniqueKeysWithValues: history.enrollments.map { ($0.id, "\($0.sequence).\($0.round)") })
            for result in history.results where result.result == "sent" {
                acts.insert("\(person.key) \(names[result.enrollment] ?? "") \(result.step) sent \(result.at)")
            }
            for task in history.tasks {
                acts.insert("\(person.key) \(names[task.enrollment] ?? "") \(task.step) \(task.kind) \(task.openedAt)")
            }
        }
        return acts
    }
}

/// A server that takes everything at once.
private struct WillingTransport: Transport {
    func connect(_ account: Account, deadline: ContinuousClock.Instant) throws(TransportError) -> any Session {
        WillingSession()
    }
}

private final class WillingSession: Session {
    var isOpen: Bool { true }
    func deliver(_ message: WireMessage, fence: () -> Bool) -> Handover {
        guard fence() else { return Handover(phase: .fence, ending: .fenceRefused) }
        return Handover(
            phase: .dot, ending: .accepted(Reply(code: 250, lines: ["ok"])), isFenced: true, mayHaveLeft: true)
    }
    func close() {}
}
