import CivilTime
import Testing

@Suite struct DelayTests {
    @Test(arguments: [
        ("2 business days", Delay.businessDays(2), "2 business days"),
        ("1 business day", .businessDays(1), "1 business day"),
        ("3d", .days(3), "3 days"), ("3 days", .days(3), "3 days"), ("1 day", .days(1), "1 day"),
        ("2 weeks", .days(14), "14 days"), ("72h", .elapsed(seconds: 259_200), "72h"),
        ("20h", .elapsed(seconds: 72_000), "20h"),
        ("90s", .elapsed(seconds: 90), "90s"), ("5m", .elapsed(seconds: 300), "5m"),
        ("30 minutes", .elapsed(seconds: 1800), "30m"), ("1h30m", .elapsed(seconds: 5400), "90m"),
        ("0s", .none, "0s"), (" 2  Business Days ", .businessDays(2), "2 business days"),
    ])
    func `a delay is read and written`(text: String, delay: Delay, written: String) {
        #expect(Delay(text) == delay)
        #expect(delay.description == written)
        #expect(Delay(written) == delay)
    }

    @Test(arguments: [
        "", "3", "d", "-3d", "3 dayz", "2 business", "2 business hours", "1.5h", "1m1h", "1h 1h", "1d2h", "99999999s",
        "3d x",
        "business days", "３d",
    ])
    func `a text that is no delay is none`(text: String) {
        #expect(Delay(text) == nil)
    }
}

@Suite struct HoursTests {
    @Test func `several windows a day are read, in order and joined where they touch`() throws {
        let hours = try Hours(parsing: "13:30-17:00,09:00-12:00, 12:00-13:00")
        #expect(hours.description == "09:00-13:00, 13:30-17:00")
        #expect(try Hours(parsing: "00:00-24:00") == .always)
        #expect(try Hours(parsing: "9:00 - 17:30").windows == [32_400..<63_000])
    }

    @Test(arguments: [
        ("", Hours.Problem.notAWindow("")), ("9-17", .notAWindow("9-17")), ("09:00", .notAWindow("09:00")),
        ("09:00-12:00,", .notAWindow("")), ("22:00-06:00", .endsBeforeStart("22:00-06:00")),
        ("09:00-09:00", .endsBeforeStart("09:00-09:00")),
        ("09:00-12:00, 11:00-13:00", .overlap("09:00-12:00", "11:00-13:00")),
        ("09:00-24:30", .notAWindow("09:00-24:30")),
    ])
    func `a text that is no hours says why`(text: String, problem: Hours.Problem) {
        #expect(throws: problem) { try Hours(parsing: text) }
    }

    @Test func `days are read as lists and ranges, over the week's end too`() throws {
        #expect(try Weekdays(parsing: "mon-fri") == .workdays)
        #expect(try Weekdays(parsing: "Sat-mon").description == "mon, sat, sun")
        #expect(try Weekdays(parsing: "mon, wed,Friday").description == "mon, wed, fri")
        #expect(try Weekdays(parsing: "sun-sun").description == "sun")
        for (text, piece) in [
            ("", ""), ("mo", "mo"), ("mon-fri-sat", "mon-fri-sat"), ("mon,,tue", ""), ("mon-x", "mon-x"),
        ] {
            #expect(throws: Weekdays.Problem(piece: piece)) { try Weekdays(parsing: text) }
        }
    }

    @Test func `freezes and yearly days are read`() {
        #expect(DateRange("2026-12-21..2027-01-03")?.description == "2026-12-21..2027-01-03")
        #expect(DateRange("2026-12-21 .. 2027-01-03")?.last.description == "2027-01-03")
        #expect(DateRange("2026-12-21")?.description == "2026-12-21")
        for text in [
            "", "..", "2026-12-21..", "2027-01-03..2026-12-21", "2026-12-21...2027-01-03", "2026-12-21-2027-01-03",
        ] {
            #expect(DateRange(text) == nil)
        }
        #expect(YearlyDate("12-25")?.description == "12-25")
        #expect(YearlyDate("02-29") != nil)
        for text in ["", "2-29", "02-30", "13-01", "12-25 ", "2026-12-25"] { #expect(YearlyDate(text) == nil) }
    }
}
