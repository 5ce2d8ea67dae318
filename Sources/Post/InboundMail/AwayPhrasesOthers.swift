extension AwayPhrases {
    /// The Nordic and Slavic languages, Japanese, Chinese, Finnish and Turkish.
    static let others: [Language] = [
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
