import Arguments
import Delivery
import Host
import Mail
import Outreach
import Synchronization

/// Whether each mailbox's servers let it in. Nothing is sent, and no message is read.
struct ServerDiagnosis {
    private let routes: Routes
    private let model: Model
    private let patience: Duration
    private let stop: StopSignal
    private let output: Output

    init(_ folder: WorkspaceFolder, _ desk: Desk, _ model: Model) throws {
        stop = try StopSignal()
        stop.install()
        routes = Routes(folder, desk, stop)
        self.model = model
        patience = .seconds(desk.invocation.integer("--timeout") ?? 20)
        output = desk.output
    }

    /// All mailboxes at once, so that one silent server does not hold up the rest.
    func diagnoses() throws -> [Diagnosis] {
        let mailboxes = model.mailboxes.values.sorted { $0.name < $1.name }
        let found = Found(mailboxes.count)
        var workers: [Worker] = []
        for (index, mailbox) in mailboxes.enumerated() {
            output.note("logging in for \(mailbox.name)")
            workers.append(try Worker("doctor") { [self] in found.set(index, [sending(mailbox), reading(mailbox)]) })
        }
        for worker in workers { worker.join() }
        return found.all
    }

    private final class Found: Sendable {
        private let diagnoses: Mutex<[[Diagnosis]]>

        init(_ count: Int) { diagnoses = Mutex(Array(repeating: [], count: count)) }

        func set(_ index: Int, _ found: [Diagnosis]) { diagnoses.withLock { $0[index] = found } }

        var all: [Diagnosis] { diagnoses.withLock { $0.flatMap { $0 } } }
    }

    private func sending(_ mailbox: Mailbox) -> Diagnosis {
        let area = "mailbox \(mailbox.name)"
        let (route, transport) = routes.route(mailbox)
        guard mailbox.isLive else {
            return .fine(
                area, "SMTP", "mail becomes files in \(mailbox.smtp.dropFirst("maildir:".count)); nobody is mailed")
        }
        do throws(TransportError) {
            let session = try transport.connect(hasty(route), deadline: .now + patience * 2)
            session.close()
        } catch {
            return refused(area, "SMTP", mailbox.smtp, error, mailbox)
        }
        let login = mailbox.user.map { "logged in as \($0)" } ?? "connected; no user: is named, so nobody logged in"
        return .fine(area, "SMTP", "\(mailbox.smtp): \(login)")
    }

    private func reading(_ mailbox: Mailbox) -> Diagnosis {
        let area = "mailbox \(mailbox.name)"
        guard let server = mailbox.imap else {
            return .fine(area, "IMAP", "none: replies are recorded by hand, with stoke touch")
        }
        do throws(SourceError) {
            let source = try MessageSources.open(
                hasty(routes.incoming(mailbox)), deadline: .now + patience * 2, isCancelled: { stop.isRaised })
            defer { source.close() }
            let folders = try source.folders()
            guard let inbox = folders.first(where: { $0.use == .inbox }) else {
                return .wrong(area, "IMAP", "\(server) has no INBOX", do: "see which account `user:` names")
            }
            let count = try source.open(inbox).count
            return sent(mailbox, folders) ?? .fine(area, "IMAP", "\(server): logged in, \(count) in the inbox")
        } catch {
            switch error {
            case .transport(let error): return refused(area, "IMAP", server, error, mailbox)
            case .refused(let words):
                return .wrong(area, "IMAP", "\(server): \(words)", do: Self.loginRemedy(mailbox))
            case .broken(let words), .outOfStep(let words), .noFolder(let words), .file(let words):
                return .wrong(area, "IMAP", "\(server): \(words)", do: "see the address in `imap:`, then again")
            }
        }
    }

    /// Replies of ours are known by the copy in the Sent folder: without one they must be recorded by hand.
    private func sent(_ mailbox: Mailbox, _ folders: [MailFolder]) -> Diagnosis? {
        guard mailbox.sentCopy != .none, !folders.contains(where: { $0.use == .sent }) else { return nil }
        return .look(
            "mailbox \(mailbox.name)", "IMAP", "logged in, but no folder is marked as Sent",
            do: "let the server mark one (SPECIAL-USE), or write sent_copy: none")
    }

    /// The account, with less patience than a delivery has.
    private func hasty(_ account: Account) -> Account {
        var account = account
        account.timeouts.connect = patience
        account.timeouts.handshake = patience
        account.timeouts.command = patience
        return account
    }

    private func refused(
        _ area: String, _ subject: String, _ server: String, _ error: TransportError, _ mailbox: Mailbox
    ) -> Diagnosis {
        let said = "\(server), \(Self.words(error.phase)): \(error.ending.words)"
        return .wrong(area, subject, said, do: Self.remedy(error, mailbox))
    }

    private static func words(_ phase: WirePhase) -> String {
        switch phase {
        case .connect: "connecting"
        case .banner: "waiting for its greeting"
        case .ehlo: "greeting it"
        case .starttls, .tls: "starting TLS"
        default: "logging in"
        }
    }

    private static func remedy(_ error: TransportError, _ mailbox: Mailbox) -> String {
        switch (error.phase, error.ending) {
        case (_, .untrusted): "name a private CA by `ca_file:`, or use the name that is in the certificate"
        case (_, .unsupported("STARTTLS")): "use smtps:// or another port; without TLS no password leaves"
        case (.connect, _): "see host and port; many networks block port 25 and 587 outwards"
        case (.banner, _), (.ehlo, _): "see that the port speaks this protocol: smtp:// 587, smtps:// 465, imaps:// 993"
        case (.auth, _): loginRemedy(mailbox)
        default: "see the server's log"
        }
    }

    private static func loginRemedy(_ mailbox: Mailbox) -> String {
        switch mailbox.password {
        case .file(let path)?: "see `user:` and the secret in \(path); many providers want an app password"
        case .command(let words)?: "see `user:` and what \(words.first ?? "the command") prints as its first line"
        case .credential(let name)?: "see `user:` and the credential \(name)"
        case .environment(let name)?: "see `user:` and the variable \(name)"
        case nil: "name `user:` and `password:` in stoke.yaml"
        }
    }
}
