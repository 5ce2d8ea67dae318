/// The marks by which a delivery report in plain words is known, as data.
enum BounceMarks {
    /// What a report announces.
    enum Announcement: Sendable { case failed, delayed, delivered, challenge }

    /// How subjects of reports begin or what they contain.
    static let subjects = PhraseTable<Announcement>(
        failedSubjects.map { ($0, .failed) } + delayedSubjects.map { ($0, .delayed) }
            + deliveredSubjects.map { ($0, .delivered) })

    private static let failedSubjects = [
        "failure notice", "undeliver", "non-deliver", "nondeliver", "returned mail", "returned to sender",
        "returning message to sender", "delivery failure", "delivery failed", "delivery has failed", "delivery fail",
        "failure delivery", "mail failure", "mail delivery problem", "delivery problem", "mail delivery fail",
        "delivery status notification", "delivery notification", "delivery status", "delivery report", "mail error",
        "mail could not be delivered", "could not be delivered", "message not delivered", "mail not delivered",
        "not delivered", "error during delivery", "delivery error", "mail system error", "permanent error",
        "permanent failure", "unable to deliver", "couldn't be delivered", "can't be delivered", "cannot be delivered",
        "was not delivered", "wasn't delivered", "user unknown", "unknown user", "user not listed", "rejected mail",
        "mail rejected", "message rejected", "rejected:", "bounced", "unzustellbar", "nicht zugestellt",
        "nicht zustellbar", "konnte nicht zugestellt", "non remis", "échec de la remise", "échec de remise",
        "echec de la remise", "utilisateur non recens", "non recapitabile", "mancato recapito", "mancata consegna",
        "no se puede entregar", "no entregado", "no se ha podido entregar", "não entregue", "não foi possível entregar",
        "niet bezorgd", "onbestelbaar", "kan inte levereras", "kunne ikke leveres", "ikke levert", "ei voitu toimittaa",
        "nie dostarczono", "niedostarcz", "nedoručiteln", "kézbesíthetetlen", "не доставлено", "недоставлен",
        "не удалось доставить", "配信不能", "配信できません", "送信できません", "エラーメール", "退信", "投递失败", "無法傳遞",
        "teslim edilemedi", "failed delivery", "send failed", "failed mail", "aws notification message",
        "message status - undeliverable", "メールエラー", "エラー通知", "error mail", "are not member", "not member article",
        "loop alert", "loop back warning",
        "security alert", "reject mail", "spam mail from", "could not send mail for", "mail system error",
        "mail delivery system", "message undeliverable", "email delivery error", "kan ikke leveres", "ei voi toimittaa",
        "toimitus epäonnistui", "не удается доставить", "не удаётся доставить", "не может быть доставлено",
        "сообщение не доставлено", "ошибка доставки", "未传递", "未送达", "无法投递", "無法投遞", "传递失败", "傳送失敗",
        "배달되지 않음", "전송 실패", "발송 실패", "반송", "zustellfehler", "zustellung fehlgeschlagen", "echec de livraison",
        "échec de livraison", "échec d'envoi", "error de entrega", "fallo en la entrega", "falha na entrega",
        "falha no envio", "errore di consegna", "mislukte bezorging", "doručení se nezdařilo", "błąd dostarczenia",
    ]

    private static let delayedSubjects = [
        "delayed", "delay)", "(delay", "could not send message for", "warning: could not send", "warning: message",
        "delivery delay", "has not yet been delivered", "still being retried", "zustellung verzögert",
        "transient failure",
    ]

    private static let deliveredSubjects = [
        "(success)", "(relay)", "successful mail delivery", "successfully delivered", "delivered:", "relayed:",
    ]

    /// What the text of a report says, in words that people do not write.
    static let announcements = PhraseTable<Announcement>(
        failedWords.map { ($0, .failed) } + delayedWords.map { ($0, .delayed) }
            + deliveredWords.map { ($0, .delivered) } + challengeWords.map { ($0, .challenge) })

