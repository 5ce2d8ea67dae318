import CivilTime

/// The words around dates as data: months, weekdays, and what says how a date is meant.
enum DateWords {
    /// Month names and their abbreviations, folded, of the languages of `AwayPhrases`.
    static let months: [String: Int] = {
        var table: [String: Int] = [:]
        for names in monthNames {
            for (index, words) in names.split(separator: " ").enumerated() {
                for word in words.split(separator: "|") { table[String(word)] = index + 1 }
            }
        }
        return table
    }()

    /// One line a language, twelve months a line, the forms of a month separated by bars.
    private static let monthNames = [
        "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep|sept october|oct november|nov december|dec",
        "januar|jänner|jan februar|feber|feb märz|maerz|mär|mrz april|apr mai juni|jun juli|jul august|aug september|sep|sept oktober|okt november|nov dezember|dez",
        "janvier|janv février|fevrier|févr|fév mars avril|avr mai juin juillet|juil août|aout septembre|sept octobre|oct novembre|nov décembre|decembre|déc",
        "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago septiembre|setiembre|sept|sep octubre|oct noviembre|nov diciembre|dic",
        "gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago settembre|set|sett ottobre|ott novembre|nov dicembre|dic",
        "janeiro|jan fevereiro|fev março|marco|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set outubro|out novembro|nov dezembro|dez",
        "januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sep oktober|okt november|nov december|dec",
        "januari|jan februari|feb mars|mar april|apr maj juni|jun juli|jul augusti|aug september|sept|sep oktober|okt november|nov december|dec",
        "januar|jan februar|feb mars|mar april|apr mai juni|jun juli|jul august|aug september|sep oktober|okt november|nov desember|des",
        "januar|jan februar|feb marts|mar april|apr maj juni|jun juli|jul august|aug september|sep oktober|okt november|nov december|dec",
        "stycznia|styczeń|sty lutego|luty|lut marca|marzec kwietnia|kwiecień|kwi maja|maj czerwca|czerwiec|cze lipca|lipiec|lip sierpnia|sierpień|sie września|wrzesień|wrz października|październik|paź listopada|lis grudnia|grudzień|gru",
        "ledna|leden února|únor března|březen dubna|duben května|květen června|červen července|červenec srpna|srpen září října|říjen listopadu prosince|prosinec",
        "января|январь|янв февраля|февраль|фев марта|март апреля|апрель|апр мая|май июня|июнь июля|июль августа|август|авг сентября|сентябрь|сент|сен октября|октябрь|окт ноября|ноябрь|нояб декабря|декабрь|дек",
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
        "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
        "január|januára február|februára marec|marca apríl|apríla máj|mája jún|júna júl|júla august|augusta september|septembra október|októbra november|novembra december|decembra",
        "január február március április május június július augusztus szeptember október november december",
    ]

    /// Weekdays of the languages that notices name them in alone.
    static let weekdays: [String: Weekday] = {
        let lines = [
            "monday|montag|lundi|lunes|lunedì|segunda|maandag|måndag|mandag|poniedziałek|pondělí|понедельник|maanantai",
            "tuesday|dienstag|mardi|martes|martedì|terça|dinsdag|tisdag|tirsdag|wtorek|úterý|вторник|tiistai",
            "wednesday|mittwoch|mercredi|miércoles|mercoledì|quarta|woensdag|onsdag|środę|středu|среду|keskiviikko",
            "thursday|donnerstag|jeudi|jueves|giovedì|quinta|donderdag|torsdag|czwartek|čtvrtek|четверг|torstai",
            "friday|freitag|vendredi|viernes|venerdì|sexta|vrijdag|fredag|piątek|pátek|пятницу|perjantai",
            "saturday|samstag|sonnabend|samedi|sábado|sabato|zaterdag|lördag|lørdag|sobotę|sobotu|субботу",
            "sunday|sonntag|dimanche|domingo|domenica|zondag|söndag|søndag|niedzielę|neděli|воскресенье",
        ]
        var table: [String: Weekday] = [:]
        for (index, line) in lines.enumerated() {
            for word in line.split(separator: "|") { table[String(word)] = Weekday(rawValue: index) }
        }
        return table
    }()

    /// What stands between a day and its month.
    static let ordinals: Set<String> = ["st", "nd", "rd", "th", "er", "de", "of", "do", "den", "o", "a", "e", "ste"]

    /// What may stand between a weekday and its date.
    static let fillers: Set<String> = [
        "the", "den", "dem", "der", "le", "el", "il", "o", "dia", "día", "de", "d", "feira",
    ]

