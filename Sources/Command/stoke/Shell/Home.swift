import Host
import Mail
import Outreach

/// The one machine that sends: elsewhere sending commands are refused.
struct Home {
    let office: Office

    init(_ office: Office) { self.office = office }

    /// - Throws: `Failure` with 77 on another machine, or for a rehearsal that would reach a server of others.
    func check() throws {
        let live = office.model.mailboxes.values.filter(\.isLive).sorted { $0.name < $1.name }
        if office.desk.isPretend, let mailbox = live.first(where: { !isLoopback($0) }) {
            throw Failure(
                "a rehearsal mails nobody: mailbox \(mailbox.name) names a server",
                hint: "use maildir:outbox or a server on this machine", status: .refused)
        }
        guard let home = office.model.settings.home, home != "any", !live.isEmpty else { return }
        let host = ProcessSettings.hostName
        if home != host {
            throw Failure(
                "this is \(host); mail goes out from \(home) only",
                hint: "run it there, or change `home:` in stoke.yaml and apply", status: .refused)
        }
    }

    private func isLoopback(_ mailbox: Mailbox) -> Bool { (try? ServerURL(mailbox.smtp).isLoopback) ?? false }
}