    private static let failedWords = [
        "could not be delivered", "couldn't be delivered", "cannot be delivered", "can't be delivered",
        "can not be delivered", "was not delivered", "wasn't delivered", "were not delivered", "has not been delivered",
        "not able to deliver", "wasn't able to deliver", "unable to deliver", "could not deliver", "couldn't deliver",
        "cannot deliver", "can't deliver", "failed to deliver", "unable to be delivered", "problems delivering",
        "did not reach the following", "didn't reach the following", "did not receive a copy",
        "did not receive this message",
        "error delivering your mail", "error delivering", "permanent fatal error", "permanent fatal delivery error",
        "permanent error", "fatal errors", "fatal delivery error", "undeliverable", "undelivered", "non-delivery",
        "delivery to the following recipient", "delivery to the following address", "delevery to the following",
        "delivery failed", "delivery has failed", "delivery failure", "delivery problems", "had delivery problems",
        "addresses failed", "address failed", "address(es) failed", "failed recipients", "failed recipient",
        "failed addresses", "message has been rejected", "automatically rejected", "was rejected", "has been rejected",
        "message could not", "mail could not", "mail cannot be", "mail can not be", "returned to you",
        "returned to sender",
        "mailbox is full", "mailbox full", "user unknown", "unknown user", "no such user", "does not exist",
        "unknown local", "invalid final delivery userid", "unable to relay", "technical details of permanent failure",
        "trying to deliver the mail", "while trying to deliver", "deliver your message", "following error",
        "error occurred", "transcript of session", "session transcript", "remote host said", "giving up on",
        "smtp error from remote", "the error that the other server returned", "failure reasons",
        "the group you tried to contact", "notificationtype", "not listed in", "address not found", "message blocked",
        "message not delivered", "your message wasn't", "recipient inbox full", "sent to you by mistake",
        "domain not found",
        "failed to be delivered", "you are not a member", "not member article", "duplicated message-id",
        "loop condition", "loop back warning",
        "reject mail", "invalid user address", "trouble delivering", "delivery errors", "attempting to deliver",
        "exceeds allowed size", "recipients were affected", "non-delivered information", "did not like our",
        "no valid recipients", "could not be reached", "couldn't be reached", "unknown host",
        "message was undeliverable", "error-for:", "error description:", "no such local user", "was not accepted",
        "could not send", "unsuccessful delivery", "not accepted",
        "access denied", "too much mail",
        "konnte nicht zugestellt", "nicht zugestellt werden", "unzustellbar", "n'a pas pu etre", "n'a pas pu être",
        "n'ont pas pu être", "impossible de distribuer", "non è stato possibile", "non può essere consegnat",
        "non e' stato possibile", "no se ha podido entregar", "no se pudo entregar", "não pôde ser entregue",
        "não foi possível", "kon niet worden", "kunde inte levereras", "kunne ikke leveres", "nie mógł",
        "не может быть доставлено", "невозможно доставить", "не удалось доставить", "не было доставлено",
        "недоставлен", "送信に失敗", "送信できません", "配送できません", "配信できません", "届けることができません",
        "未能送达", "未能向以下收件人", "배달하지 못했습니다", "발송에 실패", "전송에 실패", "전송하지 못했습니다",
        "toimitus seuraaville", "levering til følgende", "levering mislyktes", "не удалось выполнить доставку",
        "не может быть отправлено", "resolver.adr.", "you are not allowed to post to this",
        "nachrichtenzustellung an folgende", "impossibile recapitare", "nem sikerült a kézbesítés",
        "doručení následujícím", "dostarczenie do następujących", "dostarczenie nie powiodło",
        "bezorging aan de volgende",
        "falha na entrega", "échec de la remise", "gick inte att leverera",
        "お届けできません", "エラー", "送信されません", "存在しません", "无法送达", "无法投递", "无法传递", "投递失败", "退信",
        "無法傳遞", "無法傳送", "以下のメールアドレス", "次のあて先", "iletilemedi", "teslim edilemedi",
    ]

