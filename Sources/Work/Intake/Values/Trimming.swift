extension Substring {
    /// Without white space and invisible marks at its ends.
    var trimmed: Substring {
        if let first = utf8.first, let last = utf8.last, first > 0x20, first < 0x7F, last > 0x20, last < 0x7F {
            return self
        }
        var text = self
        while let first = text.unicodeScalars.first, first.isEdge { text = text.dropFirstScalar() }
        while let last = text.unicodeScalars.last, last.isEdge {
            text = text[..<text.unicodeScalars.index(before: text.endIndex)]
        }
        return text
    }

    private func dropFirstScalar() -> Substring { self[unicodeScalars.index(after: startIndex)...] }
}

extension String {
    /// Without white space and invisible marks at its ends.
    var trimmed: String {
        let text = Substring(self).trimmed
        return text.utf8.count == utf8.count ? self : String(text)
    }

    /// Whether it says that there is nothing: exports write `N/A`, `-` or `null` into cells of numbers and addresses.
    var isPlaceholder: Bool {
        utf8.count <= 9 && String.placeholders.contains(lowercased())
    }

    private static let placeholders: Set<String> = [
        "", "-", "--", "–", "—", "n/a", "#n/a", "null", "none", "nil", "undefined", "unknown", "not found",
    ]
}

extension Unicode.Scalar {
    /// White space, or a mark that shows nothing.
    fileprivate var isEdge: Bool {
        properties.isWhitespace || value == 0xFEFF || (0x200B...0x200F).contains(value) || value == 0x2060
    }
}