    /// What the words right after a date make of it.
    static func useAfter(_ words: [String]) -> ReturnDateReader.Use? {
        guard let first = words.first else { return nil }
        // A Japanese or Chinese date keeps its day character before the particle.
        let particle = first.hasPrefix("日") || first.hasPrefix("号") ? first.dropFirst() : first[...]
        if backParticles.contains(where: particle.hasPrefix) { return .back }
        if particle.hasPrefix("まで") || trailingInclusives.contains(first) { return .lastDayAway }
        return particle.hasPrefix("から") || particle.hasPrefix("至") ? .mentioned : nil
    }

    /// Whether words after a date say that somebody is back then, as in "am 5. Januar bin ich wieder da".
    static func saysBack(_ words: [String]) -> Bool { words.contains(where: isBack) }

    /// What the words before a date make of it; `words` run backwards from the date. A number before an "until" makes
    /// a range of it, whose last day is still away.
    static func use(before words: [String], sawNumber: Bool, language: String?) -> ReturnDateReader.Use {
        let words = Array(words.drop { weekdays[$0] != nil })
        if throughs.contains(where: { words.starts(with: $0) }) { return .lastDayAway }
        for (distance, word) in words.enumerated() {
            if isBack(word) { return .back }
            if distance < 5, inclusives.contains(word) { return .lastDayAway }
            if distance < 4, isUntil(word, language) { return sawNumber || word == "по" ? .lastDayAway : .until }
            let isNear = words[..<distance].allSatisfy(fillers.contains)
            if isNear, sawNumber, connectors.contains(word) { return .lastDayAway }
            if distance < 2, starts.contains(word) {
                return fromThenOn.contains(word) || saysBack(Array(words[distance...])) ? .back : .mentioned
            }
        }
        return .mentioned
    }

    private static func isBack(_ word: String) -> Bool { backs.contains(where: word.hasPrefix) }

    private static func isUntil(_ word: String, _ language: String?) -> Bool {
        if untils.contains(word) { return true }
        return slavicUntils.contains(word) && ["pl", "cs", "ru"].contains(language ?? "")
    }

    /// "Through" in several words, backwards: "t/m", "t.o.m.", "tot en met", "till och med", "up to and including".
    private static let throughs = [
        ["m", "t"], ["m", "o", "t"], ["met", "en", "tot"], ["med", "och", "till"], ["med", "og", "til"],
        ["including", "and", "to"],
    ]

    private static let inclusives: Set<String> = [
        "einschließlich", "einschliesslich", "inkl", "inklusive", "including", "inclusive", "through", "thru", "inclus",
        "compris", "incluido", "inclusief", "włącznie", "včetně", "включительно", "compreso", "incluso",
    ]

    /// Those that stand after their date.
    private static let trailingInclusives: Set<String> = [
        "einschließlich", "inklusive", "inclusive", "inclus", "compris", "incluido", "inclusief", "włącznie", "včetně",
        "включительно", "compreso", "incluso",
    ]

    private static let untils: Set<String> = [
        "until", "till", "til", "bis", "jusqu'au", "jusqu'à", "jusque", "hasta", "fino", "sino", "até", "ate", "tot",
        "fram", "frem", "indtil", "asti", "saakka", "kadar",
    ]

    /// Short words that mean "until" in Slavic languages and other things elsewhere.
    private static let slavicUntils: Set<String> = ["do", "до", "по"]

    /// What joins the two days of a range.
    private static let connectors: Set<String> = ["-", "to", "al", "au", "a"]

    private static let starts: Set<String> = [
        "ab", "vanaf", "from", "vom", "von", "du", "desde", "dal", "van", "från", "fra", "od", "с", "de", "seit",
    ]

    /// Words for "from that day on", which say that somebody is there.
    private static let fromThenOn: Set<String> = ["ab", "vanaf"]

    private static let backs = [
        "back", "return", "zurück", "zurueck", "wieder", "retour", "vuelta", "regres", "rientr", "volta", "weer",
        "terug", "tillbaka", "åter", "tilbage", "tilbake", "wrac", "powra", "zpět", "vrát", "верн", "выйду",
        "reincorpor", "incorpor", "volver", "torner", "retorn", "reprend", "palaa", "dön", "resum", "ritorno",
        "rückkehr", "again",
    ]

    /// What follows a Japanese or Chinese date on which somebody is back.
    private static let backParticles = [
        "に出社", "より", "に戻", "に復帰", "から通常", "から出社", "から業務", "以降", "返回", "回来",
    ]
}