    private static let delayedWords = [
        "this is a warning message only", "this is just a warning", "warning message only", "has been delayed",
        "has not yet been delivered", "not yet been delivered", "you do not need to resend", "do not resend your",
        "delivery attempts will continue", "attempts will continue", "will continue to attempt", "will be retried",
        "will keep trying", "will continue to try", "no action is required on your part", "is delayed",
        "gmail will retry", "this is only a notification about a delay",
        "attempts to deliver the message will continue",
        "noch nicht zugestellt", "delivery is delayed", "message delayed", "still in the queue",
    ]

    /// Words that make a failure of what calls itself a delay.
    static let finals = PhraseTable<Bool>([("envelope expired", true)])

    private static let deliveredWords = [
        "was successfully delivered", "has been successfully delivered", "successfully delivered to",
        "successfully relayed",
        "your message was delivered to", "has been delivered to the following", "mail has been delivered",
        "successful delivery", "was successfully relayed", "message was relayed", "your message has been delivered",
    ]

    private static let challengeWords = [
        "to release your message", "confirm that you are a person", "confirm that you are human", "you are a human",
        "prove you are human", "prove that you are", "challenge", "confirmation of your message",
        "please confirm your message",
        "authenticate your message", "added to my approved", "approved sender", "approved senders list", "guest list",
        "awaiting your confirmation", "requires confirmation", "reply to this message to confirm",
        "your message is being held", "is being held until", "one-time confirmation", "just reply to this",
        "sender verification",
    ]

    /// Local parts of the machines that report.
    static let machines: Set<String> = [
        "mailer-daemon", "mailerdaemon", "mailer_daemon", "mail-daemon", "maildaemon", "postmaster", "post_master",
        "mdaemon", "mail.delivery.system", "mail-delivery-system", "bounce", "bounces", "mailadmin", "mail_daemon",
        "deliveryreport", "nondelivery", "mailer", "emailgateway", "mail-system", "listserv", "majordomo",
    ]

    /// Those that no person ever bears.
    static let daemons: Set<String> = ["mailer-daemon", "mailerdaemon", "mailer_daemon", "mail-daemon", "maildaemon"]

    /// Local parts of machines that report, among much else.
    static let silent: Set<String> = ["no-reply", "noreply", "no_reply", "donotreply", "do-not-reply"]

    /// Names that machines give themselves.
    static let machineNames = PhraseTable<Bool>(
        [
            "mail delivery s", "delivery subsystem", "mail system", "mailer-daemon", "mail daemon", "postmaster",
            "system administrator", "jetmail", "mail administrator", "mail deliver", "mail server", "microsoft outlook",
            "delivery agent",
        ].map { ($0, true) })

    /// Lines after which a report returns our message instead of speaking.
    static let separators = PhraseTable<Bool>(
        [
            "below this line is a copy of the message", "below the next line is a copy", "original message follows",
            "message headers follow", "message header follows", "this is a copy of the message",
            "this is a copy of your message", "header of the original message", "headers of the original message",
            "included is a copy of the message header", "unsent message follows", "unsent message below",
            "original message header", "header of the source mail", "lines of the message follow",
            "lines of the message follows", "your message reads", "original mail info", "message body follows",
            "attachment is a copy of the message", "original mail follows", "the original message is attached",
            "message text follows", "content of the original message", "begin of the original message",
            "the header and top", "copy of the original message", "message contents follow",
            "start of returned message",
            "returned message below", "rejected message follows", "original text follows", "the following is a copy",
        ].map { ($0, true) })

    /// The same, which count only on a line that begins with a rule of dashes, equals signs or stars.
    static let ruledSeparators = PhraseTable<Bool>(
        [
            "original message", "returned mail", "returned message", "original mail", "message header", "message copy",
            "forwarded message", "undelivered message", "message follows", "old message", "header", "unsent message",
            "received message",
        ].map { ($0, true) })
}
