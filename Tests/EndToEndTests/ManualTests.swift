import Foundation
import TestKit
import Testing

/// The manual pages of the built command, as `make install` writes them.
@Suite(.enabled(if: Programs.exist("groff", "man"), "groff or man is not installed"))
struct `The manual` {
    @Test func `has a sound page for every command, with its options and an example`() throws {
        let stoke = try Stoke()
        #expect(try stoke("pages", "manual", "man", "--date", "2026-03-12").status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: stoke.path + "/man").sorted()
        for name in names {
            let path = stoke.path + "/man/" + name
            let roff = try ChildProcess.run("groff", ["-man", "-Tutf8", "-ww", "-z", path])
            #expect(roff.status == 0 && roff.errorText == "", "\(name): \(roff.errorText)")
            let page = try ChildProcess.run(
                "man", ["--warnings", "-l", path],
                environment: ["MANWIDTH": "80", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "MANPAGER": "cat"])
            #expect(page.status == 0 && page.errorText == "", "\(name): \(page.errorText)")
            let words = name.replacing(".1", with: "").split(separator: "-").dropFirst().map(String.init)
            let help = try stoke.run(words + ["--help"])
            for option in help.text.split(separator: "\n").compactMap(Self.option) {
                #expect(page.text.contains(option), "\(name) lacks \(option)")
            }
            #expect(page.text.contains("EXAMPLES"), "\(name) has no example")
            #expect(page.text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(name) is too wide")
        }
        print("manual: \(names.count) pages")
        #expect(names.count > 40)
    }

    /// The long name in a line of help that explains an option.
    private static func option(_ line: Substring) -> String? {
        guard line.hasPrefix("  ") else { return nil }
        return line.split(separator: " ").prefix(2).first { $0.hasPrefix("--") }.map(String.init)
    }

    @Test func `help reads well in eighty columns for every command`() throws {
        let stoke = try Stoke()
        try stoke("pages", "manual", "man")
        let names = try FileManager.default.contentsOfDirectory(atPath: stoke.path + "/man").sorted()
        for name in names {
            let words = name.replacing(".1", with: "").split(separator: "-").dropFirst().map(String.init)
            let help = try stoke.run(words + ["--help"])
            #expect(help.status == 0 && help.errors.isEmpty)
            #expect(help.text.contains("Usage:") && help.text.contains("Examples:"), "\(words)")
            #expect(help.text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(help.text)")
            #expect(try stoke.run(["help"] + words).text == help.text)
        }
        #expect(try stoke().text == stoke("--help").text)
    }
}
