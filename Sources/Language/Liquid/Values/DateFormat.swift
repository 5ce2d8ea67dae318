import CivilTime

/// `strftime` as the reference implementation's language has it: flags, widths and all.
struct DateFormat {
    private let moment: Moment
    private let day: LocalDate
    private let date: (year: Int, month: Int, day: Int)
    private let secondOfDay: Int
    private var output: [UInt8] = []
    /// Whether the format ended before its last directive did.
    private var isCut = false

    /// `moment` written as `format` says; what is no directive stands for itself.
    static func text(_ moment: Moment, format: String) -> String {
        var writer = DateFormat(moment: moment)
        writer.write(format)
        return String(decoding: writer.output, as: UTF8.self)
    }

    /// The same, or `nil` for a format that ends in the middle of a directive.
    static func text(_ moment: Moment, wholeFormat format: String) -> String? {
        var writer = DateFormat(moment: moment)
        writer.write(format)
        return writer.isCut ? nil : String(decoding: writer.output, as: UTF8.self)
    }

    private init(moment: Moment) {
        self.moment = moment
        day = moment.day
        date = day.components
        secondOfDay = moment.secondOfDay
        output.reserveCapacity(40)
    }

    private mutating func write(_ format: String) {
        var format = format
        format.withUTF8 { write($0[...]) }
    }

    private mutating func write(_ format: Slice<UnsafeBufferPointer<UInt8>>) {
        var index = format.startIndex
        while index < format.endIndex {
            guard format[index] == UInt8(ascii: "%") else {
                output.append(format[index])
                index += 1
                continue
            }
            let start = index
            var directive = Directive()
            index = directive.read(format, from: index + 1)
            if index >= format.endIndex { isCut = true }
            if index < format.endIndex, write(directive, format[index]) {
                index += 1
            } else {
                output.append(contentsOf: format[start..<min(index + 1, format.endIndex)])
                index += 1
            }
        }
    }

    /// What stands between `%` and the letter.
    private struct Directive {
        /// `nil`: as the letter has it; 0: none.
        var pad: UInt8?
        var isUpper = false
        var changesCase = false
        var colons = 0
        var width: Int?

        /// Reads flags, width and modifiers, and gives the index of the letter.
        mutating func read(_ format: Slice<UnsafeBufferPointer<UInt8>>, from start: Int) -> Int {
            var index = start
            while index < format.endIndex {
                switch format[index] {
                // Flags come before the width: behind it they begin nothing.
                case UInt8(ascii: "-") where width == nil: pad = 0
                case UInt8(ascii: "0") where width == nil: pad = UInt8(ascii: "0")
                case UInt8(ascii: "_") where width == nil: pad = UInt8(ascii: " ")
                case UInt8(ascii: "^") where width == nil: isUpper = true
                case UInt8(ascii: "#") where width == nil: changesCase = true
                case UInt8(ascii: ":"):
                    // Colons belong to the offset of the zone, and to nothing else.
                    let letter = format[index...].firstIndex { $0 != UInt8(ascii: ":") }
                    guard let letter, format[letter] == UInt8(ascii: "z") else { return index }
                    colons = letter - index
                    return letter
                case UInt8(ascii: "0")...UInt8(ascii: "9"):
                    width = min((width ?? 0) * 10 + Int(format[index] - UInt8(ascii: "0")), 1024)
                case UInt8(ascii: "E"), UInt8(ascii: "O"):
                    // Modifiers for other calendars: they change nothing, and stand before some letters only.
                    let letters = format[index] == UInt8(ascii: "E") ? "cCxXyY" : "deHkIlmMSuUVwWy"
                    guard index + 1 < format.endIndex, letters.utf8.contains(format[index + 1]) else { return index }
                default: return index
                }
                index += 1
            }
            return index
        }
    }

