package import CivilTime
package import Digest
import Host
package import Ledger
import Mail
package import Messages
package import Outreach
package import Planning

/// Performs a tick: what it decides is committed, what it sends is sent.
package struct Runner<S: Store> {
    let store: S
    let epoch: Epoch
    let model: Model
    let world: RunWorld
    let composition: EmailComposition
    let templates: TemplateLibrary
    let zone: (String) -> Zone?
    let standing: (History) -> Standing

    /// Performs turns of one run, that of `epoch`.
    package init(
        store: S, epoch: Epoch, model: Model, templates: TemplateLibrary, signer: TokenSigner, world: RunWorld,
        zone: @escaping (String) -> Zone?, standing: @escaping (History) -> Standing
    ) {
        self.store = store
        self.epoch = epoch
        self.model = model
        self.world = world
        self.composition = EmailComposition(model: model, signer: signer)
        self.templates = templates
        self.zone = zone
        self.standing = standing
    }

    /// Decides as of `now`; what is decided is committed and sent while the rest is still being decided on.
    ///
    /// - Parameter unread: mailboxes whose inbox could not be read, with the reason: their follow-ups hold.
    /// - Throws: `StoreError` when the ledger fails; what was sent before is recorded or `final_dot`.
    package func perform(at now: Instant, unread: [String: String] = [:]) throws(StoreError) -> RunSummary {
        let envelopes = Envelopes()
        let circumstances = Circumstances(
            model: model, now: now, zone: zone, standing: standing,
            ready: { draft in readiness(of: draft, at: now, keeping: envelopes) }, unread: unread)
        var summary = RunSummary()
        let dispatcher = Dispatcher(store, epoch: epoch, model: model, world: world)
        do throws(StoreError) {
            try store.steady { (view) throws(StoreError) in
                try tick(view, circumstances) { (decisions) throws(StoreError) in
                    summary.count(decisions)
                    return try dispatcher.take(decisions, at: now, envelopes.take)
                }
            }
            try dispatcher.finish(into: &summary)
        } catch {
            dispatcher.abandon()
            throw error
        }
        return summary
    }

    /// Renders and composes inside the decision, and keeps the octets for the sender.
    private func readiness(of draft: Draft, at now: Instant, keeping envelopes: Envelopes) -> Readiness {
        let optOut = composition.optOuts.of(draft.history.person)
        switch templates.email(draft, at: now, unsubscribeURL: optOut?.url) {
        case .hold(let hold): return .hold(hold)
        case .skip(let reason): return .skip(reason: reason)
        case .rendered(let rendered):
            do {
                envelopes.keep(try composition.compose(draft, rendered, optOut, now: now), for: draft)
                return .ready(text: draft.step.review ? rendered.digest : "")
            } catch {
                return .hold(error.hold)
            }
        }
    }
}

/// The composed messages of a tick, from the decision that renders to the sender.
private final class Envelopes {
    private struct Key: Hashable {
        var enrollment: Enrollment.ID
        var step: String
    }

    private var known: [Key: EmailComposition.Envelope] = [:]

    func keep(_ envelope: EmailComposition.Envelope, for draft: Draft) {
        known[Key(enrollment: draft.enrollment.id, step: draft.step.id)] = envelope
    }

    func take(_ draft: Draft) -> EmailComposition.Envelope? {
        known.removeValue(forKey: Key(enrollment: draft.enrollment.id, step: draft.step.id))
    }
}

extension Ledger.Operation {
    /// The operation that writes a decision down; `nil` for a send, which its intent writes down.
    package init?(_ decision: Decision, at now: Instant) {
        switch decision {
        case .send: return nil
        case .enroll(let person, let sequence, let round, _):
            self = .enroll(EnrollmentEntry(person, in: sequence, round: round, at: now))
        default: self = .decide(decision, at: now)
        }
    }
}
