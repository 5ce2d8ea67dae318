/// The name that a column of the user's own has in templates and criteria.
package enum FactName {
    /// `Connected On`, `lastState` and `Größe` become `connected_on`, `last_state` and `grosse`; `nil` where no
    /// letter or digit is left that a template could write.
    package static func make(_ column: String) -> String? {
        var name = ""
        var wasLower = false
        for scalar in column.unicodeScalars {
            let letters = plain(scalar)
            if letters.isEmpty {
                if !name.isEmpty, !name.hasSuffix("_"), !scalar.properties.isDiacritic { name += "_" }
                wasLower = false
                continue
            }
            if scalar.properties.isUppercase, wasLower { name += "_" }
            name += letters
            wasLower = !scalar.properties.isUppercase
        }
        while name.hasSuffix("_") { name.removeLast() }
        guard let first = name.first else { return nil }
        return first.isASCIIDigit ? "_" + name : name
    }

    /// Lower-case ASCII letters and digits for a scalar, as far as its Unicode name tells: `ö` is an `o`.
    private static func plain(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "a"..."z", "0"..."9": return String(scalar)
        case "A"..."Z": return String(scalar).lowercased()
        case "ß": return "ss"
        default: break
        }
        let words = scalar.properties.name?.split(separator: " ") ?? []
        guard words.count >= 4, words[0] == "LATIN", words[2] == "LETTER" else { return "" }
        return words[3].count <= 2 ? words[3].lowercased() : ""
    }
}
