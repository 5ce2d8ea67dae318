import Testing

@Suite struct StyleTests {
    @Test func `no file is over five hundred lines`() {
        // A table of words is looked up, not read: it may have a thousand.
        let long = (Sources.ours + Sources.tests)
            .filter { $0.lines.count > ($0.path.hasSuffix("Phrases.swift") ? 1001 : 501) }
            .map { "\($0.path): \($0.lines.count - 1) lines" }
        #expect(long.isEmpty, "\(long.joined(separator: "\n"))")
    }

    @Test func `nothing is forced, and nothing is left for later`() {
        let words = ["try!", "as!", "fatalError(", "preconditionFailure(", "TODO", "FIXME", "XXX:", "HACK"]
        let found = Sources.ours.flatMap { file in
            words.filter { file.contains($0) }.flatMap { word in file.lines { $0.contains(word) } }
        }
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test func `what is unsafe says why`() {
        let found = Sources.ours.filter { $0.contains("unchecked") || $0.contains("unsafe)") }.flatMap { file in
            file.lines.indices.filter { index in
                let line = file.lines[index]
                guard !line.isComment, line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)")
                else {
                    return false
                }
                return !line.contains("//") && !file.hasComment(above: index)
            }.map { "\(file.path):\($0 + 1): \(file.lines[$0])" }
        }
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test func `no name says nothing`() {
        let endings = ["Manager", "Helper", "Util", "Utils", "Common"]
        let found = Sources.ours.filter { file in endings.contains { file.contains($0) } }.flatMap { file in
            file.lines { line in
                let words = line.split { !$0.isLetter }
                let kinds: [Substring] = ["struct", "class", "enum", "actor", "protocol"]
                guard let kind = words.firstIndex(where: kinds.contains), kind + 1 < words.count else { return false }
                return endings.contains { words[kind + 1].hasSuffix($0) }
            }
        }
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test func `the checks find what they look for`() {
        let text = "@preconcurrency package import struct Host.File\nimport Glibc\n// import C\n/// why\n@a\nx"
        let file = Sources.File(path: "Sources/Ground/X/A.swift", text: text)
        #expect(file.imports == ["Host", "Glibc"])
        #expect(file.target == "X")
        #expect(file.hasComment(above: 5))
        #expect(!file.hasComment(above: 2))
        #expect(!Sources.ours.isEmpty)
        #expect(!Sources.tests.isEmpty)
    }
}

extension Sources.File {
    /// Whether a comment stands above the line, attributes between them left out.
    func hasComment(above index: Int) -> Bool {
        var above = index - 1
        while above >= 0, lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
        return above >= 0 && lines[above].isComment
    }
}
