/// The apostrophe before cells that a spreadsheet would take for a formula ("CSV injection", OWASP).
///
/// A cell is guarded when it starts with `=`, `+`, `-`, `@`, TAB, CR or LF, or with apostrophes and then one of these; so
/// taking one apostrophe back always gives the cell that was written.
enum CSVGuard {
    /// True where a cell needs the apostrophe.
    static func isDangerous<Bytes: Collection<UInt8>>(_ cell: Bytes) -> Bool {
        switch cell.first(where: { $0 != .apostrophe }) {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"): true
        case UInt8(ascii: "\t"), .carriageReturn, .lineFeed: true
        default: false
        }
    }

    /// True where a cell has it.
    static func isGuarded<Bytes: Collection<UInt8>>(_ cell: Bytes) -> Bool {
        cell.first == .apostrophe && isDangerous(cell)
    }
}
