/// Scalars that a terminal, or a reader's eye, obeys instead of showing.
package enum Unprintable {
    /// True for controls (C0, DEL, C1), line and paragraph separators, and the marks that turn the
    /// direction of text (Unicode Standard Annex 9 section 2), with which a name can pretend to be another.
    package static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F: false
        case 0..<0x20, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFF9...0xFFFB: true
        default: false
        }
    }
}
