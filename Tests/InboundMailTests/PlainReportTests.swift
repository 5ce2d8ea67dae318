import InboundMail
import MIME
import Testing

/// Delivery reports in plain words, in the shapes of many mailers; synthetic.
struct PlainReportTests {
    struct Report: Sendable, CustomStringConvertible {
        var mailer: String
        var from: String
        var subject: String
        var text: String
        var recipient: String
        var kind: Classification.Kind = .bounce
        var isHard: Bool?
        var description: String { mailer }
    }

    private static let daemon = "MAILER-DAEMON@mx.example"

    private static let reports = [
        Report(
            mailer: "usa.net", from: daemon, subject: "Message Delivery Failure",
            text: """
                Your message failed.

                Intended recipient:  user@usa.example

                Reason: mailbox over quota

                --------RETURNED MAIL FOLLOWS--------
                To: other@x.example
                """,
            recipient: "user@usa.example", isHard: false),
        Report(
            mailer: "HotPop", from: daemon, subject: "Undelivered mail",
            text: """
                Reason: User is over the quota.

                Undeliverable Address:  user@hotpop.example

                Original message attached
                """,
            recipient: "user@hotpop.example", isHard: false),
        Report(
            mailer: "Demon", from: daemon, subject: "Mail delivery failure",
            text: """
                The following message addressed to 'user@demon.example' failed because it was not
                collected after 30 days

                ---- START OF RETURNED MESSAGE ----
                """,
            recipient: "user@demon.example", isHard: false),
        Report(
            mailer: "LSMTP", from: "LSMTP <LSMTP@x.example>", subject: "Undelivered mail for user@x.example",
            text: """
                --> Error description:

                Error-for:  user@x.example
                Error-Text: No such local user.

                Error-End: One error reported.
                """,
            recipient: "user@x.example", isHard: false),
        Report(
            mailer: "InterScan", from: "InterScan <virus@x.example>", subject: "Undeliverable mail",
            text: """
                ** No delivery
                Sent <<< RCPT TO: <user@x.example>
                Received >>> 550 user unknown
                """,
            recipient: "user@x.example", isHard: false),
        Report(
            mailer: "sendmail 5", from: daemon, subject: "Returned mail: User unknown",
            text: """
                   ----- Transcript of session follows -----
                >>> RCPT To:<user@x.example>
                <<< 550 <user@x.example>... User unknown
                550 <user@x.example>... User unknown
                """,
            recipient: "user@x.example", isHard: true),
        Report(
            mailer: "Smail", from: daemon, subject: "mail failed, returning to sender",
            text: """
                |--------- Failed addresses follow: ---------|
                 <user@y.example> ... transport smtp: 550 User unknown
                |--------- Message text follows: --------|
                """,
            recipient: "user@y.example", isHard: false),
        Report(
            mailer: "Exchange 5.5", from: "System Administrator <postmaster@x.example>", subject: "Undeliverable: Hi",
            text: """
                Your message

                  To:      sender

                did not reach the following recipient(s):

                user@x.example on Fri, 3 Jul
                    The recipient name is not recognized
                """,
            recipient: "user@x.example", isHard: true),
        Report(
            mailer: "Domino", from: "Postmaster@corp.example",
            subject: "DELIVERY FAILURE: User foo not listed in Domino Directory",
            text: """
                Your message

                was not delivered to:

                  foo@corp.example

                because:

                  User foo (foo@corp.example) not listed in Domino Directory
                """,
            recipient: "foo@corp.example", isHard: true),
        Report(
            mailer: "MailMarshal", from: "postmaster@relay.example", subject: "Undeliverable Mail: \"Hi\"",
            text: """
                Your message:
                   From:    ana@ours.example

                Could not be delivered because of

                550 5.1.1 User unknown

                The following recipients were affected:
                    user@blah.example
                """,
            recipient: "user@blah.example", isHard: true),
        Report(
            mailer: "IMail", from: "\"Postmaster\" <postmaster@x.example>", subject: "Undeliverable Mail",
            text: """
                User mailbox exceeds allowed size: user@x.example

                Original message follows.

                Received: from x
                """,
            recipient: "user@x.example", isHard: false),
        Report(
            mailer: "qmail", from: daemon, subject: "failure notice",
            text: """
                Hi. This is the qmail-send program at mx.example.

                <user@x.example>:
                192.0.2.1 does not like recipient.
                Remote host said: 550 user unknown
                Giving up on 192.0.2.1.

                --- Below this line is a copy of the message.

                To: other@x.example
                """,
            recipient: "user@x.example", isHard: true),
        Report(
            mailer: "Exim", from: daemon, subject: "Mail delivery failed: returning message to sender",
            text: """
                A message that you sent could not be delivered to one or more of its
                recipients. The following address(es) failed:

                  user@x.example
                    SMTP error from remote mail server after RCPT TO:<user@x.example>:
                    host mx [192.0.2.1]: 550 5.1.1 unknown

                ------ This is a copy of the message, including all the headers. ------
                """,
            recipient: "user@x.example", isHard: true),
        Report(
            mailer: "Gmail", from: "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
            subject: "Delivery Status Notification (Failure)",
            text: """
                ** Address not found **

                Your message wasn't delivered to user@gmail.example because the address couldn't be found.

                The response was:

                550 5.1.1 The email account that you tried to reach does not exist.
                """,
            recipient: "user@gmail.example", isHard: true),
        Report(
            mailer: "Zoho", from: "mailer-daemon@mail.zoho.example", subject: "Undelivered Mail Returned to Sender",
            text: """
                A message that you sent could not be delivered.

                user@y.example Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 User Unknown
                """,
            recipient: "user@y.example", isHard: true),
        Report(
            mailer: "Japanese carrier", from: "Postmaster@carrier.example",
            subject: "Mail System Error - Returned Mail",
            text: """
                    Recipient: <user@carrier.example>
                    >>> RCPT TO:<user@carrier.example>
                    <<< 550 <user@carrier.example>: User unknown
                """,
            recipient: "user@carrier.example", isHard: true),
        Report(
            mailer: "Japanese words", from: daemon, subject: "配信不能",
            text: """
                次の宛先へのメッセージはエラーのため送信できませんでした。

                user@y.example
                """,
            recipient: "user@y.example", isHard: false),
        Report(
            mailer: "German words", from: daemon, subject: "Unzustellbar: Hallo",
            text: """
                Ihre Nachricht konnte nicht zugestellt werden an:

                  user@y.example

                Grund: Postfach ist voll
                """,
            recipient: "user@y.example", isHard: false),
        Report(
            mailer: "sendmail warning", from: daemon, subject: "Warning: could not send message for past 4 hours",
            text: """
                    **      THIS IS A WARNING MESSAGE ONLY      **

                <user@x.example>... Deferred: Connection timed out
                Will keep trying until message is 5 days old
                """,
            recipient: "user@x.example", kind: .other, isHard: nil),
        Report(
            mailer: "Exim warning", from: daemon, subject: "Warning: message 1abc delayed 24 hours",
            text: """
                A message that you sent has not yet been delivered to one or more of its
                recipients after more than 24 hours on the queue.

                  user@x.example

                No action is required on your part.
                """,
            recipient: "user@x.example", kind: .other, isHard: nil),
        Report(
            mailer: "Gmail warning", from: daemon, subject: "Delivery Status Notification (Delay)",
            text: """
                Delivery to the following recipient has been delayed:

                     user@x.example

                Message will be retried for 2 more day(s)
                """,
            recipient: "user@x.example", kind: .other, isHard: nil),
    ]

    @Test(arguments: reports) func `a report in plain words is understood`(report: Report) {
        let message = Sample.mail(from: report.from, to: "ana@ours.example", subject: report.subject, [], report.text)
        let found = Sample.classified(message)
        #expect(found.kind == report.kind, "\(found.why)")
        #expect(found.recipients == [report.recipient])
        #expect(found.isHard == report.isHard)
    }
}
