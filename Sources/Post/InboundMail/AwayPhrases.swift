/// The words of answering machines as data, by language and by what they do in a text.
enum AwayPhrases {
    /// What a phrase does.
    enum Group: Sendable, Hashable {
        /// Stands at the beginning of an automatic answer's subject.
        case subject
        /// Says that the answer is automatic.
        case automatic
        /// Says that somebody is away.
        case away
        /// Says that somebody has left, or that the address is not read any more.
        case gone
        /// Says that a request was received.
        case ticket
        /// Asks the sender to prove something.
        case challenge
        /// Thanks for a message.
        case thanks
        /// Names somebody else to ask.
        case contact

        var opensSubject: Bool { self == .subject || self == .automatic || self == .away }
    }

    /// A group and the language of the phrase (ISO 639-1).
    struct Sense: Sendable {
        var group: Group
        var language: String
    }

    /// The language most of the hits are in.
    static func language(of hits: [PhraseTable<Sense>.Hit]) -> String? {
        var votes: [String: Int] = [:]
        for hit in hits { votes[hit.meaning.language, default: 0] += hit.meaning.group == .subject ? 1 : 2 }
        return votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    static let table = PhraseTable<Sense>(
        languages.flatMap { language, groups in
            groups.flatMap { group, phrases in phrases.map { ($0, Sense(group: group, language: language)) } }
        })

    private static let languages: [(String, [(Group, [String])])] = [
        (
            "en",
            [
                (
                    .subject,
                    [
                        "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response", "auto-response",
                        "automatic response", "automated reply", "automated response", "autorespon", "out of office",
                        "out-of-office", "out of the office", "away from", "vacation", "on vacation", "on holiday",
                        "on leave",
                        "auto: ", "ooo: ", "[ooo]", "away: ", "[auto", "i am away", "i'm away", "i am out", "i'm out",
                    ]
                ),
                (
                    .automatic,
                    [
                        "this is an automat", "this is an auto", "automatically generated", "automated message",
                        "automated email", "auto-generated", "automatic reply", "automatic response",
                        "do not reply to this email", "do not reply to this message",
                    ]
                ),
                (
                    .away,
                    [
                        "out of the office", "out of office", "away from the office", "away from my desk",
                        "away from my email", "away until", "i am away", "i'm away", "i will be away", "i'll be away",
                        "am on leave", "annual leave",
                        "parental leave", "maternity leave", "paternity leave", "sick leave", "medical leave",
                        "on vacation", "on holiday",
                        "am traveling", "am travelling", "currently unavailable", "limited access to email",
                        "limited access to my email", "limited access to e-mail", "no access to email",
                        "no access to my email",
                        "will be out", "i am out", "i'm out", "not in the office", "office is closed", "we are closed",
                        "will not be checking", "won't be checking", "be back in the office", "return to the office",
                        "upon my return", "when i return", "on my return", "i'm only sleeping", "on a business trip",
                    ]
                ),
                (
                    .gone,
                    [
                        "no longer with", "no longer work", "no longer employed", "has left the company",
                        "have left the company",
                        "has left our company", "left the organization", "left the organisation", "is no longer at",
                        "am no longer at",
                        "no longer part of", "no longer in use", "no longer monitored", "is not monitored",
                        "is no longer active",
                        "no longer associated", "email address is no longer", "mailbox is no longer",
                        "no longer a member",
                        "retired from", "has retired", "account is no longer",
                    ]
                ),
                (
                    .ticket,
                    [
                        "we have received your", "we've received your", "your request has been received",
                        "your message has been received", "your email has been received", "your ticket",
                        "ticket number", "ticket id",
                        "a ticket has been", "case number", "case has been created", "support request",
                        "has been assigned",
                        "we will get back to you", "we'll get back to you", "will respond within", "will reply within",
                        "acknowledge receipt", "confirm receipt of your",
                    ]
                ),
                (
                    .challenge,
                    [
                        "confirm that you are human", "prove you are human", "you are a human",
                        "to release your message",
                        "approved sender", "approved senders", "guest list", "confirm your message",
                        "confirm your email to",
                        "sender verification", "verify that you are",
                    ]
                ),
                (
                    .thanks,
                    [
                        "thank you for your e", "thank you for your message", "thanks for your e",
                        "thanks for your message",
                        "thank you for contacting", "thank you for getting in touch", "thank you for reaching",
                        "thanks for reaching",
                    ]
                ),
                (
                    .contact,
                    [
                        "please contact", "in urgent cases", "for urgent", "if urgent", "if it is urgent",
                        "if this is urgent", "in my absence",
                        "immediate assistance", "urgent matters", "in an emergency", "please write to",
                        "please reach out to",
                    ]
                ),
            ]
        ),
        (
            "de",
            [
                (
                    .subject,
                    [
                        "automatische antwort", "automatische rückantwort", "abwesenheitsnotiz", "abwesenheit",
                        "abwesend", "autoantwort", "urlaub",
                        "ich bin im urlaub", "nicht im büro", "außer haus", "ausser haus", "automatische abwesenheit",
                    ]
                ),
                (
                    .automatic,
                    [
                        "automatisch generiert", "automatisch erstellt", "automatisierte antwort",
                        "automatische nachricht",
                    ]
                ),
                (
                    .away,
                    [
                        "nicht im büro", "nicht im buero", "nicht erreichbar", "im urlaub", "in urlaub", "außer haus",
                        "ausser haus", "abwesend",
                        "meiner abwesenheit", "elternzeit", "mutterschutz", "erkrankt", "krankgeschrieben",
                        "wieder erreichbar",
                        "wieder im büro", "wieder für sie", "wieder im haus", "auf dienstreise", "betriebsferien",
                        "nicht verfügbar",
                        "wieder zurück", "wieder da",
                    ]
                ),
                (
                    .gone,
                    [
                        "nicht mehr für unser", "nicht mehr im unternehmen", "nicht mehr bei uns", "nicht mehr tätig",
                        "nicht mehr für die", "unternehmen verlassen", "nicht mehr beschäftigt", "ausgeschieden",
                        "wird nicht mehr gelesen",
                        "nicht mehr aktiv", "nicht länger für", "nicht mehr in unserem",
                    ]
                ),
                (
                    .ticket,
                    [
                        "ihre anfrage ist", "ihre anfrage wurde", "haben ihre anfrage", "haben ihre nachricht erhalten",
                        "ticketnummer",
                        "vorgangsnummer", "eingangsbestätigung", "bei uns eingegangen",
                    ]
                ),
                (.thanks, ["vielen dank für ihre", "danke für ihre", "vielen dank für deine", "danke für deine"]),
                (
                    .contact,
                    [
                        "in dringenden fällen", "wenden sie sich", "meine vertretung", "bei dringenden",
                        "meinen kollegen", "meine kollegin", "an die kollegen",
                    ]
                ),
            ]
        ),
        (
            "fr",
            [
                (
                    .subject,
                    [
                        "réponse automatique", "reponse automatique", "absence du bureau", "message d'absence",
                        "absent", "absence", "en congé",
                        "absence de bureau",
                    ]
                ),
                (
                    .automatic,
                    [
                        "message automatique", "réponse automatique", "ceci est un message auto",
                        "généré automatiquement",
                    ]
                ),
                (
                    .away,
                    [
                        "absent du bureau", "absente du bureau", "absent(e)", "je suis absent", "je serai absent",
                        "en congé", "en vacances",
                        "de retour le", "de retour au bureau", "à mon retour", "mon absence", "en déplacement",
                        "congé maternité", "congé parental",
                        "arrêt maladie", "indisponible", "ne suis pas au bureau", "pas disponible",
                    ]
                ),
                (
                    .gone,
                    [
                        "ne fait plus partie", "ne fais plus partie", "a quitté la société", "a quitté l'entreprise",
                        "ai quitté la société", "ai quitté l'entreprise",
                        "ne travaille plus", "n'est plus dans l'entreprise", "n'est plus utilisée",
                        "n'est plus consultée", "quitté mes fonctions",
                    ]
                ),
                (
                    .ticket,
                    [
                        "avons bien reçu votre", "bien reçu votre demande", "accusé de réception", "numéro de ticket",
                        "votre demande a été",
                    ]
                ),
                (.thanks, ["merci pour votre", "merci de votre message", "je vous remercie de votre"]),
                (
                    .contact,
                    [
                        "en cas d'urgence", "pour toute urgence", "vous pouvez contacter", "merci de contacter",
                        "veuillez contacter",
                    ]
                ),
            ]
        ),
        (
            "es",
            [
                (
                    .subject,
                    [
                        "respuesta automática", "respuesta automatica", "fuera de la oficina", "fuera de oficina",
                        "ausente", "vacaciones",
                        "mensaje de ausencia",
                    ]
                ),
                (.automatic, ["mensaje automático", "respuesta automática", "generado automáticamente"]),
                (
                    .away,
                    [
                        "fuera de la oficina", "fuera de oficina", "de vacaciones", "me encuentro ausente",
                        "estaré ausente", "estoy ausente", "ausente de",
                        "estaré de vuelta", "de vuelta el", "regresaré", "a mi regreso", "a mi vuelta",
                        "no estaré disponible", "no estoy disponible",
                        "baja médica", "baja por", "baja maternal", "mi ausencia", "me reincorporo", "me incorporaré",
                        "volveré el",
                    ]
                ),
                (
                    .gone,
                    [
                        "ya no trabaja", "ya no trabajo", "ya no forma parte", "ya no formo parte",
                        "ha dejado la empresa", "he dejado la empresa", "no pertenece",
                        "ya no está en uso", "ya no se encuentra en",
                    ]
                ),
                (
                    .ticket,
                    [
                        "hemos recibido su", "hemos recibido tu", "su solicitud ha sido", "número de ticket",
                        "acuse de recibo",
                    ]
                ),
                (.thanks, ["gracias por su", "gracias por tu", "gracias por contactar", "gracias por ponerse"]),
                (
                    .contact,
                    [
                        "asuntos urgentes", "en caso de urgencia", "póngase en contacto", "contacte con",
                        "contactar con", "urgencias",
                    ]
                ),
            ]
        ),
        (
            "it",
            [
                (
                    .subject,
                    [
                        "risposta automatica", "fuori ufficio", "fuori sede", "assente", "assenza", "in ferie",
                        "messaggio automatico",
                    ]
                ),
                (.automatic, ["messaggio automatico", "risposta automatica", "generato automaticamente"]),
                (
                    .away,
                    [
                        "fuori ufficio", "fuori sede", "sarò assente", "sono assente", "in ferie", "al mio rientro",
                        "rientro in ufficio", "rientrerò",
                        "tornerò", "in congedo", "in maternità", "in malattia", "non sono in ufficio", "mia assenza",
                        "non sarò disponibile",
                        "di ritorno il", "sarò di nuovo",
                    ]
                ),
                (
                    .gone,
                    [
                        "non lavora più", "non lavoro più", "non fa più parte", "non faccio più parte",
                        "ha lasciato l'azienda", "ho lasciato l'azienda", "non è più in uso",
                        "non è più attiv", "non collabora più",
                    ]
                ),
                (.ticket, ["abbiamo ricevuto la", "la sua richiesta è stata", "numero di ticket", "presa in carico"]),
                (.thanks, ["grazie per la", "grazie per il", "grazie per aver", "la ringrazio per"]),
                (
                    .contact,
                    [
                        "per urgenze", "in caso di urgenza", "si prega di contattare", "contattare un", "scrivere alla",
                        "scrivere ai",
                    ]
                ),
            ]
        ),
        (
            "pt",
            [
                (
                    .subject,
                    [
                        "resposta automática", "resposta automatica", "ausência do escritório", "ausência", "ausente",
                        "fora do escritório", "de férias", "em férias",
                    ]
                ),
                (.automatic, ["mensagem automática", "resposta automática", "gerada automaticamente"]),
                (
                    .away,
                    [
                        "estou ausente", "estarei ausente", "encontro-me ausente", "ausente do escritório",
                        "fora do escritório", "de férias", "em férias",
                        "estarei de volta", "de volta no dia", "de regresso", "regresso ao", "regressarei",
                        "retornarei", "retorno em", "quando voltar",
                        "licença", "baixa médica", "meu regresso", "meu retorno", "minha ausência", "sem acesso ao e",
                    ]
                ),
                (
                    .gone,
                    [
                        "já não trabalha", "não trabalha mais", "já não trabalho", "não trabalho mais",
                        "já não faz parte", "não faz mais parte", "deixou a empresa",
                        "não faço mais parte", "já não se encontra",
                    ]
                ),
                (
                    .ticket,
                    [
                        "recebemos o seu", "recebemos a sua", "sua solicitação foi", "número do ticket",
                        "número de protocolo",
                    ]
                ),
                (
                    .thanks,
                    [
                        "obrigado pelo", "obrigada pelo", "obrigado pela", "obrigada pela", "agradeço o seu",
                        "agradecemos o",
                    ]
                ),
                (
                    .contact,
                    [
                        "em caso de urgência", "assuntos urgentes", "contacte", "entre em contato", "contactar",
                        "por favor contate",
                    ]
                ),
            ]
        ),
        (
            "nl",
            [
                (
                    .subject,
                    [
                        "automatisch antwoord", "automatische reactie", "afwezig", "afwezigheid", "niet op kantoor",
                        "met vakantie", "vakantie",
                    ]
                ),
                (.automatic, ["automatisch gegenereerd", "automatisch bericht", "geautomatiseerd"]),
                (
                    .away,
                    [
                        "ik ben afwezig", "ben ik afwezig", "niet op kantoor", "niet aanwezig", "met vakantie",
                        "op vakantie", "weer bereikbaar", "weer aanwezig",
                        "weer terug", "weer op kantoor", "terug op kantoor", "niet bereikbaar", "met verlof",
                        "zwangerschapsverlof", "ouderschapsverlof",
                        "mijn afwezigheid", "tot en met", "ziekteverlof",
                    ]
                ),
                (
                    .gone,
                    [
                        "niet meer werkzaam", "werkt niet meer", "niet langer werkzaam", "uit dienst",
                        "niet meer in dienst", "heeft ons bedrijf verlaten",
                        "niet meer in gebruik",
                    ]
                ),
                (
                    .ticket,
                    [
                        "hebben uw bericht", "hebben uw aanvraag", "ticketnummer", "uw aanvraag is",
                        "ontvangstbevestiging",
                    ]
                ),
                (.thanks, ["bedankt voor uw", "bedankt voor je", "dank voor uw", "dank u voor", "hartelijk dank"]),
                (
                    .contact,
                    ["voor dringende", "voor urgente", "bij spoed", "neem contact op", "kunt u contact", "terecht bij"]
                ),
            ]
        ),
        (
            "sv",
            [
                (
                    .subject,
                    [
                        "autosvar", "automatiskt svar", "frånvaro", "frånvarande", "ej på kontoret", "inte på kontoret",
                        "semester",
                    ]
                ),
                (.automatic, ["automatiskt meddelande", "detta är ett auto", "automatiskt genererat"]),
                (
                    .away,
                    [
                        "på semester", "har semester", "jag är ledig", "inte på kontoret", "ej på kontoret",
                        "är tillbaka", "åter den", "är åter",
                        "åter på", "föräldraledig", "sjukskriven", "tjänsteresa", "inte i tjänst", "frånvarande",
                        "inte nåbar", "bortrest",
                    ]
                ),
                (
                    .gone,
                    [
                        "har slutat", "arbetar inte längre", "jobbar inte längre", "inte längre anställd",
                        "slutat min anställning", "inte kvar på",
                    ]
                ),
                (.ticket, ["vi har tagit emot", "har mottagit ditt", "ärendenummer", "ditt ärende"]),
                (.thanks, ["tack för ditt", "tack för din", "tack för ert"]),
                (.contact, ["vid brådskande", "kontakta min", "vänligen kontakta", "kontakta mina", "hänvisar till"]),
            ]
        ),
        (
            "nb",
            [
                (
                    .subject,
                    [
                        "automatisk svar", "autosvar", "fraværsmelding", "fravær", "ikke på kontoret", "ikke til stede",
                        "på ferie",
                    ]
                ),
                (.automatic, ["automatisk melding", "automatisk generert", "dette er et auto"]),
                (
                    .away,
                    [
                        "på ferie", "har ferie", "ikke på kontoret", "ikke tilgjengelig", "ikke til stede",
                        "er tilbake", "tilbake på", "er bortreist", "er borte fra",
                        "foreldrepermisjon", "permisjon", "sykmeldt", "jeg er borte",
                    ]
                ),
                (
                    .gone,
                    [
                        "har sluttet", "jobber ikke lenger", "arbeider ikke lenger", "ikke lenger ansatt",
                        "ikke lenger i",
                    ]
                ),
                (.ticket, ["vi har mottatt", "saksnummer", "din henvendelse er"]),
                (.thanks, ["takk for din", "takk for e-post", "takk for meldingen", "takk for at"]),
                (.contact, ["ved akutte", "ta kontakt med", "kontakt mine", "ved hastesaker", "vennligst kontakt"]),
            ]
        ),
        (
            "da",
            [
                (
                    .subject,
                    [
                        "automatisk svar", "autosvar", "ikke til stede", "fravær", "ikke på kontoret", "på ferie",
                        "fraværende",
                    ]
                ),
                (.automatic, ["automatisk genereret", "automatisk besked", "dette er et auto"]),
                (
                    .away,
                    [
                        "på ferie", "holder ferie", "har ferie", "ikke på kontoret", "ikke til stede", "er tilbage",
                        "tilbage på", "er bortrejst", "på barsel",
                        "sygemeldt", "er fraværende", "holder fri", "på orlov", "jeg er væk",
                    ]
                ),
                (
                    .gone,
                    ["ikke længere ansat", "arbejder ikke længere", "er fratrådt", "er stoppet", "ikke længere i"]
                ),
                (.ticket, ["vi har modtaget", "sagsnummer", "din henvendelse er"]),
                (.thanks, ["tak for din", "tak for e-mail", "tak for jeres", "tak for mailen"]),
                (.contact, ["hvis det haster", "kontakt venligst", "kontakt mine", "kontakt min", "kontakt vores"]),
            ]
        ),
        (
            "pl",
            [
                (
                    .subject,
                    [
                        "autoodpowiedź", "odpowiedź automatyczna", "automatyczna odpowiedź", "nieobecność", "nieobecny",
                        "poza biurem", "urlop", "autoresponder",
                        "jestem na urlopie",
                    ]
                ),
                (.automatic, ["wiadomość automatyczna", "wygenerowana automatycznie", "wiadomość wygenerowana"]),
                (
                    .away,
                    [
                        "na urlopie", "poza biurem", "jestem nieobecn", "będę nieobecn", "nieobecny w", "nieobecna w",
                        "wracam", "powracam", "po powrocie",
                        "zwolnieniu lekarskim", "mojej nieobecności", "nie ma mnie w", "urlopie macierzyńskim",
                        "będę dostępn", "przebywam na",
                        "podróży służbowej", "niedostępn",
                    ]
                ),
                (
                    .gone,
                    [
                        "nie pracuje już", "już nie pracuje", "nie pracuję już", "już nie pracuję", "zakończył pracę",
                        "zakończyła pracę", "nie jest już pracownikiem",
                    ]
                ),
                (.ticket, ["otrzymaliśmy twoj", "otrzymaliśmy państwa", "zgłoszenie zostało", "numer zgłoszenia"]),
                (
                    .thanks,
                    [
                        "dziękuję za wiadomość", "dziękuję za e", "dziękujemy za", "dziękuję za kontakt",
                        "dziękuję za mail",
                    ]
                ),
                (.contact, ["w pilnych", "proszę o kontakt", "w sprawach pilnych", "prosimy o kontakt"]),
            ]
        ),
        (
            "cs",
            [
                (
                    .subject,
                    ["automatická odpověď", "automaticka odpoved", "mimo kancelář", "nepřítomnost", "dovolená"]
                ),
                (.automatic, ["automatická zpráva", "automaticky vygenerován"]),
                (
                    .away,
                    [
                        "mimo kancelář", "na dovolené", "čerpám dovolenou", "mám dovolenou", "v kanceláři budu",
                        "zpět v kanceláři", "budu zpět", "po návratu",
                        "vrátím se", "nejsem přítom", "budu nepřítom", "jsem nepřítom", "mé nepřítomnosti", "mateřské",
                        "pracovní neschopnosti", "služební cestě",
                    ]
                ),
                (
                    .gone,
                    [
                        "již nepracuje", "už nepracuje", "již v naší", "již nepracuji", "již není zaměstnan",
                        "odešel ze společnosti", "nepracuje v naší",
                    ]
                ),
                (.ticket, ["obdrželi jsme", "váš požadavek byl", "číslo požadavku"]),
                (.thanks, ["děkuji za vaši", "děkuji za váš", "děkujeme za", "děkuji za zprávu"]),
                (
                    .contact,
                    [
                        "v urgentních", "v naléhavých", "kontaktujte prosím", "prosím kontaktujte", "kontaktujte mého",
                        "kontaktujte mou",
                    ]
                ),
            ]
        ),
        (
            "ru",
            [
                (
                    .subject,
                    [
                        "автоответ", "автоматический ответ", "вне офиса", "в отпуске", "отсутствие", "отпуск",
                        "автоматическое уведомление",
                    ]
                ),
                (
                    .automatic,
                    [
                        "автоматическое сообщение", "автоматический ответ", "сообщение создано автоматически",
                        "отправлено автоматически",
                    ]
                ),
                (
                    .away,
                    [
                        "в отпуске", "буду отсутствовать", "я отсутствую", "вне офиса", "не буду в офисе",
                        "не будет в офисе", "нет в офисе", "вернусь",
                        "после возвращения", "на больничном", "в командировке", "в декретном", "моего отсутствия",
                        "выйду на работу", "нахожусь в", "недоступ",
                    ]
                ),
                (
                    .gone,
                    [
                        "больше не работает", "больше не работаю", "уже не работает", "не работает в нашей",
                        "покинул компанию", "уволил",
                    ]
                ),
                (.ticket, ["ваше обращение", "ваша заявка", "номер заявки", "мы получили ваш"]),
                (
                    .thanks,
                    ["спасибо за ваше", "спасибо за письмо", "благодарю за", "благодарим за", "спасибо за обращение"]
                ),
                (
                    .contact,
                    [
                        "по срочным", "в срочных случаях", "обращайтесь к", "обращайтесь, пожалуйста",
                        "пожалуйста, обратитесь",
                    ]
                ),
            ]
        ),
        (
            "ja",
            [
                (.subject, ["自動返信", "自動応答", "不在通知", "不在のお知らせ", "不在", "休暇のお知らせ", "休業のお知らせ"]),
                (.automatic, ["自動返信", "自動応答", "自動送信", "自動的に送信"]),
                (
                    .away,
                    [
                        "不在に", "不在と", "不在の", "休暇中", "休暇をいただ", "休暇のため", "休業", "出張中", "出張のため", "出社予定", "業務に戻", "休暇を取得",
                        "お休みをいただ",
                        "席を外し", "育児休業", "産休",
                    ]
                ),
                (.gone, ["退職いたし", "退職し", "異動いたし", "異動とな", "退社いたし", "使用しておりません", "使われておりません"]),
                (.ticket, ["お問い合わせを受け付け", "受付番号", "受け付けました", "お問い合わせありがとう"]),
                (.thanks, ["ご連絡ありがとう", "メールをいただき", "お問い合わせいただき", "ご連絡いただき"]),
                (.contact, ["お急ぎの", "緊急の場合", "までご連絡ください", "までご連絡をお願い"]),
            ]
        ),
        (
            "zh",
            [
                (.subject, ["自动回复", "自動回覆", "自动答复", "自動答覆", "不在办公室", "外出通知", "休假中"]),
                (.automatic, ["自动回复", "自動回覆", "系统自动", "系統自動"]),
                (.away, ["不在办公室", "不在辦公室", "正在休假", "休假中", "外出中", "出差", "返回办公室", "返回辦公室", "年假"]),
                (.gone, ["已离职", "已離職", "不再任职", "已经离开公司"]),
                (.ticket, ["已收到您的", "工单编号", "我们会尽快"]),
                (.thanks, ["感谢您的来信", "感谢您的邮件", "謝謝您的來信", "您的邮件已收到"]),
                (.contact, ["如有紧急", "如有急事", "请联系", "請聯絡"]),
            ]
        ),
        (
            "fi",
            [
                (.subject, ["automaattinen vastaus", "poissaoloviesti", "poissa toimistosta", "poissa", "lomalla"]),
                (
                    .away,
                    [
                        "olen lomalla", "olen poissa", "en ole toimistolla", "palaan töihin", "palaan lomalta",
                        "vuosilomalla", "tavoitettavissa",
                    ]
                ),
                (.gone, ["ei enää työskentele", "ei ole enää"]),
                (.thanks, ["kiitos viestistäsi", "kiitos sähköposti"]),
                (.contact, ["kiireellisissä", "ota yhteyttä"]),
            ]
        ),
        (
            "tr",
            [
                (.subject, ["otomatik yanıt", "otomatik cevap", "ofis dışında", "izindeyim"]),
                (
                    .away,
                    [
                        "ofis dışında", "izindeyim", "izinde olaca", "yıllık izin", "ofiste olmayaca", "tatildeyim",
                        "döneceğim",
                    ]
                ),
                (.gone, ["artık çalışmamakta", "artık çalışmıyor", "işten ayrıl"]),
                (.thanks, ["mesajınız için teşekkür", "e-postanız için teşekkür"]),
                (.contact, ["acil durumlarda", "acil konular"]),
            ]
        ),
    ]
}
