import Host
import Mail
import Outreach

/// The one machine that sends: elsewhere sending commands are refused.
struct Home {
    let office: Office
    private let live: [Mailbox]

    init(_ office: Office) {
        self.office = office
        live = office.model.mailboxes.values.filter(\.isLive).sorted { $0.name < $1.name }
    }

    /// The machine that mail goes out from; `nil` where it may be any.
    var machine: String? {
        guard let home = office.model.settings.home, home != "any", !live.isEmpty else { return nil }
        return home
    }

    /// A mailbox whose server is not on this machine.
    var stranger: Mailbox? { live.first { !isLoopback($0) } }

    /// - Throws: `Failure` with 77 on another machine than `home:` names; with Maildirs only, any will do.
    func check() throws {
        guard let home = machine else { return }
        let host = ProcessSettings.hostName
        if home != host {
            throw Failure(
                "this is \(host); only \(home) sends, reads and enrolls",
                hint: "do it there, or change `home:` in stoke.yaml and apply", status: .refused)
        }
    }

    /// - Throws: `Failure` with 77 for a rehearsal that would reach a server of others.
    func checkRehearsal() throws {
        guard office.desk.isPretend, let mailbox = stranger else { return }
        throw Failure(
            "a rehearsal mails nobody: mailbox \(mailbox.name) names a server",
            hint: "use maildir:outbox or a server on this machine", status: .refused)
    }

    private func isLoopback(_ mailbox: Mailbox) -> Bool { (try? ServerURL(mailbox.smtp).isLoopback) ?? false }
}
