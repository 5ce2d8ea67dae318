import Foundation
import InboundMail
import MIME
import Testing

/// People's answers in the shapes of ten mail programs; synthetic, written after what each program sends.
struct ReplyTests {
    /// A mail program's way of answering: how it introduces and marks the quote, in the languages it does so.
    struct Client: Sendable, CustomStringConvertible {
        var name: String
        /// The reply's whole text of the new words and the lines quoted.
        var text: @Sendable (_ new: String, _ quoted: [String], _ language: String) -> String
        var isHTML = false
        var description: String { name }
    }

    private static func marked(_ lines: [String]) -> String { lines.map { "> \($0)" }.joined(separator: "\n") }

    private static let wrote: [String: String] = [
        "en": "On Mon, Nov 9, 2026 at 9:00 AM Ana Pop <ana@ours.example> wrote:",
        "de": "Am Mo., 9. Nov. 2026 um 09:00 Uhr schrieb Ana Pop <ana@ours.example>:",
        "fr": "Le lun. 9 nov. 2026 à 09:00, Ana Pop <ana@ours.example> a écrit :",
        "es": "El lun, 9 nov 2026 a las 9:00, Ana Pop (<ana@ours.example>) escribió:",
        "it": "Il giorno lun 9 nov 2026 alle ore 09:00 Ana Pop <ana@ours.example> ha scritto:",
        "nl": "Op ma 9 nov 2026 om 09:00 schreef Ana Pop <ana@ours.example>:",
        "pl": "pon., 9 lis 2026 o 09:00 Ana Pop <ana@ours.example> napisał(a):",
        "sv": "Den mån 9 nov. 2026 kl 09:00 skrev Ana Pop <ana@ours.example>:",
        "ru": "пн, 9 нояб. 2026 г. в 09:00, Ana Pop <ana@ours.example>:",
        "ja": "2026年11月9日(月) 9:00 Ana Pop <ana@ours.example>:",
    ]

    private static let outlook: [String: [String]] = [
        "en": ["From", "Sent", "To", "Subject"], "de": ["Von", "Gesendet", "An", "Betreff"],
        "fr": ["De", "Envoyé", "À", "Objet"], "es": ["De", "Enviado el", "Para", "Asunto"],
        "it": ["Da", "Inviato", "A", "Oggetto"], "nl": ["Van", "Verzonden", "Aan", "Onderwerp"],
        "pl": ["Od", "Wysłano", "Do", "Temat"], "sv": ["Från", "Skickat", "Till", "Ämne"],
        "ru": ["От", "Отправлено", "Кому", "Тема"], "ja": ["差出人", "送信日時", "宛先", "件名"],
    ]

    private static func headerBlock(_ language: String) -> String {
        let names = outlook[language] ?? []
        let values = ["Ana Pop <ana@ours.example>", "Monday, November 9, 2026 9:00 AM", "Ann", "A question"]
        return zip(names, values).map { "\($0): \($1)" }.joined(separator: "\n")
    }

    static let clients: [Client] = [
        Client(name: "Gmail") { "\($0)\n\n\(wrote[$2] ?? "")\n\n\(marked($1))\n" },
        Client(name: "Gmail, wrapped") { new, quoted, language in
            let line = wrote[language] ?? ""
            let broken = line.replacingOccurrences(of: " <ana@", with: " <\nana@")
            return "\(new)\n\n\(broken)\n\n\(marked(quoted))\n"
        },
        Client(name: "Apple Mail") { "\($0)\n\n\(wrote[$2] ?? "")\n> \n\(marked($1))\n\n" },
        Client(name: "iPhone") { "\($0)\n\nSent from my iPhone\n\n\(wrote[$2] ?? "")\n\n\(marked($1))\n" },
        Client(name: "Outlook") { "\($0)\n\n\(headerBlock($2))\n\n\($1.joined(separator: "\n"))\n" },
        Client(name: "Outlook on the web") { new, quoted, language in
            "\(new)\n\n________________________________\n\(headerBlock(language))\n\n\(quoted.joined(separator: "\n"))\n"
        },
        Client(name: "Outlook Express") { new, quoted, language in
            "\(new)\n\n-----Original Message-----\n\(headerBlock(language))\n\n\(quoted.joined(separator: "\n"))\n"
        },
        Client(name: "Thunderbird, below") {
            "\(wrote[$2] ?? "")\n\(marked($1))\n\n\($0)\n\n-- \nAnn Example\nExample Ltd"
        },
        Client(name: "mutt") { "\(wrote[$2] ?? "")\n\(marked($1))\n\n\($0)\n" },
        Client(
            name: "HTML only",
            text: { new, quoted, language in
                let said = wrote[language]?.replacingOccurrences(of: "<", with: "&lt;") ?? ""
                return "<html><body><div>\(new)</div><br><div class=\"quote\">\(said)<br><blockquote>"
                    + quoted.map { "<p>\($0)</p>" }.joined() + "</blockquote></div></body></html>"
            }, isHTML: true),
    ]

