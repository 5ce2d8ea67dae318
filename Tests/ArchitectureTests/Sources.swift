import Foundation

/// The files of the package, as text.
enum Sources {
    /// The package's root, found from where this file stands.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    struct File: Sendable {
        /// From the root: `Sources/Ground/Host/Files.swift`.
        var path: String
        var lines: [String]

        /// Whether any line has the text; the quick look before a slow one.
        func contains(_ text: String) -> Bool { whole.contains(text) }
        private let whole: String

        init(path: String, text: String) {
            self.path = path
            self.whole = text
            self.lines = text.components(separatedBy: "\n")
        }

        /// The folder of `Sources/FLOOR/` it stands in; empty elsewhere.
        var target: String {
            let parts = path.split(separator: "/")
            return parts.count > 3 && parts[0] == "Sources" ? String(parts[2]) : ""
        }

        /// The modules it imports.
        var imports: [String] {
            lines.compactMap { line in
                let words = line.isComment ? [] : line.split { $0 == " " || $0 == "\t" }.filter { !$0.hasPrefix("@") }
                guard let place = words.firstIndex(of: "import"), place <= 1, words.count > place + 1 else {
                    return nil
                }
                // `import struct Host.File` names the module in its first part.
                let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
                let name = kinds.contains(String(words[place + 1])) && words.count > place + 2 ? 2 : 1
                return words[place + name].split(separator: ".").first.map(String.init)
            }
        }

        /// Lines with something to find, as `path:line: text`.
        func lines(where isWanted: (String) -> Bool) -> [String] {
            lines.enumerated().filter { isWanted($0.element) }
                .map { "\(path):\($0.offset + 1): \($0.element.trimmingCharacters(in: .whitespaces))" }
        }
    }

    static func files(under folder: String) -> [File] {
        let base = root.appending(path: folder)
        let paths =
            FileManager.default.enumerator(atPath: base.path(percentEncoded: false))?.allObjects as? [String] ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
            guard let text = try? String(contentsOf: base.appending(path: path), encoding: .utf8) else { return nil }
            return File(path: "\(folder)/\(path)", text: text)
        }
    }

    static let ours = files(under: "Sources")
    static let tests = files(under: "Tests")

    /// The folders of `Sources/FLOOR/`, with their floor.
    static var folders: [(floor: String, name: String)] {
        let manager = FileManager.default
        func children(_ url: URL) -> [String] {
            let names = (try? manager.contentsOfDirectory(atPath: url.path(percentEncoded: false))) ?? []
            return names.filter { name in
                var isFolder: ObjCBool = false
                let path = url.appending(path: name).path(percentEncoded: false)
                return manager.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
            }.sorted()
        }
        let base = root.appending(path: "Sources")
        return children(base).flatMap { floor in children(base.appending(path: floor)).map { (floor, $0) } }
    }

    static var manifest: String {
        (try? String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)) ?? ""
    }
}
