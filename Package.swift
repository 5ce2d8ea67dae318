// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors in CI only: a newer compiler's new warning must not break a user's first build.
let warnings: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]
let strict: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + warnings

// `make` tells it, for `stoke --version`; only one small C file is compiled again when it changes.
let commit = Context.environment["STOKE_COMMIT"] ?? ""

/// A C library of the system; `pkg` is its pkg-config name.
func library(_ name: String, pkg: String, apt: String, brew: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/Libraries/\(name)", pkgConfig: pkg, providers: [.apt([apt]), .brew([brew])])
}

/// A target of ours; `floor` is the folder of Sources it lives in.
func room(_ floor: String, _ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(floor)/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], fixtures: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestKit"], path: "Tests/\(name)", exclude: fixtures,
        swiftSettings: strict)
}

let package = Package(
    name: "stoke",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "stoke", targets: ["stoke"])],
    targets: [
        library("CCurl", pkg: "libcurl", apt: "libcurl4-openssl-dev", brew: "curl"),
        library("CSQLite", pkg: "sqlite3", apt: "libsqlite3-dev", brew: "sqlite"),
        library("CYAML", pkg: "yaml-0.1", apt: "libyaml-dev", brew: "libyaml"),
        library("CGMime", pkg: "gmime-3.0", apt: "libgmime-3.0-dev", brew: "gmime"),
        library("CCrypto", pkg: "libcrypto", apt: "libssl-dev", brew: "openssl@3"),
        library("CMark", pkg: "libcmark", apt: "libcmark-dev", brew: "cmark"),
        library("CPSL", pkg: "libpsl", apt: "libpsl-dev", brew: "libpsl"),
        .systemLibrary(name: "CResolv", path: "Sources/Libraries/CResolv"),
        .systemLibrary(name: "CLinux", path: "Sources/Libraries/CLinux"),
        .target(
            name: "CBuild", path: "Sources/Libraries/CBuild",
            cSettings: [.define("STOKE_COMMIT", to: "\"\(commit)\"")]),

        room("Ground", "Diagnostics"),
        room("Ground", "CivilTime"),
        room("Ground", "Host", ["CLinux", "CBuild"]),
        room("Ground", "Digest", ["CCrypto"]),
        room("Ground", "Interchange", ["Diagnostics", "CivilTime"]),

        room("Language", "Facts", ["Diagnostics", "CivilTime"]),
        room("Language", "Liquid", ["Diagnostics", "Facts", "CivilTime", "Digest"]),

        room("Domain", "Outreach", ["CivilTime", "Facts", "Diagnostics"]),
        room("Domain", "Planning", ["Outreach", "CivilTime", "Facts", "Digest"]),
        room("Domain", "Qualification", ["Outreach", "CivilTime", "Facts"]),

        room(
            "Files", "Messages",
            ["Outreach", "Planning", "Liquid", "Facts", "CivilTime", "Diagnostics", "Digest", "CMark"]),
        room(
            "Files", "Workspace",
            ["Outreach", "Messages", "Interchange", "Facts", "Diagnostics", "CivilTime", "Digest", "CYAML"]),

        room("Post", "MIME", ["CivilTime", "Digest", "CGMime", "CPSL"]),
        room("Post", "DNS", ["Digest", "CResolv"]),
        room("Post", "Mail", ["MIME", "Host", "CivilTime", "Digest", "CCurl"]),
        room("Post", "InboundMail", ["Outreach", "MIME", "CivilTime"]),

        room("Memory", "Ledger", ["Outreach", "Planning", "CivilTime", "Facts"]),
        room(
            "Memory", "SQLiteLedger",
            ["Ledger", "Host", "Digest", "Interchange", "Outreach", "Planning", "CivilTime", "Facts", "CSQLite"]),

        room(
            "Work", "Delivery",
            [
                "Outreach", "Planning", "Facts", "CivilTime", "Ledger", "Mail", "MIME", "Messages", "Host", "Digest",
                "Interchange",
            ]),
        room(
            "Work", "Inbox",
            ["InboundMail", "Ledger", "Mail", "Digest", "MIME", "Outreach", "Planning", "Facts", "CivilTime"]),
        room(
            "Work", "Reports",
            [
                "Ledger", "Planning", "Qualification", "Interchange", "Outreach", "Facts", "CivilTime", "Diagnostics",
                "Digest",
            ]),
        room(
            "Work", "Intake",
            [
                "Ledger", "Interchange", "MIME", "Outreach", "Planning", "Facts", "CivilTime", "Diagnostics", "Digest",
            ]),

        room("Command", "Arguments", ["Diagnostics"]),
        .executableTarget(
            name: "stoke",
            dependencies: [
                "Diagnostics", "CivilTime", "Host", "Digest", "Interchange", "Facts", "Liquid", "Outreach",
                "Planning", "Qualification", "Messages", "Workspace", "MIME", "DNS", "Mail", "InboundMail", "Ledger",
                "SQLiteLedger", "Delivery", "Inbox", "Reports", "Intake", "Arguments",
            ],
            path: "Sources/Command/stoke", swiftSettings: strict),

        // What the tests share: temporary folders, marked text, seeded randomness, child processes, golden files.
        .target(name: "TestKit", path: "Tests/TestKit", swiftSettings: strict),
        tests("ArchitectureTests", []),
        tests("DiagnosticsTests", ["Diagnostics"]),
        tests("CivilTimeTests", ["CivilTime", "Host"]),
        tests("HostTests", ["Host"]),
        tests("DigestTests", ["Digest"]),
        tests("InterchangeTests", ["Interchange", "CivilTime", "Diagnostics", "CMark"]),
        tests("FactsTests", ["Facts", "Diagnostics"]),
        tests("LiquidTests", ["Liquid", "Facts", "Diagnostics"]),
        tests("OutreachTests", ["Outreach", "CivilTime", "Facts"]),
        tests(
            "PlanningTests",
            ["Planning", "Ledger", "Outreach", "CivilTime", "Facts", "Digest", "Delivery", "Mail", "Messages"]),
        tests("QualificationTests", ["Qualification", "Outreach", "Facts", "CivilTime"]),
        tests(
            "MessagesTests",
            ["Messages", "Liquid", "Outreach", "Planning", "Facts", "CivilTime", "Diagnostics", "MIME"]),
        tests(
            "WorkspaceTests",
            ["Workspace", "Outreach", "Diagnostics", "CivilTime", "Facts", "Interchange", "MIME", "Mail", "Messages"]),
        tests("MIMETests", ["MIME", "CivilTime"]),
        tests("DNSTests", ["DNS"]),
        tests("MailTests", ["Mail", "MIME", "Host", "CivilTime"]),
        tests("InboundMailTests", ["InboundMail", "MIME", "Outreach", "CivilTime"], fixtures: ["Fixtures"]),
        // A sender that the ledger's tests kill.
        .executableTarget(
            name: "ledger-victim",
            dependencies: ["Ledger", "SQLiteLedger", "Outreach", "Planning", "CivilTime", "Facts"],
            path: "Tests/LedgerVictim", swiftSettings: strict),
        tests(
            "LedgerTests",
            [
                "Ledger", "SQLiteLedger", "Outreach", "Planning", "CivilTime", "Facts", "Host", "CSQLite",
                "ledger-victim",
            ],
            fixtures: ["Fixtures"]),
        tests(
            "DeliveryTests",
            ["Delivery", "Ledger", "SQLiteLedger", "Mail", "Planning", "Outreach", "CivilTime", "stoke"]),
        tests(
            "InboxTests",
            [
                "Inbox", "InboundMail", "Ledger", "Mail", "Host", "Digest", "Facts", "Outreach", "Planning",
                "CivilTime",
            ]),
        tests(
            "ReportsTests",
            [
                "Reports", "Ledger", "Planning", "Qualification", "Interchange", "Outreach", "Facts", "CivilTime",
                "Diagnostics",
            ]),
        tests(
            "IntakeTests",
            [
                "Intake", "Ledger", "SQLiteLedger", "Interchange", "MIME", "Outreach", "Facts", "CivilTime",
                "Diagnostics",
                "Host",
            ]),
        tests("ArgumentsTests", ["Arguments"]),
        tests("EndToEndTests", ["stoke", "Workspace", "Diagnostics"]),
    ]
)
