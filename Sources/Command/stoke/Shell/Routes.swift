import Host
import Mail
import Outreach

/// The way each mailbox's mail leaves: its account and its transport.
struct Routes: Sendable {
    private let environment: Environment
    private let folder: String
    private let isPretend: Bool
    private let stop: StopSignal

    init(_ office: Office, _ stop: StopSignal) { self.init(office.folder, office.desk, stop) }

    init(_ folder: WorkspaceFolder, _ desk: Desk, _ stop: StopSignal) {
        environment = desk.environment
        self.folder = folder.path
        isPretend = desk.isPretend
        self.stop = stop
    }

    /// The account of a mailbox and its transport.
    var route: @Sendable (Mailbox) -> (account: Account, transport: any Transport) {
        { mailbox in (account(mailbox), transport(mailbox)) }
    }

    /// The account that a mailbox's incoming mail is read from.
    func incoming(_ mailbox: Mailbox) -> Account {
        var account = account(mailbox)
        account.server = server(mailbox.imap ?? "")
        return account
    }

    /// The account whose Sent folder gets copies; `nil` unless the mailbox asks for them (`sent_copy: append`).
    var copies: @Sendable (Mailbox) -> Account? {
        { mailbox in
            guard mailbox.sentCopy == .append, mailbox.imap != nil else { return nil }
            let account = incoming(mailbox)
            if case .maildir = account.server { return nil }
            return account
        }
    }

    private func transport(_ mailbox: Mailbox) -> any Transport {
        let stop = stop
        return mailbox.isLive ? SMTPTransport(isCancelled: { stop.isRaised }) : MaildirTransport()
    }

    private func account(_ mailbox: Mailbox) -> Account {
        let (environment, folder, stop) = (environment, folder, stop)
        var account = Account(server: server(mailbox.smtp), user: mailbox.user)
        if let source = mailbox.password.map(SecretSource.init) {
            account.secret = { () throws(HostError) in
                try source.read(environment, folder: folder) { stop.isRaised }
            }
        }
        account.authentication = Account.Authentication(rawValue: mailbox.authentication.rawValue) ?? .password
        account.security = mailbox.plaintext ? .none : .required
        account.caFile = mailbox.caFile.map { Paths.join(folder, $0) }
        account.ehlo = mailbox.ehlo ?? ProcessSettings.hostName
        account.messagesPerConnection = mailbox.messagesPerConnection
        return account
    }

    /// A Maildir's path starts at the workspace. Checked when the files were applied, so a bad one is a folder nobody has.
    private func server(_ text: String) -> ServerURL {
        guard let url = try? ServerURL(text) else { return .maildir(path: "/nonexistent") }
        if case .maildir(let path) = url { return .maildir(path: Paths.join(folder, path)) }
        return url
    }
}

extension SecretSource {
    init(_ reference: SecretReference) {
        switch reference {
        case .file(let path): self = .file(path)
        case .command(let words): self = .command(words)
        case .credential(let name): self = .credential(name)
        case .environment(let name): self = .environment(name)
        }
    }
}
