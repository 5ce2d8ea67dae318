// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that users never build it. Its targets are links to those of the project:
// so the benchmarks may use what is `package` there.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("InternalImportsByDefault"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Links/\(name)", swiftSettings: settings)
}

let package = Package(
    name: "stoke-benchmarks",
    platforms: [.macOS(.v15)],
    targets: [
        room("Diagnostics"),
        room("CivilTime"),
        room("Facts", ["Diagnostics", "CivilTime"]),
        room("Liquid", ["Diagnostics", "Facts", "CivilTime", "Digest"]),
        room("Outreach", ["Diagnostics", "CivilTime", "Facts"]),
        room("Qualification", ["Outreach", "CivilTime", "Facts"]),
        .systemLibrary(name: "CSQLite", path: "Links/CSQLite", pkgConfig: "sqlite3"),
        .executableTarget(
            name: "ScoringBenchmark", dependencies: ["CSQLite", "CivilTime", "Facts", "Outreach", "Qualification"],
            swiftSettings: settings),
        .systemLibrary(name: "CGMime", path: "Links/CGMime", pkgConfig: "gmime-3.0"),
        .systemLibrary(name: "CPSL", path: "Links/CPSL", pkgConfig: "libpsl"),
        room("MIME", ["CivilTime", "Digest", "CGMime", "CPSL"]),
        room("InboundMail", ["MIME", "CivilTime"]),
        .executableTarget(name: "InboundBenchmark", dependencies: ["InboundMail", "MIME"], swiftSettings: settings),
        .systemLibrary(name: "CCrypto", path: "Links/CCrypto", pkgConfig: "libcrypto"),
        room("Digest", ["CCrypto"]),
        room("Interchange", ["Diagnostics", "CivilTime"]),
        room("Planning", ["Outreach", "CivilTime", "Facts", "Digest"]),
        room("Ledger", ["Outreach", "Planning", "CivilTime", "Facts"]),
        room(
            "Intake",
            [
                "Ledger", "Interchange", "MIME", "Outreach", "Planning", "Facts", "CivilTime", "Diagnostics", "Digest",
            ]),
        .executableTarget(
            name: "ListBenchmark", dependencies: ["Intake", "CivilTime", "Diagnostics"], swiftSettings: settings),
        .systemLibrary(name: "CLinux", path: "Links/CLinux"),
        .target(
            name: "CBuild", path: "Links/CBuild",
            cSettings: [.define("STOKE_COMMIT", to: "\"\"")]),
        room("Host", ["CLinux", "CBuild"]),
        .systemLibrary(name: "CCurl", path: "Links/CCurl", pkgConfig: "libcurl"),
        room("Mail", ["MIME", "Host", "Digest", "CCurl", "CivilTime"]),
        .executableTarget(
            name: "IMAPBenchmark", dependencies: ["Mail", "InboundMail", "MIME", "Host"], swiftSettings: settings),
        room(
            "SQLiteLedger",
            ["Ledger", "Host", "Interchange", "Outreach", "Planning", "CivilTime", "Facts", "CSQLite"]),
        .executableTarget(
            name: "TickBenchmark",
            dependencies: ["CivilTime", "Facts", "Outreach", "Planning", "Ledger", "SQLiteLedger"],
            swiftSettings: settings),
        .executableTarget(
            name: "LedgerBenchmark",
            dependencies: ["CivilTime", "Facts", "Outreach", "Planning", "Ledger", "SQLiteLedger"],
            swiftSettings: settings),
        .executableTarget(
            name: "LiquidBenchmark", dependencies: ["Diagnostics", "CivilTime", "Facts", "Liquid"],
            swiftSettings: settings),
    ]
)
