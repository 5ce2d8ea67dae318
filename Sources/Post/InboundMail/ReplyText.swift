/// Splits what somebody wrote into their own new words, what they quote, and their signature.
struct ReplyText {
    /// The new words, without quotes and signature, trimmed.
    let new: String
    /// The rest: quoted text with its attribution.
    let quoted: String
    /// Whether a quote was introduced as mail programs do it.
    let hasAttribution: Bool

    init(_ text: String) {
        let lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
        }
        var new: [String] = []
        var quoted: [String] = []
        var hasAttribution = false
        var index = 0
        while index < lines.count {
            if let end = Self.attributionEnd(lines, at: index) {
                hasAttribution = true
                quoted += lines[index..<end]
                index = end
                // An attribution before quote marks covers them alone; before plain text, all that follows.
                let next = lines[end...].first { !Self.isBlank($0) }
                if let next, Self.isQuoted(next) { continue }
                if let next, next.hasPrefix("\t") {
                    // Mail programs of the old kind indent what they quote by a tab.
                    let indented = lines[end...].prefix { $0.hasPrefix("\t") || Self.isBlank($0) }
                    quoted += indented
                    index = indented.endIndex
                    continue
                }
                quoted += lines[min(end, lines.count)...]
                break
            }
            if Self.isQuoted(lines[index]) {
                quoted.append(lines[index])
            } else if Self.opensQuote(lines, at: index) {
                hasAttribution = !Self.opensForward(lines[index])
                quoted += lines[index...]
                break
            } else {
                new.append(lines[index])
            }
            index += 1
        }
        self.new = Self.withoutSignature(new)
        self.quoted = quoted.joined(separator: "\n")
        self.hasAttribution = hasAttribution || quoted.first.map(Self.isQuoted) ?? false
    }

    private static func isBlank(_ line: String) -> Bool { line.utf8.allSatisfy { $0 == 32 || $0 == 9 } }

    static func isQuoted(_ line: String) -> Bool {
        let first = line.utf8.first { $0 != 32 && $0 != 9 }
        return first == UInt8(ascii: ">") || first == UInt8(ascii: "|")
    }

    /// The index after "On ... wrote:", which mail programs wrap over up to four lines; `nil` where there is none.
    private static func attributionEnd(_ lines: [String], at start: Int) -> Int? {
        guard !isBlank(lines[start]), !isQuoted(lines[start]), lines[start].utf8.count < 400 else { return nil }
        for end in start..<min(start + 4, lines.count) {
            if end > start, isBlank(lines[end]) { return nil }
            let last = lines[end].unicodeScalars.last { $0 != " " && $0 != "\u{A0}" }
            guard last == ":" || last == "：" else { continue }
            // New words on the line before an attribution are no part of it.
            if end > start, hasDate(lines[(start + 1)...end].joined(separator: " ")) { return nil }
            let next = lines[(end + 1)...].first { !isBlank($0) }
            let text = lines[start...end].joined(separator: " ")
            return isAttribution(text, beforeQuote: next.map(isQuoted) ?? false) ? end + 1 : nil
        }
        return nil
    }

    private static func hasDate(_ text: String) -> Bool {
        text.utf8.lazy.filter { (48...57).contains($0) }.count >= 4
    }

    /// An attribution has a date or somebody's address, and a word for writing; before quote marks, the date and the
    /// address will do. "As my boss wrote:" has neither.
    private static func isAttribution(_ text: String, beforeQuote: Bool) -> Bool {
        guard text.utf8.count < 500 else { return false }
        if text.contains("@"), hasDate(text), beforeQuote { return true }
        // "Ana Pop writes:", right before what she wrote.
        if beforeQuote, text.utf8.count < 80, writing.first(in: FoldedText(text)) != nil { return true }
        return (text.contains("@") || hasDate(text)) && writing.first(in: FoldedText(text)) != nil
    }

    private static let writing = PhraseTable<Bool>(
        [
            "wrote", "writes", "schrieb", "geschrieben", "a écrit", "escribió", "escribio", "ha scritto", "escreveu",
            "schreef", "skrev", "kirjoitti", "napisał", "napsal", "napísal", "írta", "пишет", "написал", "a scris",
            "yazdı", "さんが書きました", "さんは書きました", "のメール", "写道", "寫道", "작성", "έγραψε", "kirjutas",
        ].map { ($0, true) })

    /// A rule that opens a quoted message, or the header block that Outlook puts before one.
    private static func opensQuote(_ lines: [String], at index: Int) -> Bool {
        let folded = FoldedText(lines[index])
        if folded.bytes.starts(with: "--".utf8) || folded.bytes.starts(with: "begin ".utf8)
            || folded.bytes.starts(with: "__".utf8) || folded.bytes.starts(with: "==".utf8)
        {
            if rules.first(in: folded) != nil { return true }
            if folded.bytes.starts(with: "____".utf8), index + 1 < lines.count {
                return lines[(index + 1)...].prefix(3).contains { fieldKey($0) != nil }
            }
        }
        guard fieldKey(lines[index]) == .from else { return false }
        let following = Set(lines[(index + 1)...].prefix(5).compactMap(fieldKey))
        return following.count >= 2 || following.contains(.subject)
    }

    private static func opensForward(_ line: String) -> Bool { forwards.first(in: FoldedText(line)) != nil }

    private static let forwards = PhraseTable<Bool>(
        [
            "forwarded message", "forwarded by", "weitergeleitete nachricht", "message transféré", "mensaje reenviado",
            "messaggio inoltrato", "пересылаемое сообщение",
        ].map { ($0, true) })

    private enum FieldKey: Hashable { case from, date, to, subject }

    /// Which field of a quoted header a line shows, in any of the languages of the great mail programs.
    private static func fieldKey(_ line: String) -> FieldKey? {
        guard line.utf8.count < 500, let colon = line.unicodeScalars.firstIndex(where: { $0 == ":" || $0 == "：" })
        else {
            return nil
        }
        let name = line[..<colon].lowercased().filter { !" *\u{A0}\t".contains($0) }
        return fieldNames[name]
    }

    private static let fieldNames: [String: FieldKey] = [
        "from": .from, "von": .from, "de": .from, "da": .from, "van": .from, "från": .from, "fra": .from, "od": .from,
        "от": .from, "отправитель": .from, "发件人": .from, "寄件者": .from, "差出人": .from, "送信者": .from,
        "lähettäjä": .from, "feladó": .from, "kimden": .from, "보낸사람": .from,
        "sent": .date, "date": .date, "gesendet": .date, "datum": .date, "envoyé": .date, "enviado": .date,
        "enviadoel": .date, "inviato": .date, "data": .date, "verzonden": .date, "skickat": .date, "sendt": .date,
        "wysłano": .date, "odesláno": .date, "отправлено": .date, "дата": .date, "发送时间": .date, "日期": .date,
        "送信日時": .date, "日時": .date, "lähetetty": .date, "küldve": .date, "fecha": .date, "dato": .date,
        "to": .to, "an": .to, "à": .to, "a": .to, "para": .to, "aan": .to, "till": .to, "til": .to, "do": .to,
        "komu": .to, "кому": .to, "收件人": .to, "宛先": .to, "cc": .to, "kime": .to,
        "subject": .subject, "betreff": .subject, "objet": .subject, "asunto": .subject, "oggetto": .subject,
        "assunto": .subject, "onderwerp": .subject, "ämne": .subject, "emne": .subject, "temat": .subject,
        "předmět": .subject, "тема": .subject, "主题": .subject, "主旨": .subject, "件名": .subject, "aihe": .subject,
        "tárgy": .subject, "konu": .subject,
    ]

    private static let rules = PhraseTable<Bool>(
        [
            "original message", "ursprüngliche nachricht", "message d'origine", "message original", "mensaje original",
            "messaggio originale", "mensagem original", "oorspronkelijk bericht", "ursprungligt meddelande",
            "originalmeddelande", "original-meddelande", "oprindelig meddelelse", "opprinnelig melding",
            "wiadomość oryginalna", "oryginalna wiadomość", "původní zpráva", "исходное сообщение",
            "пересылаемое сообщение",
            "原始邮件", "原始郵件", "元のメッセージ", "forwarded message", "forwarded by", "weitergeleitete nachricht",
            "message transféré", "mensaje reenviado", "messaggio inoltrato", "reply message", "replied message",
            "original meddelelse", "alkuperäinen viesti", "original-nachricht", "begin forwarded message",
            "orijinal mesaj",
            "eredeti üzenet", "original appointment", "回复的原邮件",
        ].map { ($0, true) })

    /// Cuts a signature: the `-- ` line of RFC 3676, and what phones and web mailers add.
    private static func withoutSignature(_ lines: [String]) -> String {
        let end = lines.firstIndex { line in
            line == "-- " || line == "--" || phones.first(in: FoldedText(line)).map { $0.range.lowerBound < 3 } ?? false
        }
        let kept = lines[..<(end ?? lines.count)]
        let text = kept.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        return text.joined(separator: "\n")
    }

    private static let phones = PhraseTable<Bool>(
        [
            "sent from my", "sent from mobile", "sent from outlook", "sent from mail for", "get outlook for",
            "von meinem iphone", "von meinem handy",
            "gesendet mit der", "gesendet von", "envoyé de mon", "envoyé depuis", "enviado desde mi", "enviado do meu",
            "inviato da", "verstuurd vanaf", "skickat från min", "sendt fra min", "wysłane z", "wysłano z",
            "odesláno z",
            "отправлено с", "iphoneから送信", "发自我的", "lähetetty", "von meinem ipad", "sent with", "sent via",
            "yahoo mail:",
            "telefonumdan gönderildi", "obtener outlook", "télécharger outlook", "holen sie sich outlook",
        ].map { ($0, true) })
}
