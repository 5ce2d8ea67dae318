package import CivilTime

/// What a workspace's files are checked against besides each other; the shell lends it.
package struct Surroundings: Sendable {
    /// The zones of the machine.
    package var zones: ZoneDatabase
    /// Custom facts that imported people have, the names of CSV columns; `nil`: whatever a file names is there, and
    /// templates are not judged again, as of a snapshot that was judged when it was applied.
    package var knownColumns: [String]?
    /// Takes `Ana Pop <ana@acme.example>` apart.
    package var address: @Sendable (String) -> Checked<SenderAddress>
    /// Judges `smtp://host:587`, `imaps://host`, `maildir:PATH`.
    package var server: @Sendable (String) -> Checked<ServerAddress>
    /// How safe a secret's file is, by its path in the workspace.
    package var secretFile: @Sendable (String) -> SecretFile
    /// Whether a file stands beside the files that were handed over: a private CA's certificate.
    package var exists: @Sendable (String) -> Bool

    /// - Parameters:
    ///   - address: the mail room's reader of addresses.
    ///   - server: the mail room's reader of server addresses.
    ///   - secretFile: asks the disk and git; without it no secret is looked at, as when a snapshot is read again.
    ///   - exists: asks the disk; without it every file is taken to be there.
    package init(
        zones: ZoneDatabase, knownColumns: [String]?,
        address: @escaping @Sendable (String) -> Checked<SenderAddress>,
        server: @escaping @Sendable (String) -> Checked<ServerAddress>,
        secretFile: @escaping @Sendable (String) -> SecretFile = { _ in .sound },
        exists: @escaping @Sendable (String) -> Bool = { _ in true }
    ) {
        self.zones = zones
        self.knownColumns = knownColumns
        self.address = address
        self.server = server
        self.secretFile = secretFile
        self.exists = exists
    }
}

/// A value, or why the text is none, in lower case.
package enum Checked<Value: Sendable>: Sendable {
    case sound(Value)
    case wrong(String)
}

/// Whom mails come from: `Ana Pop <ana@acme.example>`.
package struct SenderAddress: Sendable, Hashable {
    /// Empty where only an address is written.
    package var name: String
    /// The address alone, in lower case where that is the same mailbox.
    package var address: String

    package init(name: String, address: String) {
        self.name = name
        self.address = address
    }
}

/// What kind of server an address names.
package struct ServerAddress: Sendable, Hashable {
    /// What is spoken there.
    package enum Service: Sendable, Hashable {
        case smtp, imap, maildir
    }
    /// What is spoken there.
    package var service: Service
    /// This machine, by name or address, or a folder on it.
    package var isLoopback: Bool

    package init(_ service: Service, isLoopback: Bool) {
        self.service = service
        self.isLoopback = isLoopback
    }
}

/// The state of a file that holds a secret.
package enum SecretFile: Sendable, Hashable {
    /// It is there, for its owner only, and git does not know it.
    case sound
    case missing
    /// Others than its owner may read it; the mode's last three octal digits.
    case readable(mode: String)
    /// Git tracks it: whoever clones the workspace has the secret.
    case tracked
}
