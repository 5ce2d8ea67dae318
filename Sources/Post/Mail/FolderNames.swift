extension MailFolder.Use {
    /// The use that a folder's name tells, its path and letters' case left aside; `nil` for names of people's own.
    ///
    /// - Parameter name: as IMAP has it (modified UTF-7) or a Maildir subfolder.
    init?(name: String) {
        let last = name.split { $0 == "/" || $0 == "." }.last.map { $0.lowercased() } ?? ""
        guard let use = MailFolder.Use.names[last] else { return nil }
        self = use
    }

    private static let names: [String: MailFolder.Use] = {
        var table: [String: MailFolder.Use] = [:]
        for (use, names) in words { for name in names { table[name] = use } }
        return table
    }()

    /// Names that mail programs give, those beyond ASCII in modified UTF-7 (RFC 3501 5.1.3).
    private static let words: [(MailFolder.Use, [String])] = [
        (
            .sent,
            [
                "sent", "sent items", "sent mail", "sent messages", "gesendet", "gesendete objekte",
                "gesendete elemente", "envoyes", "envoy&aok-s", "&amk-l&aok-ments envoy&aok-s", "enviados",
                "elementos enviados", "itens enviados", "posta inviata", "inviata", "verzonden", "verzonden items",
                "skickat", "sendt", "wys&auie-ane", "odeslan&aok-", "&bb4eqgq,beaemaqybdsenqq9bd0eswq1-",
            ]
        ),
        (
            .junk,
            [
                "junk", "spam", "junk e-mail", "junk email", "bulk mail", "spamverdacht", "unerw&apw-nscht",
                "courrier ind&aok-sirable", "posta indesiderata", "correo no deseado", "lixo", "ongewenste e-mail",
                "skr&aoq-ppost", "&bceepwqwbdw-",
            ]
        ),
        (.trash, ["trash", "deleted items", "deleted messages", "papierkorb", "corbeille", "papelera", "cestino"]),
        (.drafts, ["drafts", "entw&apw-rfe", "brouillons", "borradores", "bozze"]),
        (.archive, ["archive", "archives", "archiv"]),
    ]
}
