import Testing

/// What other targets may use says what it is.
@Suite struct `Documentation` {
    @Test func `stands above everything that other targets may use`() {
        let required = Set(Sources.ours.flatMap(Documentation.requirements).map(\.signature))
        var counts = (all: 0, witnesses: 0, memberwise: 0)
        var bare: [String] = []
        for file in Sources.ours {
            for index in file.lines.indices {
                guard let found = Declaration(file.lines, at: index), found.isShared else { continue }
                counts.all += 1
                if file.isDocumented(index) { continue }
                if required.contains(found.signature) || Declaration.standard.contains(found.name) {
                    counts.witnesses += 1
                } else if found.isMemberwise(in: file.lines) {
                    counts.memberwise += 1
                } else {
                    bare.append("\(file.path):\(index + 1): \(file.lines[index].drop { $0 == " " })")
                }
            }
        }
        print(
            "documentation: \(counts.all) shared declarations, \(bare.count) without; said elsewhere: "
                + "\(counts.witnesses) witnesses, \(counts.memberwise) initialisers that store what they get")
        #expect(counts.all > 2000 && counts.witnesses > 50 && counts.memberwise > 50)
        #expect(bare.isEmpty, "\(bare.joined(separator: "\n"))")
    }

    @Test func `stands above what every protocol requires`() {
        let bare = Sources.ours.flatMap { file in
            Documentation.requirements(of: file).filter { !file.isDocumented($0.line) }
                .map { "\(file.path):\($0.line + 1): \(file.lines[$0.line].drop { $0 == " " })" }
        }
        #expect(bare.isEmpty, "\(bare.joined(separator: "\n"))")
    }

    @Test(arguments: [
        ("    package func add(_ number: Int, to name: String) {", "func add(_,to)"),
        ("package struct Zone: Sendable {", "struct Zone"), ("    package let names: [String]", "let names"),
        ("    package internal(set) var rows = 0", "var rows"),
        ("    package init(_ a: Int, b: [Int: Int]) {", "init (_,b)"),
        ("    @discardableResult package static func x<T>(_ a: (T) -> Int) -> T {", "func x(_)"),
        ("    package static func < (a: Epoch, b: Epoch) -> Bool { a.n < b.n }", "func <(a,b)"),
    ])
    func `is asked of what is declared`(line: String, signature: String) throws {
        let found = try #require(Declaration([line], at: 0))
        #expect(found.signature == signature && found.isShared)
        for other in ["    let package = 1", "package extension X {", "    // package func x()", "import package"] {
            #expect(Declaration([other], at: 0)?.isShared != true, "\(other)")
        }
    }

    /// What the protocols of a file require.
    private static func requirements(of file: Sources.File) -> [Declaration] {
        var found: [Declaration] = []
        var isInside = false
        for (index, line) in file.lines.enumerated() {
            if let declaration = Declaration(file.lines, at: index) {
                if isInside {
                    found.append(declaration)
                } else {
                    isInside = declaration.kind == "protocol" && !line.hasSuffix("}")
                }
            }
            if line.hasPrefix("}") { isInside = false }
        }
        return found
    }
}

/// A declaration as its first lines show it.
struct Declaration {
    var kind: Substring
    var name: Substring
    /// Kind, name and labels: what a witness shares with what it is a witness of.
    var signature: String
    /// From 0.
    var line: Int
    /// Whether other targets may use it.
    var isShared: Bool

    private static let kinds: Set<Substring> = [
        "func", "var", "let", "init", "struct", "enum", "class", "protocol", "actor", "typealias", "subscript",
        "associatedtype",
    ]
    private static let modifiers: Set<Substring> = [
        "package", "public", "private", "fileprivate", "internal", "static", "final", "indirect", "mutating",
        "nonisolated",
        "convenience", "override", "lazy", "weak", "borrowing", "consuming", "package(set)", "private(set)",
        "internal(set)", "fileprivate(set)", "required", "prefix", "postfix", "infix",
    ]
    /// What the standard library's protocols require.
    static let standard: Set<Substring> = [
        "description", "debugDescription", "rawValue", "hash", "encode", "next", "==", "<", "makeIterator", "id",
        "startIndex", "endIndex", "allCases",
    ]

