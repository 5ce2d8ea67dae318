import Arguments
import Facts
import Host
import Outreach
import Qualification

extension Office {
    /// Who decides about somebody: `--by`, else who decided last, else the owner of the mailbox that writes to them, else the
    /// only owner, else whoever is logged in.
    func decider(about history: History? = nil) -> String {
        if let named = desk.invocation.value("--by") { return named }
        if let last = history?.touchpoints.last(where: { $0.decidedBy != nil })?.decidedBy { return last }
        let mailbox = history?.enrollments.last { $0.mailbox != nil }?.mailbox
        if let owner = mailbox.flatMap({ model.mailboxes[$0]?.owner }) { return owner }
        if model.owners.count == 1, let owner = model.owners.keys.first { return owner }
        return desk.environment.text("USER") ?? desk.environment.text("LOGNAME") ?? "somebody"
    }
}

extension History {
    /// A reply, meeting or talk that nobody has decided about yet.
    var openTalk: Touchpoint? {
        let talks: [TouchpointKind] = [.reply, .meeting, .callConnected]
        guard let talk = touchpoints.last(where: { touchpoint in talks.contains { touchpoint.kind.isA($0) } })
        else { return nil }
        let isDecided = touchpoints.contains { $0.kind.isA(.disposition) && $0.at >= talk.at }
        return isDecided ? nil : talk
    }
}
