/// Who may import whom: the shape of the whole, a target a line, innermost floor first.
enum ImportTable {
    struct Row: Sendable {
        var floor: String
        var target: String
        /// What the target is built from.
        var imports: Set<String>

        /// Also the words in which these speak: without their modules Swift does not show the members of their types
        /// (`MemberImportVisibility`).
        var allowed: Set<String> { imports.union(ImportTable.reach(imports).intersection(ImportTable.words)) }
    }

    /// The targets whose types others' interfaces are made of.
    static let words: Set<String> = ["Diagnostics", "CivilTime", "Facts", "Outreach", "Planning", "MIME", "Ledger"]

    /// `targets` and everything they import.
    static func reach(_ targets: Set<String>) -> Set<String> {
        rows.filter { targets.contains($0.target) }.reduce(targets) { $0.union(reach($1.imports)) }
    }

    static let rows: [Row] = [
        row("Ground", "Diagnostics", ""),
        row("Ground", "CivilTime", ""),
        row("Ground", "Host", "CLinux CBuild"),
        row("Ground", "Digest", "CCrypto"),
        row("Ground", "Interchange", "Diagnostics CivilTime"),
        row("Language", "Facts", "Diagnostics CivilTime"),
        row("Language", "Liquid", "Diagnostics Facts CivilTime Digest"),
        row("Domain", "Outreach", "CivilTime Facts Diagnostics"),
        row("Domain", "Planning", "Outreach CivilTime Facts Digest"),
        row("Domain", "Qualification", "Outreach CivilTime Facts"),
        row("Files", "Messages", "Outreach Planning Liquid Facts Diagnostics Digest CMark"),
        row("Files", "Workspace", "Outreach Messages Interchange Diagnostics CivilTime Digest CYAML"),
        row("Post", "MIME", "CivilTime Digest CGMime CPSL"),
        row("Post", "DNS", "Digest CResolv"),
        row("Post", "Mail", "MIME Host CivilTime Digest CCurl"),
        row("Post", "InboundMail", "Outreach MIME"),
        row("Memory", "Ledger", "Outreach Planning"),
        row("Memory", "SQLiteLedger", "Ledger Host Digest Interchange CSQLite"),
        row("Work", "Delivery", "Planning Ledger Mail Messages Host Digest Interchange"),
        row("Work", "Inbox", "InboundMail Ledger Mail Digest"),
        row("Work", "Reports", "Ledger Qualification Interchange Digest"),
        row("Work", "Intake", "Ledger Interchange MIME Digest"),
        row("Command", "Arguments", "Diagnostics"),
    ]

    /// These decide and read nothing: no file, clock, socket, environment or chance.
    static let pure: Set<String> = [
        "CivilTime", "Facts", "Liquid", "Outreach", "Planning", "Qualification", "InboundMail",
    ]

    /// The platform. Foundation is none of it: it costs milliseconds at every start.
    static let platform: Set<String> = ["Glibc", "Darwin"]
    /// What belongs to Swift itself and touches nothing outside the program.
    static let language: Set<String> = ["Synchronization"]

    /// The C libraries of the system, each with the one target that owns it.
    static var owners: [String: [String]] {
        Dictionary(
            rows.flatMap { row in row.imports.filter(isLibrary).map { ($0, [row.target]) } }, uniquingKeysWith: +)
    }

    static func isLibrary(_ name: String) -> Bool {
        Sources.folders.contains { $0.floor == "Libraries" && $0.name == name }
    }

    private static func row(_ floor: String, _ target: String, _ imports: String) -> Row {
        Row(floor: floor, target: target, imports: Set(imports.split(separator: " ").map(String.init)))
    }
}
