/// A first guess at what a reply means, by words alone; only a person decides.
enum SentimentGuess {
    /// The guess, or `nil` where the words say nothing clear.
    static func of(_ text: String) -> Sentiment? {
        let folded = FoldedText(text.prefix(2_000))
        let hits = Set(words.hits(in: folded).map(\.meaning))
        if hits.contains(.negative) { return .negative }
        if hits.contains(.positive) { return .positive }
        return hits.contains(.neutral) ? .neutral : nil
    }

    private static let words = PhraseTable<Sentiment>(
        negative.map { ($0, Sentiment.negative) } + positive.map { ($0, Sentiment.positive) }
            + neutral.map { ($0, Sentiment.neutral) })

    private static let negative = [
        "not interested", "no interest", "no thanks", "no thank you", "no need", "we're good", "we are good",
        "not for us", "not a fit", "not a good fit",
        "already have", "no budget", "not relevant", "pass on this", "kein interesse", "kein bedarf",
        "nicht interessiert", "pas intéressé", "pas interesse",
        "pas besoin", "no me interesa", "no nos interesa", "no estamos interesad", "non siamo interessati",
        "non sono interessat", "não temos interesse", "não tenho interesse",
        "geen interesse", "inte intresserad", "ikke interesser", "nie jestem zainteresowan",
        "nie jesteśmy zainteresowani", "nemám zájem", "nemáme zájem", "не интересно", "неинтересно", "不要です", "興味はありません",
        "不感兴趣",
    ]
    private static let positive = [
        "sounds good", "sounds great", "sounds interesting", "interested", "let's talk", "let's chat", "happy to talk",
        "happy to chat", "happy to meet", "set up a call",
        "schedule a call", "book a call", "send me more", "tell me more", "more information", "send over",
        "what does it cost", "how much", "pricing", "demo", "call me", "works for me",
        "klingt gut", "klingt interessant", "interessiert", "gerne ein", "gern ein", "rufen sie mich",
        "schicken sie mir", "intéressé", "m'intéresse", "volontiers", "avec plaisir", "me interesa", "nos interesa",
        "suena bien",
        "interessante", "mi interessa", "sono interessat", "tenho interesse", "parece interessante", "klinkt goed",
        "klinkt interessant", "interesse", "låter bra", "låter intressant", "høres bra", "lyder godt",
        "lyder spændende",
        "brzmi dobrze", "jestem zainteresowan", "mám zájem", "zní to dobře", "интересно", "興味があります", "感兴趣",
    ]
    private static let neutral = [
        "not right now", "not at the moment", "next quarter", "next year", "later this year", "in a few months",
        "wrong person", "not the right person", "reach out to", "get back to me", "circle back", "im moment nicht",
        "nächstes jahr", "später", "falsche ansprechpartner", "nicht zuständig", "plus tard", "l'année prochaine",
        "más adelante", "el próximo año", "più avanti", "mais tarde", "volgend jaar", "nästa år", "neste år",
        "næste år",
        "w przyszłym roku", "příští rok", "позже", "来年", "以后再",
    ]
}
