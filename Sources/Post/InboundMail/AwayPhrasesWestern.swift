extension AwayPhrases {
    /// English, German, French, Spanish, Italian, Portuguese and Dutch.
    static let western: [Language] = [
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
                        "has been received and is being", "we got your request", "request has been received",
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
                        "sender verification", "verify that you are", "complete the verification process",
                        "complete this verification", "requires that you verify", "from receiving junk mail",
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
    ]
}
