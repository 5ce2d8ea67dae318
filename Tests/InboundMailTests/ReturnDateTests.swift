import CivilTime
import InboundMail
import MIME
import Testing

/// The day an away notice's writer is back, from the notice's words.
struct ReturnDateTests {
    struct Notice: Sendable, CustomStringConvertible {
        var text: String
        var received: String
        var back: String?
        var from = "ann@example.com"
        var description: String { text }
    }

    private static func day(_ text: String) -> LocalDate? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? LocalDate(year: parts[0], month: parts[1], day: parts[2]) : nil
    }

    private static let notices = [
        Notice(
            text: "Ich bin bis einschließlich 14. August nicht im Büro.", received: "2026-08-03", back: "2026-08-15"),
        Notice(text: "Ich bin bis zum 14.8. im Urlaub.", received: "2026-08-03", back: "2026-08-14"),
        Notice(text: "Ich bin vom 3. bis 14. August im Urlaub.", received: "2026-08-03", back: "2026-08-15"),
        Notice(
            text: "Ich bin im Urlaub und ab dem 17.08.2026 wieder erreichbar.", received: "2026-08-03",
            back: "2026-08-17"),
        Notice(text: "Am Montag, 17. August 2026 bin ich wieder im Büro.", received: "2026-08-03", back: "2026-08-17"),
        Notice(text: "Ich bin am Montag wieder im Büro.", received: "2026-11-10", back: "2026-11-16"),
        // A year's end: the year is the next one.
        Notice(text: "I am out of the office until January 5.", received: "2026-12-20", back: "2027-01-05"),
        Notice(text: "Ich bin vom 21.12. bis 06.01. im Urlaub.", received: "2026-12-22", back: "2027-01-07"),
        Notice(text: "Je suis absent du 21 décembre au 4 janvier inclus.", received: "2026-12-22", back: "2027-01-05"),
        // A notice left switched on.
        Notice(text: "I am out of the office until November 2.", received: "2026-11-10", back: "2026-11-02"),
        // 05/01 is January in Europe and May in America; the near one wins where the language leaves it open.
        Notice(text: "Je suis en congés jusqu'au 05/01.", received: "2026-12-20", back: "2027-01-05"),
        Notice(text: "Estoy de vacaciones hasta el 05/01/2027.", received: "2026-12-20", back: "2027-01-05"),
        Notice(text: "I am out of the office until 01/05.", received: "2026-12-20", back: "2027-01-05"),
        Notice(
            text: "I am out of the office until 05/01.", received: "2026-12-20", back: "2027-01-05",
            from: "ann@example.co.uk"),
        Notice(text: "I am out of the office until 04/05/2026.", received: "2026-04-01", back: "2026-04-05"),
        Notice(
            text: "I am out of the office until 04/05/2026.", received: "2026-05-01", back: "2026-05-04",
            from: "ann@example.co.uk"),
        Notice(text: "I am out of the office until 13/01.", received: "2026-12-20", back: "2027-01-13"),
        // The return wins over the end of the absence; phone numbers, times and room numbers are no dates.
        Notice(text: "I am away until August 14 and back on August 17.", received: "2026-08-03", back: "2026-08-17"),
        Notice(
            text: "I am out of the office. Call +49 30 1234-5678, room 3.14, from 9.30 to 17.00.",
            received: "2026-08-03", back: nil),
        Notice(text: "I am out of the office until further notice.", received: "2026-08-03", back: nil),
        Notice(text: "I am on leave since March 1, 2026.", received: "2026-08-03", back: nil),
        Notice(text: "I will be away from 3 to 14 August.", received: "2026-08-03", back: "2026-08-15"),
        Notice(
            text: "I'm out of office August 3 - 14 and return on 2026-08-17.", received: "2026-08-03",
            back: "2026-08-17"),
        Notice(text: "Ik ben afwezig t/m 14 augustus.", received: "2026-08-03", back: "2026-08-15"),
        Notice(text: "Jag är på semester t.o.m. 14 augusti.", received: "2026-08-03", back: "2026-08-15"),
        Notice(text: "8月3日から8月14日まで休暇をいただいております。", received: "2026-08-03", back: "2026-08-15"),
        Notice(text: "Я в отпуске до 14 августа.", received: "2026-08-03", back: "2026-08-14"),
        Notice(text: "I am out of the office until February 30.", received: "2026-01-03", back: nil),
    ]

    @Test(arguments: notices) func `the day is read`(notice: Notice) throws {
        let received = try #require(Self.day(notice.received))
        let message = Sample.mail(
            from: notice.from, subject: "Re: A question", ["Auto-Submitted: auto-replied"], notice.text)
        let found = classify(message, received: received)
        #expect(found.kind == .autoReply)
        #expect(found.returnsOn?.day == notice.back.flatMap(Self.day), "\(found.returnsOn?.reading ?? "")")
    }

    @Test func `without a day of receipt the message's own date places the year`() {
        let message = Sample.mail(
            subject: "Re: A question", ["Auto-Submitted: auto-replied"], "I am out of the office until November 20.")
        #expect(classify(message).returnsOn?.day == LocalDate(year: 2026, month: 11, day: 20))
    }
}