    /// Writes one directive; false for an unknown letter.
    private mutating func write(_ directive: Directive, _ letter: UInt8) -> Bool {
        if writeDate(directive, letter) || writeTime(directive, letter) || writeWeek(directive, letter) {
            return true
        }
        switch letter {
        case UInt8(ascii: "%"): words("%", directive)
        case UInt8(ascii: "n"): words("\n", directive)
        case UInt8(ascii: "t"): words("\t", directive)
        case UInt8(ascii: "c"): composed("%a %b %e %H:%M:%S %Y", directive)
        case UInt8(ascii: "D"), UInt8(ascii: "x"): composed("%m/%d/%y", directive)
        case UInt8(ascii: "F"): composed("%Y-%m-%d", directive)
        case UInt8(ascii: "T"), UInt8(ascii: "X"): composed("%H:%M:%S", directive)
        case UInt8(ascii: "R"): composed("%H:%M", directive)
        case UInt8(ascii: "r"): composed("%I:%M:%S %p", directive)
        case UInt8(ascii: "v"): composed("%e-%^b-%4Y", directive)
        default: return false
        }
        return true
    }

    private mutating func writeDate(_ directive: Directive, _ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "Y"):
            let year = date.year
            number(year, width: year < 0 ? 5 : 4, directive)
        case UInt8(ascii: "C"): number(Self.floorDivided(date.year, 100), width: 2, directive)
        case UInt8(ascii: "y"): number(Self.modulo(date.year, 100), width: 2, directive)
        case UInt8(ascii: "m"): number(date.month, width: 2, directive)
        case UInt8(ascii: "B"): words(Self.months[date.month - 1], directive, changesToUpper: true)
        case UInt8(ascii: "b"), UInt8(ascii: "h"):
            words(String(Self.months[date.month - 1].prefix(3)), directive, changesToUpper: true)
        case UInt8(ascii: "d"): number(date.day, width: 2, directive)
        case UInt8(ascii: "e"): number(date.day, width: 2, pad: UInt8(ascii: " "), directive)
        case UInt8(ascii: "j"): number(dayOfYear + 1, width: 3, directive)
        default: return false
        }
        return true
    }

    private mutating func writeTime(_ directive: Directive, _ letter: UInt8) -> Bool {
        let second = secondOfDay
        let hour = second / 3600
        let hour12 = hour % 12 == 0 ? 12 : hour % 12
        switch letter {
        case UInt8(ascii: "H"): number(hour, width: 2, directive)
        case UInt8(ascii: "k"): number(hour, width: 2, pad: UInt8(ascii: " "), directive)
        case UInt8(ascii: "I"): number(hour12, width: 2, directive)
        case UInt8(ascii: "l"): number(hour12, width: 2, pad: UInt8(ascii: " "), directive)
        case UInt8(ascii: "M"): number(second / 60 % 60, width: 2, directive)
        case UInt8(ascii: "S"): number(second % 60, width: 2, directive)
        case UInt8(ascii: "L"): fraction(digits: directive.width ?? 3)
        case UInt8(ascii: "N"): fraction(digits: directive.width ?? 9)
        case UInt8(ascii: "p"):
            words(directive.changesCase ? (hour < 12 ? "am" : "pm") : hour < 12 ? "AM" : "PM", directive)
        case UInt8(ascii: "P"): words(hour < 12 ? "am" : "pm", directive)
        case UInt8(ascii: "s"): number(moment.seconds, width: 1, directive)
        case UInt8(ascii: "z"): zoneOffset(directive)
        case UInt8(ascii: "Z"):
            let name = moment.zone?.abbreviation ?? "UTC"
            words(directive.changesCase ? name.lowercased() : name, directive)
        default: return false
        }
        return true
    }

    private mutating func writeWeek(_ directive: Directive, _ letter: UInt8) -> Bool {
        // Sunday is 0.
        let weekday = (day.weekday.rawValue + 1) % 7
        switch letter {
        case UInt8(ascii: "A"): words(Self.weekdays[weekday], directive, changesToUpper: true)
        case UInt8(ascii: "a"): words(String(Self.weekdays[weekday].prefix(3)), directive, changesToUpper: true)
        case UInt8(ascii: "u"): number(weekday == 0 ? 7 : weekday, width: 1, directive)
        case UInt8(ascii: "w"): number(weekday, width: 1, directive)
        case UInt8(ascii: "U"): number((dayOfYear + 7 - weekday) / 7, width: 2, directive)
        case UInt8(ascii: "W"): number((dayOfYear + 7 - (weekday + 6) % 7) / 7, width: 2, directive)
        case UInt8(ascii: "V"): number(isoWeek.week, width: 2, directive)
        case UInt8(ascii: "G"): number(isoWeek.year, width: 4, directive)
        case UInt8(ascii: "g"): number(Self.modulo(isoWeek.year, 100), width: 2, directive)
        default: return false
        }
        return true
    }

    // MARK: parts of a date

    private var dayOfYear: Int {
        let first = LocalDate(year: date.year, month: 1, day: 1) ?? day
        return day - first
    }

    /// The ISO 8601 week: the one that has the year's first Thursday is week 1.
    private var isoWeek: (year: Int, week: Int) {
        let thursday = day + (3 - day.weekday.rawValue)
        let year = thursday.components.year
        let first = LocalDate(year: year, month: 1, day: 1) ?? thursday
        return (year, (thursday - first) / 7 + 1)
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    private static func floorDivided(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : (value + 1) / divisor - 1
    }

    private static func modulo(_ value: Int, _ divisor: Int) -> Int {
        value - floorDivided(value, divisor) * divisor
    }

    // MARK: writing

    private mutating func number(
        _ value: Int, width: Int, pad: UInt8 = UInt8(ascii: "0"), _ directive: Directive
    ) {
        let pad = directive.pad ?? pad
        if pad == 0 {
            output.append(contentsOf: String(value).utf8)
        } else if value >= 0, value < 100, width == 2, directive.width == nil {
            output.append(value < 10 ? pad : UInt8(ascii: "0") + UInt8(value / 10))
            output.append(UInt8(ascii: "0") + UInt8(value % 10))
        } else {
            let character: Character = pad == UInt8(ascii: " ") ? " " : "0"
            output.append(contentsOf: Digits.padded(value, directive.width ?? width, with: character).utf8)
        }
    }

    private mutating func words(_ text: String, _ directive: Directive, changesToUpper: Bool = false) {
        let isUpper = directive.isUpper || changesToUpper && directive.changesCase
        if let width = directive.width, directive.pad != 0, !text.isEmpty {
            let pad = directive.pad ?? UInt8(ascii: " ")
            output.append(contentsOf: repeatElement(pad, count: max(0, width - text.utf8.count)))
        }
        output.append(contentsOf: isUpper ? Array(text.uppercased().utf8) : Array(text.utf8))
    }

    private mutating func composed(_ format: String, _ directive: Directive) {
        words(Self.text(moment, format: format), directive)
    }

    private mutating func fraction(digits: Int) {
        let nanoseconds = Digits.padded(moment.nanoseconds, 9)
        output.append(contentsOf: (nanoseconds + String(repeating: "0", count: max(0, digits - 9))).prefix(digits).utf8)
    }

    /// `+0200`, `+02:00`, `+02:00:00` by the colons.
    private mutating func zoneOffset(_ directive: Directive) {
        let offset = moment.zone?.seconds ?? 0
        let size = offset.magnitude
        let separator = directive.colons > 0 ? ":" : ""
        var tail = separator + Digits.padded(Int(size / 60 % 60), 2)
        if directive.colons == 2 { tail += ":" + Digits.padded(Int(size % 60), 2) }
        if directive.colons == 3 { tail = size % 3600 == 0 ? "" : tail }
        let width = (directive.width ?? 0) - tail.utf8.count - 1
        let sign = offset < 0 ? "-" : "+"
        if directive.pad == UInt8(ascii: " ") {
            let hours = sign + String(size / 3600)
            output.append(
                contentsOf: repeatElement(UInt8(ascii: " "), count: max(0, max(width, 2) + 1 - hours.utf8.count)))
            output.append(contentsOf: (hours + tail).utf8)
        } else {
            output.append(contentsOf: (sign + Digits.padded(Int(size / 3600), max(width, 2)) + tail).utf8)
        }
    }
}
