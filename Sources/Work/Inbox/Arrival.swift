import CivilTime
package import InboundMail
package import Ledger
import Mail
package import Outreach

/// One message that came in, understood: what it is, whose, and what it changes.
package struct Arrival: Sendable {
    /// What it was taken for.
    package var kind: Classification.Kind
    /// Whom it is about, if that is known.
    package var person: Person.ID?
    /// What it is about in the sender's words: a bounce's reason, an answer's guess; empty where there is nothing to say.
    package var reason = ""
    /// Why it is taken for that, a sentence each.
    package var why: [String]
    /// Why the mailbox must not send any more, if so.
    package var hold: String?
    /// What it does to the ledger, to be committed together with the folder's mark.
    package var operations: [Ledger.Operation] = []
    /// Whose standing may have changed.
    package var touched: Set<Person.ID> = []
}

/// Where a message lay and since when.
struct ArrivalPlace: Sendable {
    var mailbox: Mailbox
    var folder: MailFolder
    /// When the server got it, never later than now.
    var received: Instant
}