    init?(_ lines: [String], at line: Int) {
        let text = lines[line].drop { $0 == " " }
        guard !text.hasPrefix("//"), !text.hasPrefix("*") else { return nil }
        var words = text.split(separator: " ")[...]
        while let word = words.first, word.hasPrefix("@") || Declaration.modifiers.contains(word) {
            words = words.dropFirst()
        }
        guard let first = words.first else { return nil }
        let kind = first.prefix { $0.isLetter }
        guard Declaration.kinds.contains(kind) else { return nil }
        let isInit = kind == "init" || kind == "subscript"
        guard isInit || (first == kind && words.count > 1) else { return nil }
        self.kind = kind
        let rest = isInit ? first.dropFirst(kind.count) : words[words.startIndex + 1]
        name = isInit ? "" : Declaration.name(rest)
        let labels = ["func", "init", "subscript"].contains(kind) ? Declaration.labels(lines, line) : ""
        signature = "\(kind) \(name)\(labels)"
        self.line = line
        let before = text.split(separator: " ").prefix { $0 != first }
        isShared = before.contains { $0 == "package" || $0 == "public" }
    }

    /// A name up to its type, arguments or generics; an operator up to its arguments.
    private static func name(_ text: Substring) -> Substring {
        let isWord = text.first.map { $0.isLetter || $0 == "_" || $0 == "`" } ?? false
        return isWord ? text.prefix { $0.isLetter || $0.isNumber || "_`".contains($0) } : text.prefix { $0 != "(" }
    }

    /// `(_,to)`: the labels of the parameters, on however many lines they stand.
    private static func labels(_ lines: [String], _ line: Int) -> String {
        let text = lines[line..<min(line + 12, lines.count)].joined(separator: " ")
        var (depth, parameters, labels) = (0, "", [String]())
        for character in text.drop(while: { $0 != "(" }) {
            if "([{".contains(character) { depth += 1 }
            if ")]}".contains(character) { depth -= 1 }
            if depth == 0 || (depth == 1 && character == ",") {
                if let label = parameters.split(separator: " ").first { labels.append(label.filter { $0 != ":" }) }
                parameters = ""
                if depth == 0 { break }
            } else if !(depth == 1 && character == "(") {
                parameters.append(character)
            }
        }
        return "(\(labels.joined(separator: ",")))"
    }

    /// Whether it is an initialiser whose every line stores an argument under its own name.
    func isMemberwise(in lines: [String]) -> Bool {
        guard kind == "init", let open = lines[line...].firstIndex(where: { $0.hasSuffix("{") || $0.hasSuffix("}") })
        else {
            return false
        }
        if lines[open].hasSuffix("}") {
            let body = lines[open].drop { $0 != "{" }.dropFirst().dropLast()
            return body.allSatisfy { $0 == " " } || Declaration.stores(body)
        }
        return lines[(open + 1)...].prefix { $0.drop { $0 == " " } != "}" }.allSatisfy { Declaration.stores($0[...]) }
    }

    /// `self.x = x`, or `(self.x, self.y) = (x, y)`.
    private static func stores(_ line: Substring) -> Bool {
        let sides = line.split(separator: "=")
        guard sides.count == 2 else { return false }
        let words = sides.map { $0.filter { !" ()".contains($0) }.split(separator: ",") }
        return words[0].count == words[1].count
            && zip(words[0], words[1]).allSatisfy { $0.hasPrefix("self.") && $0.dropFirst(5) == $1 }
    }
}

extension Sources.File {
    /// Whether a documentation comment stands above a line; attributes may stand between.
    func isDocumented(_ index: Int) -> Bool {
        var above = index - 1
        while above >= 0, lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
        return above >= 0 && lines[above].drop { $0 == " " }.hasPrefix("///")
    }
}
