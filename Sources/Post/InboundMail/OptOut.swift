/// Finds in a person's own words that they want no more mail.
enum OptOut {
    /// The words that ask for it, from the new text of a message without quotes and signature; `nil` for none.
    ///
    /// A short message may be one word; in a longer one only a whole request counts, so that somebody who writes
    /// *about* unsubscribing, or "don't stop", does not vanish.
    static func request(in text: String, subject: String) -> String? {
        let folded = FoldedText(text.prefix(4_000))
        let words = folded.bytes.split { !isWordOctet($0) }
        let isShort = words.count <= 12
        if let command = command(words) { return command }
        if words.isEmpty, let command = Self.command(FoldedText(subject).bytes.split { !isWordOctet($0) }) {
            return command
        }
        for hit in phrases.hits(in: folded) {
            if hit.meaning == .short && !isShort { continue }
            if isQuestion(folded.bytes, after: hit.range) || isNegated(folded.bytes, before: hit.range) { continue }
            return hit.phrase
        }
        return nil
    }

    private enum Strength: Sendable {
        /// A request in itself.
        case whole
        /// A request in a short message only.
        case short
    }

    /// A message that is nothing but a command, with courtesies: "STOP", "please unsubscribe, thanks".
    private static func command(_ words: [ArraySlice<UInt8>]) -> String? {
        let spoken = words.map { String(decoding: $0, as: UTF8.self) }.filter { !courtesies.contains($0) }
        guard (1...2).contains(spoken.count) else { return nil }
        let joined = spoken.joined(separator: " ")
        return commands.contains(joined) ? joined : nil
    }

