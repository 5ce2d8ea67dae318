import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A real Dovecot on loopback with one user, `ana` / `open sesame`: IMAP, IMAPS and submission.
///
/// Runs in the foreground from a folder of its own; ended by its process id.
package final class DovecotServer {
    /// The user's login name.
    package static let user = "ana"
    /// The user's password.
    package static let password = "open sesame"

    /// Where it does not take us for its own machine, which it would let in without TLS.
    package static let distantHost = "127.0.0.2"
    /// The port of IMAP with STARTTLS.
    package let imapPort = Loopback.freePort()
    /// The port of IMAP over TLS.
    package let imapsPort = Loopback.freePort()
    /// The port of submission with STARTTLS.
    package let submissionPort = Loopback.freePort()
    private let folder: TemporaryFolder
    private let program: RunningProgram

    /// Starts it, and waits until it listens.
    ///
    /// - Parameters:
    ///   - allowsPlain: whether passwords may go without TLS.
    ///   - relayPort: where submitted mail goes; 0 for no submission.
    package init(_ certificates: TestCertificates, allowsPlain: Bool = false, relayPort: Int = 0) throws {
        folder = try TemporaryFolder()
        let file = try folder.write(
            "dovecot.conf",
            text: DovecotServer.configuration(
                folder.path, certificates, allowsPlain: allowsPlain, relayPort: relayPort,
                ports: (imapPort, imapsPort, submissionPort)))
        try FileManager.default.createDirectory(atPath: folder.path("home"), withIntermediateDirectories: true)
        chmod(folder.path, 0o755)
        if getuid() == 0 { chown(folder.path("home"), DovecotServer.mailUser, DovecotServer.mailUser) }
        try folder.write("users", text: "\(DovecotServer.user):{PLAIN}\(DovecotServer.password)\n")
        program = try RunningProgram(Programs.path("dovecot") ?? "dovecot", ["-F", "-c", file])
        for port in [imapPort, imapsPort] + (relayPort > 0 ? [submissionPort] : []) {
            guard Loopback.waitForListener(on: port) else {
                throw ChildProcess.Failed(status: 1, errors: program.errors + log)
            }
        }
    }

    /// What it logged.
    package var log: String { (try? folder.read("log")).map { String(decoding: $0, as: UTF8.self) } ?? "" }

    /// The user's Maildir.
    package var maildir: String { folder.path("home/Maildir") }

    /// Puts a message into the user's INBOX, as a delivery agent does.
    package func deliver(_ octets: some Sequence<UInt8>, name: String) throws {
        try add(octets, name: name)
        guard getuid() == 0 else { return }
        _ = try ChildProcess.run("chown", ["-R", "\(DovecotServer.mailUser)", folder.path("home")])
    }

    /// Puts one of many; `deliver` the last, which makes them all the user's.
    package func add(_ octets: some Sequence<UInt8>, name: String) throws {
        for part in ["cur", "new", "tmp"] {
            let path = folder.path("home/Maildir/" + part)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        try folder.write("home/Maildir/new/" + name, octets)
    }

    /// Ends it.
    package func stop() { program.stop() }

    /// Dovecot gives no mail to root; anybody else reads his own.
    private static var mailUser: uid_t { getuid() == 0 ? 65_534 : getuid() }

    private static func configuration(
        _ path: String, _ certificates: TestCertificates, allowsPlain: Bool, relayPort: Int, ports: (Int, Int, Int)
    ) -> String {
        let me = NSUserName()
        let group = getgrgid(getgid()).map { String(cString: $0.pointee.gr_name) } ?? me
        let users =
            getuid() == 0
            ? "" : "default_internal_user = \(me)\ndefault_internal_group = \(group)\ndefault_login_user = \(me)\n"
        let chroot = getuid() == 0 ? "" : "chroot =\n"
        return """
            base_dir = \(path)/run
            log_path = \(path)/log
            protocols = imap \(relayPort > 0 ? "submission" : "")
            listen = 127.0.0.1, 127.0.0.2
            \(users)ssl = \(allowsPlain ? "yes" : "required")
            ssl_cert = <\(certificates.path(.good))
            ssl_key = <\(certificates.keyPath(.good))
            disable_plaintext_auth = \(allowsPlain ? "no" : "yes")
            auth_mechanisms = plain login
            first_valid_uid = 1
            passdb {
              driver = passwd-file
              args = \(path)/users
            }
            userdb {
              driver = static
              args = uid=\(mailUser) gid=\(getuid() == 0 ? mailUser : getgid()) home=\(path)/home
            }
            mail_location = maildir:~/Maildir
            namespace inbox {
              inbox = yes
              separator = /
              mailbox "Sent Items" {
                special_use = \\Sent
                auto = create
              }
              mailbox Junk {
                special_use = \\Junk
                auto = create
              }
            }
            service imap-login {
              \(chroot)inet_listener imap {
                port = \(ports.0)
              }
              inet_listener imaps {
                port = \(ports.1)
                ssl = yes
              }
            }
            service submission-login {
              \(chroot)inet_listener submission {
                port = \(ports.2)
              }
            }
            service anvil {
              \(chroot)
            }
            submission_relay_host = 127.0.0.1
            submission_relay_port = \(relayPort)
            submission_relay_trusted = yes
            hostname = mail.acme.example

            """
    }
}
