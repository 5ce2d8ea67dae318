import CivilTime
import Foundation
import InboundMail
import MIME
import Testing

/// Away notices in fourteen languages, made of the texts in `Fixtures/auto-replies.tsv`.
///
/// The dates are written by Foundation, whose names of months come from the Unicode locale data and not from us.
struct AwayNoticeTests {
    struct Case: Sendable {
        var language: String
        var meaning: String
        var message: ParsedMessage
        var received: LocalDate
        /// The first day back; `nil` where the notice names none.
        var back: LocalDate?
        var text: String
    }

    /// Every text with its dates in several forms, years and header shapes.
    static func cases() throws -> [Case] {
        var cases: [Case] = []
        for row in try Fixture.rows("auto-replies.tsv") {
            let forms = DateForm.forms(row[0])
            // Texts without a date are sent by every program in turn, so that headers are covered there, too.
            let variants = ["gone", "none"].contains(row[1]) ? Array(Program.allCases.indices) : Array(forms.indices)
            for variant in variants {
                cases.append(made(row, form: forms[variant % forms.count], number: cases.count))
            }
        }
        return cases
    }

    private static func made(_ row: [String], form: DateForm, number: Int) -> Case {
        let (language, meaning) = (row[0], row[1])
        // A year's end among them: 22 December to 4 January.
        let (received, from, on) = number % 3 == 0 ? days(12, 22, 1, 4) : days(8, 3, 8, 14)
        let text = row[3].replacingOccurrences(of: "{from}", with: form.text(from, language))
            .replacingOccurrences(of: "{on}", with: form.text(on, language))
        let program = Program.allCases[number % Program.allCases.count]
        let message = program.notice(subject: row[2].replacingOccurrences(of: "{s}", with: "A question"), text)
        let back: LocalDate? =
            switch meaning {
            case "back", "until": on
            case "through", "range": on + 1
            default: nil
            }
        return Case(
            language: language, meaning: meaning, message: message, received: received, back: back, text: text)
    }

    private static func days(_ month: Int, _ day: Int, _ endMonth: Int, _ endDay: Int) -> (
        LocalDate, LocalDate, LocalDate
    ) {
        let from = LocalDate(year: 2026, month: month, day: day) ?? LocalDate(dayNumber: 0)
        let on = LocalDate(year: endMonth < month ? 2027 : 2026, month: endMonth, day: endDay)
        return (from - 2, from, on ?? from)
    }

    @Test func `away notices in fourteen languages are known, with the day their writer is back`() throws {
        let cases = try Self.cases()
        #expect(cases.count >= 300)
        #expect(Set(cases.map(\.language)).count >= 12)
        var known: [String: (right: Int, dated: Int, all: Int)] = [:]
        for notice in cases {
            let found = classify(notice.message, received: notice.received)
            let isKnown = found.kind == .autoReply
            let isDated = found.returnsOn?.day == notice.back
            let tally = known[notice.language] ?? (0, 0, 0)
            known[notice.language] = (tally.right + (isKnown ? 1 : 0), tally.dated + (isDated ? 1 : 0), tally.all + 1)
            #expect(isKnown, "\(notice.language) \(found.kind): \(notice.text)")
            #expect(
                isDated,
                "\(notice.language) \(notice.meaning): \(String(describing: found.returnsOn)) for \(notice.text)")
            if notice.meaning == "gone" { #expect(found.reason == "gone", "\(notice.text)") }
        }
        for (language, tally) in known.sorted(by: { $0.key < $1.key }) {
            print("away notices \(language): known \(tally.right)/\(tally.all), day right \(tally.dated)/\(tally.all)")
        }
    }
}

/// How a date is written.
struct DateForm: Sendable {
    var pattern: String

    /// The forms that people of a language use, with and without a year.
    static func forms(_ language: String) -> [DateForm] {
        let patterns =
            switch language {
            case "en": ["MMMM d, yyyy", "d MMMM yyyy", "MMMM d", "EEEE, MMMM d", "MMM d"]
            case "ja": ["yyyy年M月d日", "M月d日", "M月d日"]
            case "es", "pt": ["d 'de' MMMM 'de' yyyy", "d 'de' MMMM", "dd/MM/yyyy", "EEEE d 'de' MMMM"]
            case "fr", "it", "nl": ["d MMMM yyyy", "d MMMM", "dd/MM/yyyy", "EEEE d MMMM"]
            case "sv": ["d MMMM yyyy", "d MMMM", "yyyy-MM-dd", "d/M"]
            case "pl", "ru": ["d MMMM yyyy", "d MMMM", "dd.MM.yyyy", "dd.MM"]
            default: ["d. MMMM yyyy", "d. MMMM", "dd.MM.yyyy", "d.M."]
            }
        return patterns.map(DateForm.init)
    }

    func text(_ day: LocalDate, _ language: String) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: language)
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.calendar = Calendar(identifier: .gregorian)
        formatter.dateFormat = pattern
        return formatter.string(from: Date(timeIntervalSince1970: Double(day.dayNumber) * 86_400))
    }
}

/// Programs that answer by themselves, as their messages look.
enum Program: CaseIterable {
    case standard, exchange, gmail, sieve, autoresponder, cpanel, plain

    func notice(subject: String, _ text: String) -> ParsedMessage {
        let encoded = "=?utf-8?B?\(Data(subject.utf8).base64EncodedString())?="
        return Sample.mail(subject: encoded, header, text)
    }

    private var header: [String] {
        switch self {
        case .standard: ["Auto-Submitted: auto-replied", "In-Reply-To: <m1@ours.example>"]
        case .exchange:
            [
                "X-Auto-Response-Suppress: All", "Auto-Submitted: auto-generated", "In-Reply-To: <m1@ours.example>",
                "References: <m1@ours.example>",
            ]
        case .gmail: ["Precedence: bulk", "X-Autoreply: yes", "Auto-Submitted: auto-replied"]
        case .sieve: ["Auto-Submitted: auto-replied (vacation)", "Precedence: bulk", "X-Sieve: Pigeonhole Sieve"]
        case .autoresponder: ["X-Autorespond: yes", "Precedence: auto_reply"]
        case .cpanel: ["X-Autorespond: ", "Return-Path: <>", "In-Reply-To: <m1@ours.example>"]
        case .plain: ["In-Reply-To: <m1@ours.example>"]
        }
    }
}
