import CivilTime

/// Reads dates as people write them: ISO 8601, `March 14, 2016`, `15-jun-2020`, `Fri Jul 16 01:00:00 2004`,
/// `16.07.2004`, `2pm`. What is coarser than the text says comes from `now`, what is finer is the least.
struct DateReader {
    private var text: [UInt8]
    private var year: Int?
    private var month: Int?
    private var day: Int?
    private var dayOfYear: Int?
    private var time: (hour: Int, minute: Int, second: Int, nanoseconds: Int)?
    private var zone: ZoneOffset?

    /// The moment `text` names, or `nil` where it names none.
    static func moment(_ text: String, clock: TemplateClock) -> Moment? {
        guard text.utf8.count <= 128 else { return nil }
        var reader = DateReader(text: text.lowercased().utf8.map(keep))
        reader.readTime()
        reader.readDate()
        return reader.moment(clock)
    }

    /// A word or a number of the text, and the octets it takes.
    private struct Run {
        let range: Range<Int>
        let value: Int
    }

    private init(text: [UInt8]) { self.text = text }

    private static func keep(_ octet: UInt8) -> UInt8 {
        let isKept = Octet.isLetter(octet) || Octet.isDigit(octet) || "-+',./:@[]".utf8.contains(octet)
        return isKept ? octet : UInt8(ascii: " ")
    }

    // MARK: the time of day

    private mutating func readTime() {
        var index = 0
        while let run = nextNumber(from: index) {
            if readClock(run) || readHour(run) { return }
            index = run.range.upperBound
        }
    }

    /// `14:30`, `14:30:05.25 pm +0200`
    private mutating func readClock(_ hour: Run) -> Bool {
        let colon = skipSpaces(hour.range.upperBound)
        guard octet(colon) == UInt8(ascii: ":"), let minute = number(at: skipSpaces(colon + 1)) else { return false }
        var end = minute.range.upperBound
        var second = 0
        var nanoseconds = 0
        let next = skipSpaces(end)
        if octet(next) == UInt8(ascii: ":"), let run = number(at: skipSpaces(next + 1)) {
            second = run.value
            end = run.range.upperBound
            if octet(end) == UInt8(ascii: ".") || octet(end) == UInt8(ascii: ",") {
                let fraction = number(at: end + 1)
                nanoseconds = fraction.map { Self.nanoseconds(text[$0.range]) } ?? 0
                end = fraction?.range.upperBound ?? end + 1
            }
        }
        setTime(hour, minute.value, second, nanoseconds, end: end)
        return true
    }

    /// `2pm`, `14h`, `3h 20m`
    private mutating func readHour(_ hour: Run) -> Bool {
        let next = skipSpaces(hour.range.upperBound)
        if half(at: next) != nil {
            setTime(hour, 0, 0, 0, end: hour.range.upperBound)
            return true
        }
        guard octet(next) == UInt8(ascii: "h"), !Octet.isLetter(octet(next + 1)) else { return false }
        let minute = number(at: skipSpaces(next + 1))
        var end = minute?.range.upperBound ?? next + 1
        if minute != nil, octet(end) == UInt8(ascii: "m") { end += 1 }
        setTime(hour, minute?.value ?? 0, 0, 0, end: end)
        return true
    }

    private mutating func setTime(_ hour: Run, _ minute: Int, _ second: Int, _ nanoseconds: Int, end: Int) {
        var end = end
        var value = hour.value
        if let half = half(at: skipSpaces(end)) {
            value = value % 12 + (half.isAfternoon ? 12 : 0)
            end = half.end
        }
        time = (value, minute, second, nanoseconds)
        readZone(from: skipSpaces(end), end: &end)
        blank(hour.range.lowerBound..<end)
    }

