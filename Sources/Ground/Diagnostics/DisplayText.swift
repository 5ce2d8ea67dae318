/// A text as a terminal may show it: nothing in it moves the cursor, hides or reorders what is beside it.
package struct DisplayText: Sendable {
    /// The text to print.
    package private(set) var text = ""
    /// How many cells it takes.
    package private(set) var width = 0

    /// `text` with tabs as spaces up to the next multiple of four, and with control and bidirectional
    /// characters written out: `␛` for ESC, `<U+202E>` for a right-to-left override.
    ///
    /// `from` is the cell it starts in, for the tabs.
    package init(_ text: some StringProtocol, from start: Int = 0) {
        for character in text { append(character, start: start) }
    }

    private mutating func append(_ character: Character, start: Int) {
        if character == "\t" {
            let spaces = 4 - (start + width) % 4
            text += String(repeating: " ", count: spaces)
            width += spaces
        } else if character.unicodeScalars.contains(where: Self.mustBeWritten) {
            for scalar in character.unicodeScalars { append(scalar) }
        } else {
            text.append(character)
            width += Self.cells(of: character)
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        let written = Self.mustBeWritten(scalar) ? Self.written(scalar) : String(scalar)
        text += written
        width += written.reduce(0) { $0 + Self.cells(of: $1) }
    }

    /// A control picture for C0 and DEL, else the scalar's number.
    private static func written(_ scalar: Unicode.Scalar) -> String {
        if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) { return String(picture) }
        if scalar.value == 0x7F { return "\u{2421}" }
        let hex = String(scalar.value, radix: 16, uppercase: true)
        return "<U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex + ">"
    }

    /// Whether a terminal would act on the scalar, or reorder or hide text around it.
    package static func mustBeWritten(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0001:
            true
        default: false
        }
    }

    /// How many cells of a terminal a character takes: 2 for East Asian wide ones and emoji, 0 for a lone mark.
    private static func cells(of character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.value < 0x300 {
            return character.unicodeScalars.contains { $0.value == 0xFE0F && first.properties.isEmoji } ? 2 : 1
        }
        if character.unicodeScalars.contains(where: { $0.value == 0xFE0F }) || first.properties.isEmojiPresentation {
            return 2
        }
        if isWide(first.value) { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: return 1
        }
    }

    /// East Asian Width W or F (Unicode Standard Annex 11), by block.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
            0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
