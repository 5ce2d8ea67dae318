import Diagnostics

extension Sink {
    /// One component of a path, made of any text: no slash, no control, no hidden or reserved name, at most 120 octets.
    ///
    /// What Windows forbids is left out too, for folders that are synchronised. The extension is the caller's to add.
    package static func fileName(_ text: String) -> String {
        var name = ""
        for scalar in text.unicodeScalars {
            let character = fileNameScalar(scalar)
            if character == "-", name.isEmpty || name.hasSuffix("-") { continue }
            if name.utf8.count + UTF8.width(character) > 120 { break }
            name.unicodeScalars.append(character)
        }
        while let last = name.unicodeScalars.last, last == "." || last == "-" || last == " " {
            name.unicodeScalars.removeLast()
        }
        while let first = name.unicodeScalars.first, first == "." || first == "-" || first == " " {
            name.unicodeScalars.removeFirst()
        }
        if name.isEmpty { return "_" }
        return reservedNames.contains(stem(name)) ? "_" + name : name
    }

    /// The scalar itself, or a hyphen for what has no place in a file's name.
    private static func fileNameScalar(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "/", "\\", ":", "*", "?", "\"", "<", ">", "|", "\u{FFFD}": "-"
        case _ where scalar.properties.isWhitespace || DisplayText.mustBeWritten(scalar): "-"
        default: scalar
        }
    }

    private static func stem(_ name: String) -> String {
        String(name.prefix { $0 != "." }).lowercased()
    }

    private static let reservedNames: Set<String> = Set(
        ["con", "prn", "aux", "nul"] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] })
}