    /// `am`, `p.m.` at `index`.
    private func half(at index: Int) -> (isAfternoon: Bool, end: Int)? {
        let letter = octet(index)
        guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return nil }
        if octet(index + 1) == UInt8(ascii: "m"), !Octet.isWord(octet(index + 2)) {
            return (letter == UInt8(ascii: "p"), index + 2)
        }
        let dotted = [octet(index + 1), octet(index + 2), octet(index + 3)]
        return dotted == Array(".m.".utf8) ? (letter == UInt8(ascii: "p"), index + 4) : nil
    }

    /// The zones that have names here; others are read on the template's own clock, as in the reference.
    private static let zoneHours = [
        "utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
        "pdt": -7,
    ]

    /// The hours ahead of UTC of a zone that has one letter: `a` is 1, `m` is 12, `n` is -1, `y` is -12.
    private static func militaryHours(_ letter: UInt8) -> Int? {
        switch letter {
        case UInt8(ascii: "a")...UInt8(ascii: "i"): Int(letter - UInt8(ascii: "a")) + 1
        case UInt8(ascii: "k")...UInt8(ascii: "m"): Int(letter - UInt8(ascii: "k")) + 10
        case UInt8(ascii: "n")...UInt8(ascii: "y"): -1 - Int(letter - UInt8(ascii: "n"))
        default: nil
        }
    }

    private mutating func readZone(from index: Int, end: inout Int) {
        let word = word(at: index)
        if word.count == 1, let hours = Self.militaryHours(text[word.lowerBound]) {
            end = word.upperBound
            zone = ZoneOffset(seconds: hours * 3600, abbreviation: "")
            return
        }
        if let hours = Self.zoneHours[String(decoding: text[word], as: UTF8.self)] {
            end = word.upperBound
            let isUTC = text[word].elementsEqual("utc".utf8) || text[word].elementsEqual("z".utf8)
            zone =
                isUTC || text[word].elementsEqual("gmt".utf8)
                ? .utc : ZoneOffset(seconds: hours * 3600, abbreviation: "")
            return
        }
        let sign = octet(index)
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = number(at: index + 1),
            (2...4).contains(hours.range.count)
        else { return }
        var seconds = hours.value * 3600
        end = hours.range.upperBound
        if hours.range.count > 2 { seconds = hours.value / 100 * 3600 + hours.value % 100 * 60 }
        if octet(end) == UInt8(ascii: ":"), let minutes = number(at: end + 1), minutes.range.count <= 2 {
            seconds += minutes.value * 60
            end = minutes.range.upperBound
        }
        zone = ZoneOffset(seconds: sign == UInt8(ascii: "-") ? -seconds : seconds, abbreviation: "")
    }

    // MARK: the day

    private mutating func readDate() {
        if readMonthName() || readTriple() || readOrdinalDay() || readDigits() { return }
    }

    private static let monthNames = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ].map { Array($0.utf8) }

    /// `15 june 2020`, `june 15, 2020`, `15-jun-2020`, `june 2020`
    private mutating func readMonthName() -> Bool {
        for index in text.indices where index == 0 || !Octet.isLetter(text[index - 1]) {
            guard let found = Self.monthNames.firstIndex(where: { text[index...].starts(with: $0) }) else { continue }
            month = found + 1
            let end = word(at: index).upperBound
            let before = previousNumber(before: index)
            let after = nextNumber(from: end)
            if let before {
                let behind = after.map { isJoined(from: end, to: $0.range.lowerBound) } ?? false ? after : nil
                assign(day: before, year: behind)
            } else if let after, isJoined(from: end, to: after.range.lowerBound) {
                let next = nextNumber(from: after.range.upperBound)
                assign(day: after, year: next)
            }
            return true
        }
        return false
    }

    /// Sets day and year from two numbers; the one of three digits or more is the year.
    private mutating func assign(day first: Run, year second: Run?) {
        if first.range.count > 2 || octet(first.range.lowerBound - 1) == UInt8(ascii: "'") {
            year = fullYear(first)
            day = second?.value
        } else {
            day = first.value
            year = second.map(fullYear)
        }
    }

    /// `2020-06-15`, `2020/06/15`, `16.07.2004`, `07/16`, `2020-100`
    private mutating func readTriple() -> Bool {
        var index = 0
        while let first = nextNumber(from: index) {
            index = first.range.upperBound
            let separator = octet(index)
            guard "-/.".utf8.contains(separator), let second = number(at: index + 1) else { continue }
            if octet(second.range.upperBound) == separator, let third = number(at: second.range.upperBound + 1) {
                let isYearLast = first.range.count < 3 && third.range.count > 2
                year = fullYear(isYearLast ? third : first)
                month = second.value
                day = isYearLast ? first.value : third.value
                return true
            }
            if separator == UInt8(ascii: "-"), first.range.count == 4, second.range.count == 3 {
                year = first.value
                dayOfYear = second.value
                return true
            }
            if separator == UInt8(ascii: "/") {
                if first.range.count > 2 { year = first.value }
                month = first.range.count > 2 ? second.value : first.value
                day = first.range.count > 2 ? nil : second.value
                return true
            }
        }
        return false
    }

    /// `1st`, `22nd`
    private mutating func readOrdinalDay() -> Bool {
        guard let run = nextNumber(from: 0) else { return false }
        let suffix = text[word(at: run.range.upperBound)]
        guard ["st", "nd", "rd", "th"].contains(where: { suffix.elementsEqual($0.utf8) }) else { return false }
        day = run.value
        return true
    }

    /// `20200615`, `20200615t143000z`, `0615`, `15`
    private mutating func readDigits() -> Bool {
        guard let run = nextNumber(from: 0), run.range.lowerBound == 0 || text[0] != UInt8(ascii: "-") else {
            return false
        }
        let digits = Array(text[run.range])
        func part(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } }
        switch digits.count {
        case 2: day = part(0..<2)
        case 4: (month, day) = (part(0..<2), part(2..<4))
        case 6: (year, month, day) = (century(part(0..<2)), part(2..<4), part(4..<6))
        case 8, 10, 12, 14: (year, month, day) = (part(0..<4), part(4..<6), part(6..<8))
        default: return false
        }
        if digits.count > 8 {
            time = (part(8..<10), digits.count > 11 ? part(10..<12) : 0, digits.count > 13 ? part(12..<14) : 0, 0)
        } else {
            readBasicTime(from: skipSpaces(run.range.upperBound))
        }
        return true
    }

    /// `t143000z` behind a date of digits only.
    private mutating func readBasicTime(from index: Int) {
        let start = octet(index) == UInt8(ascii: "t") ? index + 1 : index
        guard let run = number(at: start), [2, 4, 6].contains(run.range.count) else { return }
        let size = run.range.count
        time = (
            size == 2 ? run.value : size == 4 ? run.value / 100 : run.value / 10_000,
            size == 2 ? 0 : size == 4 ? run.value % 100 : run.value / 100 % 100, size == 6 ? run.value % 100 : 0, 0
        )
        var end = run.range.upperBound
        readZone(from: end, end: &end)
    }

    // MARK: the moment

    private func moment(_ clock: TemplateClock) -> Moment? {
        guard (year ?? 0).magnitude < 1_000_000 else { return nil }
        guard year != nil || month != nil || day != nil || dayOfYear != nil || time != nil else { return nil }
        let zone = zone
        let nowSeconds = clock.now.seconds + (zone?.seconds ?? clock.offset(nil, clock.now)?.seconds ?? 0)
        let today = Moment(seconds: nowSeconds).day.components
        let year = year ?? today.year
        let month = month ?? (self.year == nil ? today.month : 1)
        let day = day ?? (self.year == nil && self.month == nil ? today.day : 1)
        guard let date = date(year, month, day) else { return nil }
        let (hour, minute, second, nanoseconds) = time ?? (0, 0, 0, 0)
        guard hour <= 24, minute < 60, second <= 60, hour < 24 || minute + second == 0 else { return nil }
        let local = date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second
        return clock.moment(localSeconds: local, nanoseconds: nanoseconds, zone: zone)
    }

    /// The day; the 30th of February is the 1st or 2nd of March, as the reference has it.
    private func date(_ year: Int, _ month: Int, _ day: Int) -> LocalDate? {
        if let dayOfYear {
            guard (1...366).contains(dayOfYear) else { return nil }
            return LocalDate(year: year, month: 1, day: 1).map { $0 + (dayOfYear - 1) }
        }
        guard (1...31).contains(day), let first = LocalDate(year: year, month: month, day: 1) else { return nil }
        return first + (day - 1)
    }

    private func fullYear(_ run: Run) -> Int {
        run.range.count <= 2 ? century(run.value) : run.value
    }

    private func century(_ year: Int) -> Int { year + (year < 69 ? 2000 : 1900) }

    // MARK: scanning

    private func octet(_ index: Int) -> UInt8 { text.indices.contains(index) ? text[index] : 0 }

    private func skipSpaces(_ start: Int) -> Int {
        var index = start
        while octet(index) == UInt8(ascii: " ") { index += 1 }
        return index
    }

    private func number(at start: Int) -> Run? {
        var end = start
        var value = 0
        while Octet.isDigit(octet(end)), end - start < 18 {
            value = value * 10 + Int(text[end] - UInt8(ascii: "0"))
            end += 1
        }
        return end > start ? Run(range: start..<end, value: value) : nil
    }

    private func nextNumber(from start: Int) -> Run? {
        var index = start
        while index < text.count, !Octet.isDigit(text[index]) { index += 1 }
        return number(at: index)
    }

    /// The number that ends right before `index`, with at most a suffix and separators between.
    private func previousNumber(before index: Int) -> Run? {
        var end = index
        while end > 0, " -./,".utf8.contains(text[end - 1]) { end -= 1 }
        if end > 2, ["st", "nd", "rd", "th"].contains(where: { text[(end - 2)..<end].elementsEqual($0.utf8) }) {
            end -= 2
        }
        var start = end
        while start > 0, Octet.isDigit(text[start - 1]) { start -= 1 }
        return start < end ? number(at: start) : nil
    }

    private func word(at start: Int) -> Range<Int> {
        var end = start
        while end < text.count, Octet.isLetter(text[end]) { end += 1 }
        return start..<end
    }

    private func isJoined(from start: Int, to end: Int) -> Bool {
        text[start..<end].allSatisfy { " -./,'".utf8.contains($0) }
    }

    private mutating func blank(_ range: Range<Int>) {
        for index in range where index < text.count { text[index] = UInt8(ascii: " ") }
    }

    private static func nanoseconds(_ digits: ArraySlice<UInt8>) -> Int {
        var value = 0
        for place in 0..<9 {
            let index = digits.startIndex + place
            value = value * 10 + (index < digits.endIndex ? Int(digits[index] - UInt8(ascii: "0")) : 0)
        }
        return value
    }
}