    private static let words: [String: [String]] = [
        "en": ["Sounds good, call me on Thursday.", "No thanks, we have a tool for that.", "Who else uses it?"],
        "de": ["Klingt gut, rufen Sie mich an.", "Kein Interesse, danke.", "Was kostet das bei zehn Leuten?"],
        "fr": ["Avec plaisir, jeudi à dix heures ?", "Pas intéressé, merci.", "Quel est le prix ?"],
        "es": ["Suena bien, hablemos el jueves.", "No me interesa, gracias.", "¿Cuánto cuesta?"],
        "it": ["Interessante, sentiamoci giovedì.", "Non siamo interessati.", "Quanto costa?"],
        "nl": ["Klinkt goed, bel me donderdag.", "Geen interesse, bedankt.", "Wat kost het?"],
        "pl": ["Brzmi dobrze, proszę zadzwonić.", "Nie jesteśmy zainteresowani.", "Ile to kosztuje?"],
        "sv": ["Låter bra, ring mig på torsdag.", "Inte intresserad, tack.", "Vad kostar det?"],
        "ru": ["Интересно, позвоните в четверг.", "Спасибо, нам это не нужно.", "Сколько это стоит?"],
        "ja": ["興味があります。木曜日にお電話ください。", "今回は見送ります。", "料金を教えてください。"],
    ]

    private static let ours = [
        "Hello Ann,", "is your team out of the office often? We send automatic replies for you.",
        "To get no more of these, unsubscribe: https://ours.example/u/1", "-- ", "Ana Pop, Acme GmbH",
    ]

    private func reply(_ client: Client, _ new: String, _ language: String, _ header: [String]) -> ParsedMessage {
        let type = client.isHTML ? "text/html" : "text/plain"
        let all =
            [
                "From: Ann <ann@example.com>", "To: ana@ours.example", "Subject: Re: A question",
                "Message-ID: <r@example.com>",
            ]
            + header + ["Content-Type: \(type); charset=utf-8"]
        return ParsedMessage.parse(Sample.octets(all, client.text(new, Self.ours, language)))
    }

    @Test func `three hundred replies of ten programs are replies, with the new words alone`() throws {
        var counted = 0
        var right = 0
        for client in Self.clients {
            for (language, texts) in Self.words {
                for (index, new) in texts.enumerated() {
                    let header = index == 0 ? [] : ["In-Reply-To: <m1@ours.example>"]
                    let found = classify(reply(client, new, language, header))
                    counted += 1
                    if found.kind == .reply && found.newText == new { right += 1 }
                    #expect(found.kind == .reply, "\(client) \(language): \(new) is \(found.kind), \(found.why)")
                    #expect(found.newText == new, "\(client) \(language)")
                }
            }
        }
        print("replies: \(right)/\(counted)")
        #expect(counted >= 300)
    }

    @Test(arguments: [
        ("Sounds good, call me.", Sentiment.positive), ("We are not interested.", .negative),
        ("Kein Interesse.", .negative), ("Maybe next year.", .neutral),
    ])
    func `a sentiment is guessed from clear words only`(text: String, guess: Sentiment) {
        let found = Sample.classified(Sample.mail(subject: "Re: Hi", ["In-Reply-To: <m@ours.example>"], text))
        #expect(found.sentimentGuess == guess)
        let unclear = Sample.mail(subject: "Re: Hi", ["In-Reply-To: <m@ours.example>"], "See the attached file.")
        #expect(Sample.classified(unclear).sentimentGuess == nil)
    }
}
