import CivilTime

/// The Date header's form: `Tue, 10 Mar 2026 09:12:44 +0100` (RFC 5322 3.3).
enum HeaderDate {
    private static let days: [StaticString] = ["Mon, ", "Tue, ", "Wed, ", "Thu, ", "Fri, ", "Sat, ", "Sun, "]
    private static let months: [StaticString] = [
        " Jan ", " Feb ", " Mar ", " Apr ", " May ", " Jun ", " Jul ", " Aug ", " Sep ", " Oct ", " Nov ", " Dec ",
    ]

    /// The date of `instant` at `utcOffset` seconds east, or `nil` where the form has no room for it.
    static func text(of instant: Instant, utcOffset: Int) -> String? {
        guard abs(utcOffset) < .day, utcOffset % .minute == 0, abs(instant.seconds) < 400_000_000_000 else {
            return nil
        }
        let local = instant.seconds + utcOffset
        let dayNumber = local >= 0 ? local / .day : (local - .day + 1) / .day
        let second = local - dayNumber * .day
        let date = LocalDate(dayNumber: dayNumber)
        let (year, month, day) = date.components
        guard (1000...9999).contains(year) else { return nil }
        let minutes = abs(utcOffset) / 60
        return String(unsafeUninitializedCapacity: 32) { buffer in
            var text = Writer(buffer)
            text.put(days[date.weekday.rawValue])
            if day < 10 { text.put(digit: day) } else { text.put(day) }
            text.put(months[month - 1])
            text.put(year / 100)
            text.put(year % 100)
            text.put(" ")
            text.put(second / 3600)
            text.put(":")
            text.put(second / 60 % 60)
            text.put(":")
            text.put(second % 60)
            text.put(utcOffset < 0 ? " -" : " +")
            text.put(minutes / 60)
            text.put(minutes % 60)
            return text.count
        }
    }

    /// Octets in a buffer that surely holds them.
    private struct Writer {
        private let buffer: UnsafeMutableBufferPointer<UInt8>
        private(set) var count = 0

        init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

        mutating func put(_ text: StaticString) {
            for index in 0..<text.utf8CodeUnitCount { put(octet: text.utf8Start[index]) }
        }

        /// A number below 100, in two digits.
        mutating func put(_ number: Int) {
            put(digit: number / 10)
            put(digit: number % 10)
        }

        mutating func put(digit: Int) { put(octet: UInt8(ascii: "0") + UInt8(digit)) }

        private mutating func put(octet: UInt8) {
            buffer[count] = octet
            count += 1
        }
    }
}