    private static func isWordOctet(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte) || byte >= 128 || byte == UInt8(ascii: "'")
    }

    /// Whether the sentence that goes on after a phrase ends in a question mark.
    private static func isQuestion(_ text: [UInt8], after range: Range<Int>) -> Bool {
        let end = text[range.upperBound...].first { ".!?\n".utf8.contains($0) }
        let isRequest = ["please", "bitte", "merci", "could you", "can you", "would you", "svp"].contains { courtesy in
            let sentence = text[..<range.lowerBound].suffix(60).split { ".!?".utf8.contains($0) }.last ?? []
            return String(decoding: sentence, as: UTF8.self).contains(courtesy)
        }
        return end == UInt8(ascii: "?") && !isRequest
    }

    private static func isNegated(_ text: [UInt8], before range: Range<Int>) -> Bool {
        let before = text[..<range.lowerBound].suffix(16).split(separator: 32).suffix(2)
        return before.contains {
            ["don't", "not", "never", "nicht", "dont", "didn't", "won't", "no"].contains(
                String(decoding: $0, as: UTF8.self))
        }
    }

    private static let courtesies: Set<String> = [
        "please", "pls", "thanks", "thank", "you", "hi", "hello", "me", "bitte", "danke", "merci", "svp", "por",
        "favor",
        "gracias", "grazie", "now", "prosím", "proszę", "dziękuję", "пожалуйста", "graag", "tack", "takk", "tak",
        "obrigado",
        "vielen", "dank", "mich", "immediately", "mig", "meg", "subject", "s'il", "vous", "plaît",
    ]

    private static let commands: Set<String> = [
        "unsubscribe", "stop", "remove", "opt out", "optout", "abmelden", "abbestellen", "austragen", "désinscription",
        "désabonner", "désinscrire",
        "désabonnez-moi", "désinscrivez-moi", "désabonnez moi", "désinscrivez moi", "baja", "dar baja", "darse baja",
        "cancelar suscripción",
        "disiscrivetemi", "disiscrizione", "cancellami", "cancellatemi", "cancelar subscrição", "cancelar inscrição",
        "descadastrar", "uitschrijven", "afmelden", "avregistrera", "avprenumerera", "avsluta prenumeration", "meld av",
        "avmeld", "afmeld", "frameld",
        "wypisz", "wypisz mnie", "rezygnuję", "wypisać", "odhlásit", "odhlaste", "отписаться", "отпишите", "отписка",
        "стоп", "配信停止", "配信停止希望",
        "退订", "退訂", "stop emailing", "stop it", "leave alone", "peru tilaus",
    ]

    private static let phrases = PhraseTable<Strength>(
        whole.map { ($0, Strength.whole) } + short.map { ($0, Strength.short) })

    private static let whole = [
        "unsubscribe me", "please unsubscribe", "remove me from", "remove my email", "remove my address",
        "remove us from", "remove this address",
        "take me off", "take us off", "taken off your", "stop emailing", "stop e-mailing", "stop mailing me",
        "stop sending me", "stop sending these", "stop contacting",
        "stop writing to me", "do not contact me", "don't contact me", "do not email me", "don't email me",
        "do not write to me", "never contact me",
        "do not contact us", "opt me out", "opt out of your", "opt-out of your", "i want to opt out",
        "i would like to opt out", "i'd like to opt out",
        "not want to receive these", "not want to receive any", "not want to receive your", "don't want to receive",
        "do not wish to receive", "don't want any more email",
        "no longer wish to receive", "no longer want to receive", "no more emails", "no more email", "delete my data",
        "delete my address", "delete me from", "want to unsubscribe",
        "wish to unsubscribe", "like to unsubscribe", "off your list", "off your mailing list", "cease and desist",
        "aus ihrem verteiler", "aus dem verteiler", "aus eurem verteiler", "von ihrer liste", "aus ihrer liste",
        "von der liste", "keine weiteren e-mails", "keine weiteren mails",
        "keine e-mails mehr", "keine mails mehr", "keine werbung mehr", "keine weiteren nachrichten",
        "nicht mehr anschreiben", "nicht mehr kontaktieren", "nicht mehr zu kontaktieren", "nicht mehr schreiben",
        "melden sie mich ab", "abmelden möchte", "möchte mich abmelden", "von weiteren mails abzusehen", "widerspreche",
        "löschen sie meine", "meine daten löschen", "meine daten zu löschen",
        "me désinscrire", "désinscrivez-moi", "désabonnez-moi", "me désabonner", "retirer de votre liste",
        "retirez-moi", "me retirer de", "ne souhaite plus recevoir",
        "ne veux plus recevoir", "ne désire plus recevoir", "ne me contactez plus", "ne plus me contacter",
        "ne m'écrivez plus", "cessez de m", "arrêtez de m", "supprimez mon adresse", "supprimer mes données",
        "dadme de baja", "darme de baja", "deme de baja", "dame de baja", "denme de baja", "no deseo recibir",
        "no quiero recibir", "elimíneme de", "elimínenme", "eliminadme", "borradme de", "bórrame de",
        "no me escriban", "no me escribas", "no me contacte", "dejen de enviar", "dejad de enviar", "deje de enviar",
        "quitadme de", "quíteme de", "no quiero más correos", "no me envíe",
        "cancellarmi da", "cancellatemi", "cancellami", "non desidero più ricevere", "non voglio più ricevere",
        "toglietemi da", "rimuovetemi", "rimuovermi da", "disiscrivetemi", "non contattatemi", "non scrivetemi",
        "smettetela di", "eliminate il mio indirizzo", "non mi contatti", "non desidero ricevere",
        "removam-me", "remova-me", "me remova", "remover da lista", "retirem-me", "não quero receber",
        "não desejo receber", "não pretendo receber", "cancelar a inscrição", "cancelar a subscrição",
        "cancelar minha inscrição", "parem de",
        "me descadastr", "não me contact", "descadastre",
        "geen e-mails meer", "geen mails meer", "geen berichten meer", "wil geen e-mail", "verwijder mij",
        "verwijder me", "haal mij van", "haal me van", "graag uitschrijven", "mij uitschrijven", "me uitschrijven",
        "niet meer mailen", "mij niet meer",
        "schrijf mij uit", "wens geen",
        "ta bort mig", "avregistrera mig", "inte ha fler", "inte få fler", "sluta mejla", "sluta maila", "sluta skicka",
        "kontakta mig inte", "vill inte ha mer", "vill inte få",
        "fjern meg", "ønsker ikke å motta", "meld meg av", "ikke motta flere", "slutt å sende", "ikke kontakt meg",
        "vil ikke ha flere",
        "slett meg",
        "fjern mig", "afmeld mig", "ønsker ikke at modtage", "frameld mig", "ikke modtage flere", "stop med at sende",
        "kontakt mig ikke",
        "vil ikke have flere", "slet mig fra",
        "usunąć mnie z", "usuńcie mnie", "usunięcie z listy", "usunięcie mnie", "wypisanie z", "wypisać mnie",
        "wypiszcie mnie", "nie chcę otrzymywać", "nie życzę sobie", "nie wysyłać mi", "nie pisać do mnie",
        "nie wysyłajcie",
        "odhlaste mě", "odhlásit z odběru", "nepřeji si dostávat", "nepřeji si další", "nechci dostávat", "nepište mi",
        "neposílejte mi", "vyřaďte mě", "vymažte mě", "odhlásit mě",
        "отпишите меня", "отписать меня", "удалите меня", "уберите меня", "исключите меня", "не пишите мне",
        "больше не пишите", "не присылайте", "не хочу получать", "прекратите рассылку", "прекратите присылать",
        "отписаться от рассылки",
        "配信停止をお願い", "配信を停止", "配信停止して", "送らないでください", "送付しないで", "配信を希望しません", "リストから削除", "配信解除", "メールは不要です",
        "请取消订阅", "不要再发", "请勿再发", "从列表中删除", "取消訂閱", "不要再寄",
    ]

    private static let short = [
        "unsubscribe", "remove from list", "remove from your", "opt out", "not interested, remove", "abmelden",
        "abbestellen", "désinscri", "désabonn", "dar de baja", "disiscri", "uitschrijven", "afmelden",
        "отписаться", "配信停止", "退订",
    ]
}
