import CivilTime

/// The day in a Date field (RFC 5322, section 3.3), as its writer's clock had it.
enum MessageDate {
    static func day(of field: String) -> LocalDate? {
        let tokens = DateToken.tokens(of: FoldedText(field))
        for start in tokens.indices {
            var scan = DateScan(tokens: tokens, at: start)
            if let parts = scan.dayMonthName(), let year = parts.year {
                return LocalDate(year: year, month: parts.month, day: parts.day)
            }
        }
        return nil
    }
}
