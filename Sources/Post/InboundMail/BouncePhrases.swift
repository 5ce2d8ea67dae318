/// The words of delivery reports as data: what servers say, by what it means.
enum BouncePhrases {
    /// Causes, in the words of servers.
    static let reasons = PhraseTable<BounceReason>(
        causes.flatMap { reason, phrases in phrases.map { ($0, reason) } })

    private static let causes: [(BounceReason, [String])] = [
        (
            .mailboxFull,
            [
                "mailbox full", "mailbox is full", "mail box full", "mailbox has exceeded", "mailbox exceeded",
                "mailbox size limit", "mailfolder is full", "mail box space not enough", "over quota", "overquota",
                "quota exceed", "exceeded quota", "quota is exceeded", "exceeding their quota", "exceeds quota",
                "exceeded his quota", "exceeded their quota", "exceeded the quota", "exceeded its quota", "quota full",
                "quota has been exceeded", "out of storage", "storage quota", "disk quota", "is over quota",
                "too much mail stored", "insufficient disk space", "not enough storage", "user has too many messages",
                "exceeded storage", "mailbox would exceed", "inbox is full", "recipient's mailbox is full",
                "account is full", "maildir over quota", "delivery failed: over quota", "quota violation",
                "not enough disk space", "too much mail data", "enough space",
                "mailbox quota", "boite du destinataire pleine", "boîte aux lettres est pleine",
                "postfach ist voll", "casella piena", "buzón lleno", "переполнен", "容量", "いっぱい",
                "exceeded the allowed space", "user is over the quota", "message quota", "no space left for",
                "recipient storage full", "storage limit", "postfach voll", "quota dépassé", "buzón está lleno",
                "caixa de correio está cheia", "casella è piena", "已满", "已滿", "空间不足", "postvak is vol",
                "skrzynka jest pełna", "mail folder is full", "maximum allowed storage",
            ]
        ),
        (
            .authentication,
            [
                "dmarc", "spf fail", "fails spf", "spf check", "spf record", "failed spf", "dkim",
                "sender policy framework",
                "reverse dns", "ptr record", "reverse lookup", "rdns", "unauthenticated email", "not authenticated",
                "unauthenticated mail", "authentication required", "does not pass authentication", "5.7.26",
                "reverse host",
                "does not meet the required authentication", "doesn't meet the required authentication",
                "client host rejected: cannot find your", "cannot find your hostname", "cannot find your reverse",
                "unable to lookup ptr", "no ptr", "does not resolve", "reverse hostname", "ip name lookup failed",
                "forged hostname", "access denied, sending domain", "not resolve", "fix reverse",
            ]
        ),
        (
            .blocked,
            [
                "blacklist", "blocklist", "block list", "black list", "spamhaus", "spamcop", "sorbs", "rbl", "dnsbl",
                "barracudacentral", "has been blocked", "is blocked", "was blocked", "blocked by", "banned",
                "bad reputation",
                "low reputation", "poor reputation", "reputation", "sender address rejected", "sender rejected",
                "sender denied",
                "invalid ip for sending", "ip address is not allowed", "not accepting mail from", "not allowed to send",
                "client host blocked", "dialup", "dynamic ip", "generic hostname", "access denied",
                "connection refused by",
                "we do not accept mail from", "connection dropped due to", "client host rejected", "mail from not",
                "too many spam", "abuse", "domain of sender", "sender verify failed", "unrouteable sender",
                "sender domain", "invalid sender", "bad sender", "helo command rejected", "your ip", "bulk mail",
                "rejected by blacklist", "host blacklisted", "message refused by", "unsolicited",
            ]
        ),
        (
            .content,
            [
                "spam", "virus", "junk mail", "malware", "content filter", "content rejected", "message content",
                "banned content",
                "considered unsolicited", "suspicious", "phish", "infected", "prohibited content", "blocked for spam",
                "message rejected by filter", "score too high", "header error", "invalid header",
                "unacceptable content",
                "spf-spam", "message looks like", "not rfc", "rfc 5322", "rfc 2822", "rfc5322", "blacklisted url",
                "bare linefeed", "bare <lf>", "multiple 'from'",
            ]
        ),
        (
            .tooBig,
            [
                "too big", "too large", "message size exceeds", "size limit", "exceeds maximum", "exceeds the maximum",
                "message length exceeds", "exceeds size", "max message size", "exceeded the maximum", "file size",
            ]
        ),
        (
            .tooMuch,
            [
                "rate limit", "too many connections", "too many messages", "too many emails", "too frequent", "throttl",
                "receiving mail at a rate", "receiving email at a rate", "too many recipients", "too many concurrent",
                "sending rate", "exceeded the limit", "exceeded maximum", "daily limit", "hourly limit",
                "connection rate",
                "limit exceeded", "temporarily rate", "sending limit",
            ]
        ),
        (
            .suspended,
            [
                "account has been disabled", "disabled or discontinued", "account is disabled", "account disabled",
                "mailbox disabled", "mailbox is disabled", "user disabled", "account inactive", "inactive", "suspend",
                "mailbox temporarily", "temporarily disabled", "deactivated", "account is locked", "is frozen",
                "not active", "account that you tried to reach is disabled",
                "email account that you tried to reach is over",
                "mailbox unavailable or access denied", "temporarily unavailable", "currently unavailable", "invactive",
                "is disabled", "has been disabled", "on vacation", "discontinued", "delivery not allowed",
                "expired account",
                "mailbox is inactive", "mailbox not activated", "not accepting messages",
                "address is administratively disabled",
            ]
        ),
        (
            .policy,
            [
                "relay access denied", "relaying", "unable to relay", "policy", "not permitted", "not allowed",
                "permission", "restricted", "not authorized",
                "unauthorized", "security", "message refused", "rejected due to", "administrative prohibition",
                "prohibited", "you may not have permission", "message was rejected by the", "filtered",
                "due to recipient",
                "recipient preferences", "preferences of the", "delivery not authorized", "only accepts",
                "closed group", "moderat", "must be a member", "message rejected", "not accepted", "violat",
                "resolver.rst", "rejected for", "does not comply", "mail refused", "auto-discard",
            ]
        ),
        (
            .moved,
            [
                "has moved", "user has moved", "mailbox has moved", "moved to", "no forwarding address",
                "has been moved",
                "please use the new address", "changed address",
            ]
        ),
        (.noMailHere, ["null mx", "nullmx", "does not accept mail", "domain does not accept", "no mail accepted"]),
        (
            .unknownUser,
            [
                "user unknown", "unknown user", "userunknown", "no such user", "no such recipient", "no such mailbox",
                "no such person",
                "no such account", "no such address", "nosuchuser", "no such local user", "unknown recipient",
                "unknown local", "unknown address", "unknown account", "unknown mailbox", "user not found",
                "recipient not found", "recipnotfound", "mailbox not found", "account not found", "address not found",
                "address unknown", "recipient unknown", "user not known", "user doesn't exist", "user does not exist",
                "does not exist", "doesn't exist", "not exist", "invalid recipient", "invalid mailbox",
                "invalid address",
                "invalid user", "invalid final delivery userid", "recipient name is not recognized", "not listed in",
                "no mailbox here by that name", "not our customer", "bad destination mailbox", "bad address",
                "unrouteable address", "unroutable address", "unknown or illegal alias", "unknown in virtual",
                "is unknown",
                "this user doesn't have", "user is unknown", "no user", "not a valid mailbox", "not a known user",
                "n'existe pas",
                "address rejected: undeliverable", "undeliverable address", "no account",
                "mailbox unavailable or not local",
                "couldn't be found", "could not be found", "wasn't found", "was not found at", "not found at",
                "isn't found",
                "can't be found", "email address is incorrect", "unknown user name", "unbekannt", "existiert nicht",
                "empfänger unbekannt", "not in route", "user reject", "not local", "addressee unknown", "unknown-user",
                "no longer employed",
                "no longer exists", "no existe", "inexistent", "non existent", "nonexistent", "desconocido",
                "utente sconosciuto",
                "sconosciuto", "inconnu", "not recognized", "no mailbox", "ユーザが存在", "リストにありません", "存在しません",
                "not a valid user", "not listed", "rejected: unverified address", "mailbox unavailable",
                "unknown e-mail", "usuário desconhecido", "utilizador desconhecido", "não existe", "usuario no existe",
                "inesistente", "onbekend", "okänd", "ukendt", "ukjent", "tuntematon", "nieznany", "nie istnieje",
                "neexistuje", "nem létezik", "не найден", "не существует", "неизвестный пользователь", "bulunamadı",
                "宛先不明", "該当するユーザ", "用户不存在", "邮箱不存在", "地址不存在", "不存在", "找不到", "존재하지 않",
                "찾을 수 없", "introuvable", "name is not recognised", "user not known at this site", "no valid recipients",
            ]
        ),
        (
            .expired,
            [
                "retry timeout exceeded", "queue too long", "message expired", "delivery time expired", "expired",
                "too long",
                "delivery timed out", "retry time not reached", "could not be delivered for more than",
                "multiple retries",
                "undeliverable for", "not delivered within", "giving up", "too many hops", "maximum queue", "timed out",
                "timeout", "could not be sent for", "days", "delivery failed 20 attempts", "attempts",
            ]
        ),
        (
            .unknownHost,
            [
                "host unknown", "unknown host", "host not found", "domain not found", "no such domain",
                "unknown domain",
                "domain does not exist", "unrouteable mail domain", "unrouteable domain", "no mx",
                "domain name not found",
                "name or service not known", "no such host", "non-existent domain", "nxdomain",
                "name server: host not found",
                "couldn't find any host", "bad destination system", "all relevant mx records point to non-existent",
                "domain was not found", "domain couldn't be found", "illegal host/domain name", "no a record",
            ]
        ),
        (
            .network,
            [
                "connection refused", "connection timed out", "network is unreachable", "no route to host", "starttls",
                "tls ",
                "connection reset", "host is unreachable", "lost connection", "connection lost", "mail loop",
                "loops back",
                "routing loop", "network error", "dns error", "dns lookup", "name service error", "connect to",
                "establish an smtp connection", "could not connect", "couldn't connect", "did not respond", "try again",
            ]
        ),
        (
            .system,
            [
                "system error", "internal error", "local error", "server error", "configuration error",
                "insufficient system",
                "i/o error", "command died", "cannot open", "can't open", "can't create", "out of memory",
                "local configuration",
                "command failed", "service unavailable", "service not available", "system problem",
                "local delivery failed",
            ]
        ),
    ]
}
