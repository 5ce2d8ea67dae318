import CivilTime
import Diagnostics
import Outreach

/// What `stoke.yaml` must fulfil besides its form.
struct SettingsChecks {
    let file: SettingsFile
    let reading: Reading
    /// Paths of the signatures that there are.
    let signatures: [String]

    func run() {
        for (name, mailbox) in file.mailboxes {
            guard let node = file.node["mailboxes"]?[name.value] else { continue }
            checkOwner(mailbox, node)
            checkFiles(mailbox, node)
            checkAccount(mailbox, node)
            checkCaps(mailbox, node)
            SecretCheck(reading: reading).run(mailbox.password, node["password"])
        }
        if let node = file.node["mailboxes"], case .mapping(let entries) = node.content, entries.isEmpty {
            reading.report(.missingKey, "there is no mailbox, so nothing can be sent", at: node.caret)
        }
        checkHome()
        if file.settings.calendar.isNeverOpen, let at = file.node["calendar"] {
            reading.report(.neverOpen, "the calendar is never open", at: at.caret)
        }
    }

    private func checkOwner(_ mailbox: Mailbox, _ node: Node) {
        // By key, so that a person whose entry is wrong is not reported as missing, too.
        guard let people = file.node["people"]?.entries.map(\.key), let at = node["owner"] else { return }
        guard !mailbox.owner.isEmpty, !people.contains(mailbox.owner) else { return }
        reading.report(
            .unknownOwner, "there is no person \"\(mailbox.owner)\"", at: at.caret,
            hint: NearestName.hint(among: people, to: mailbox.owner)
                ?? "add \(mailbox.owner): {name: ...} under people:")
    }

    private func checkFiles(_ mailbox: Mailbox, _ node: Node) {
        if let path = mailbox.signature, !signatures.contains(path), let at = node["signature"] {
            reading.report(
                .missingFile, "there is no signature \(path)", at: at.caret,
                hint: NearestName.hint(among: signatures, to: path) ?? "signatures are Markdown files in signatures/")
        }
        if let path = mailbox.caFile, !reading.surroundings.exists(path), let at = node["ca_file"] {
            reading.report(.missingFile, "there is no file \(path)", at: at.caret)
        }
    }

    private func checkAccount(_ mailbox: Mailbox, _ node: Node) {
        if mailbox.plaintext, let at = node["tls"], !isLoopback(node["smtp"]) || !isLoopback(node["imap"]) {
            reading.report(
                .plaintext, "without TLS anybody on the way could read and change the mail", at: at.caret,
                hint: "tls: none is for a server on this machine only (localhost, 127.0.0.1, ::1)")
        }
        if mailbox.isLive, node["imap"] == nil {
            reading.report(
                .missingKey, "\"imap\" is missing: replies are read there, or recorded by hand on purpose",
                at: node.caret, hint: "add imap: imaps://HOST, or imap: none")
        }
        if node["user"] == nil, let at = node["password"] {
            reading.report(.missingKey, "a password needs a user", at: at.caret, hint: "add user: NAME")
        }
    }

    private func isLoopback(_ node: Node?) -> Bool {
        guard let text = node?.text, text != "none" else { return true }
        guard case .sound(let address) = reading.surroundings.server(text) else { return true }
        return address.isLoopback
    }

    private func checkCaps(_ mailbox: Mailbox, _ node: Node) {
        if let ramp = mailbox.ramp, let cap = mailbox.dailyCap, ramp.start > cap, let at = node["ramp"]?["start"] {
            reading.report(
                .outOfRange, "the ramp starts at \(ramp.start), above the daily cap of \(cap)", at: at.caret,
                hint: "lower start, or raise daily_cap")
        }
        let wider = file.settings.calendar
        guard !wider.isNeverOpen, let calendar = mailbox.calendar, let at = node["calendar"] else { return }
        if wider.narrowed(by: calendar).isNeverOpen {
            reading.report(
                .neverOpen, "with the workspace's calendar this is never open", at: at.caret,
                hint: "the workspace is open \(wider.days), \(wider.hours)")
        }
    }

    private func checkHome() {
        guard let live = file.mailboxes.first(where: \.value.isLive)?.name.value else { return }
        if file.settings.home == "any", let at = file.node["home"] {
            reading.report(
                .homeAnywhere, "two machines could mail the same person, for \(live) sends by SMTP", at: at.caret,
                hint: "name the one machine that sends, as hostname prints it")
        } else if file.node["home"] == nil {
            reading.report(
                .homeAnywhere, "\"home\" is missing, and \(live) sends by SMTP", at: file.node.caret,
                hint: "add home: and the name of the one machine that sends, as hostname prints it")
        }
    }
}

/// Whether a secret is where it is said to be, and nobody else's.
struct SecretCheck {
    let reading: Reading

    func run(_ secret: SecretReference?, _ node: Node?) {
        switch secret {
        case .file(let path):
            if let at = node?["file"] { check(path, at) }
        case .environment(let name):
            guard let at = node?["env"] else { return }
            reading.report(
                .secretEnvironment, "other programs of the same user may read the variable \(name)", at: at.caret,
                hint: "a file, a command or a credential keeps it closer")
        case .command, .credential, nil: break
        }
    }

    private func check(_ path: String, _ at: Node) {
        switch reading.surroundings.secretFile(path) {
        case .sound: break
        case .missing:
            reading.report(
                .secretMissing, "there is no file \(path)", at: at.caret,
                hint: "write the password into it, and chmod 600 \(path)")
        case .readable(let mode):
            reading.report(
                .secretReadable, "others may read \(path) (mode \(mode))", at: at.caret, hint: "chmod 600 \(path)")
        case .tracked:
            reading.report(
                .secretTracked, "git tracks \(path), so whoever clones the workspace has the password", at: at.caret,
                hint: "git rm --cached \(path), ignore it, and change the password")
        }
    }
}
