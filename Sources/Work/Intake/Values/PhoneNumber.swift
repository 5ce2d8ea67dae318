/// A telephone number as lists spell it, in the one form by which two spellings are the same.
package struct PhoneNumber: Sendable, Hashable {
    /// E.164 with its plus where that could be told; else the digits alone.
    package let text: String
    /// What is dialled once the line is up.
    package let extensionDigits: String?

    /// - Parameter country: the ISO 3166 code of whose numbers are meant where no calling code is written.
    /// - Returns: `nil` of what is no number: letters, fewer than 7 digits, more than 15 (ITU-T E.164 6.2.1).
    package init?(_ text: String, country: String? = nil) {
        var rest = Substring(text).trimmed
        if rest.lowercased().hasPrefix("tel:") { rest = rest.dropFirst(4).trimmed }
        extensionDigits = PhoneNumber.takeExtension(&rest)
        if let whole = PhoneNumber.spreadsheetNumber(rest) { rest = whole[...] }
        let hasPlus = rest.hasPrefix("+")
        // "+49 (0)40": the zero is dialled inside the country only.
        let plain = hasPlus ? String(rest.dropFirst()).replacing("(0)", with: "") : String(rest)
        guard let digits = PhoneNumber.digits(plain), (7...15).contains(digits.count) else { return nil }
        guard let number = hasPlus ? digits : PhoneNumber.international(digits, country) else {
            self.text = digits
            return
        }
        guard !number.hasPrefix("0"), (7...15).contains(number.count) else { return nil }
        self.text = "+" + number
    }

    /// The digits with the calling code; `nil` where nothing tells it.
    private static func international(_ digits: String, _ country: String?) -> String? {
        guard let plan = country.flatMap(DiallingPlan.of) else {
            return digits.hasPrefix("00") ? String(digits.dropFirst(2)) : nil
        }
        if plan.callingCode == "1" {
            if digits.hasPrefix("011"), digits.count > 11 { return String(digits.dropFirst(3)) }
            let number = digits.count == 11 && digits.hasPrefix("1") ? digits : "1" + digits
            return number.count == 11 ? number : nil
        }
        if digits.hasPrefix("00") { return String(digits.dropFirst(2)) }
        if !plan.trunkPrefix.isEmpty, digits.hasPrefix(plan.trunkPrefix) {
            return plan.callingCode + digits.dropFirst(plan.trunkPrefix.count)
        }
        let isWhole = digits.hasPrefix(plan.callingCode) && digits.count >= 11
        return isWhole ? digits : plan.callingCode + digits
    }

    /// Takes `ext. 12`, `x12`, `#12` or `;ext=12` off the end.
    private static func takeExtension(_ text: inout Substring) -> String? {
        let digits = text.utf8.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        guard (1...6).contains(digits), digits < text.utf8.count else { return nil }
        let number = text.suffix(digits)
        let before = text.dropLast(digits).trimmed.lowercased()
        for word in [";ext=", "extension", "ext.", "ext", "x", "#", "durchwahl"] where before.hasSuffix(word) {
            text = text.dropLast(digits).trimmed.dropLast(word.count).trimmed
            if text.hasSuffix(",") { text = text.dropLast() }
            return String(number)
        }
        return nil
    }

    /// The digits of what a spreadsheet made of a number, `3016572696.0` or `3.016572696E9`, where none are lost.
    private static func spreadsheetNumber(_ text: Substring) -> String? {
        if text.hasSuffix(".0"), let whole = Int(text.dropLast(2)) { return String(whole) }
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "E") || $0 == UInt8(ascii: "e") }) else { return nil }
        let parts = text.lowercased().replacing("+", with: "").split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]), let dot = parts[0].utf8.firstIndex(of: UInt8(ascii: "."))
        else { return nil }
        let fraction = parts[0][parts[0].utf8.index(after: dot)...]
        guard fraction.count == exponent || fraction.count == exponent - 1 else { return nil }
        let all = parts[0][..<dot] + fraction + String(repeating: "0", count: exponent - fraction.count)
        return Int(all).map { String($0) }
    }

    /// The digits of a number written with spaces, dots, hyphens, slashes and brackets; `nil` with anything else in it.
    private static func digits(_ text: String) -> String? {
        var digits = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9": digits.unicodeScalars.append(scalar)
            case " ", "-", ".", "(", ")", "/", "\u{A0}", "\u{2007}", "\u{202F}", "\u{2010}"..."\u{2014}", "\u{B7}",
                "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202E}", "\t":
                continue
            default: return nil
            }
        }
        return digits
    }
}
