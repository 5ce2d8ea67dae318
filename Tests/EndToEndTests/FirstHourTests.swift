import Foundation
import TestKit
import Testing

/// `Docs/first-hour.md`, played: each command prints what the page says. A line `...` stands for any lines.
@Suite struct `The first hour` {
    struct Play {
        var clock: String
        var command: String
        var output: [String] = []
    }

    @Test func `is as its page tells it`() throws {
        let page = try String(contentsOf: Stoke.root.appending(path: "Docs/first-hour.md"), encoding: .utf8)
        let plays = Self.plays(page)
        #expect(plays.count > 15)
        let folder = try TemporaryFolder()
        let program = try folder.write(
            "bin/stoke",
            text: "#!/bin/sh\nSTOKE_STATE='\(folder.path("state"))' exec '\(Stoke.binary)' \"$@\" --now \"$CLOCK\"\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        var place = folder.path
        for play in plays {
            if play.command.hasPrefix("cd ") {
                place += "/" + play.command.dropFirst(3)
                continue
            }
            let result = try ChildProcess.run(
                "sh", ["-c", play.command + " 2>&1"],
                environment: ["PATH": "\(folder.path("bin")):/usr/bin:/bin", "CLOCK": play.clock, "HOME": folder.path],
                folder: place)
            let lines = result.text.trimmingCharacters(in: .newlines).components(separatedBy: "\n")
            let said = lines == [""] ? [] : lines.map { $0.trimmingCharacters(in: ["\r"]) }
            #expect(Self.matches(said[...], play.output[...]), "\(play.command) printed:\n\(result.text)")
        }
        print("first hour: \(plays.count) commands")
    }

    /// The commands of the console blocks, each with the clock above it.
    static func plays(_ page: String) -> [Play] {
        var plays: [Play] = []
        var clock = ""
        var isInside = false
        for line in page.components(separatedBy: "\n") {
            if line.hasPrefix("<!-- clock: ") { clock = String(line.dropFirst(12).prefix { $0 != " " }) }
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside, line.hasPrefix("$ ") {
                plays.append(Play(clock: clock, command: String(line.dropFirst(2))))
            } else if isInside, !plays.isEmpty {
                plays[plays.count - 1].output.append(line)
            }
        }
        return plays
    }

    static func matches(_ said: ArraySlice<String>, _ wanted: ArraySlice<String>) -> Bool {
        guard let first = wanted.first else { return said.isEmpty }
        if first == "..." {
            return said.indices.contains { matches(said[$0...], wanted.dropFirst()) }
                || matches(said[said.endIndex...], wanted.dropFirst())
        }
        return said.first == first && matches(said.dropFirst(), wanted.dropFirst())
    }
}
