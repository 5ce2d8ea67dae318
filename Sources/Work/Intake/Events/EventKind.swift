package import Outreach

/// What other tools call the things that happen.
package enum EventKind {
    /// The kind of touchpoint that a name means: of another tool's words Stoke's own, else the name itself in the form
    /// of a kind; `nil` for what an import must not say.
    package static func read(_ name: String) -> TouchpointKind? {
        let squeezed = ProspectField.squeezed(name)
        if let known = names[squeezed] { return known }
        let parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false).map {
            FactName.make(String($0))
        }
        guard !parts.contains(nil) else { return nil }
        let kind = TouchpointKind(parts.compactMap { $0 }.joined(separator: "."))
        // Only people and rules decide these, by what is known here.
        let ours: [TouchpointKind] = [
            .disposition, .suppressed, .companyReply, "stage", "evidence", "temperature", "facts",
        ]
        return ours.contains(where: kind.isA) ? nil : kind
    }

    /// Where somebody comes from who is first heard of by such an event.
    static func source(_ kind: TouchpointKind) -> String {
        let sources: [(TouchpointKind, String)] = [
            ("form", "form"), ("page", "content"), ("webinar", "webinar"), ("event", "event"), ("ad", "ad"),
            (.meeting, "inbound"), (.reply, "inbound"),
        ]
        return sources.first { kind.isA($0.0) }?.1 ?? "list"
    }

    /// Stoke's own, and those of Instantly, lemlist, HubSpot, Calendly and the like, without case and signs.
    private static let names: [String: TouchpointKind] = Dictionary(
        TouchpointKind.standard.map { (ProspectField.squeezed($0.name), $0) }
            + words.flatMap { kind, words in words.split(separator: " ").map { (String($0), kind) } }
    ) { first, _ in first }

    private static let words: [(TouchpointKind, String)] = [
        (.emailSent, "sent emailssent delivered emaildelivered"),
        (.reply, "replied emailreplied emailsreplied replyreceived emailreply answered"),
        (.replyPositive, "interested leadinterested positivereply emailsinterested linkedininterested"),
        (.replyNegative, "notinterested leadnotinterested negativereply emailsnotinterested"),
        (.replyNeutral, "neutralreply leadneutral"),
        (.autoReply, "outofoffice autoreplyreceived leadoutofoffice ooo"),
        (.bounceHard, "bounced emailbounced emailsbounced hardbounce bounce hardbounced emailhardbounced"),
        (.bounceSoft, "softbounce softbounced emailsoftbounced"),
        (
            .optOut,
            "unsubscribed unsubscribe optedout leadunsubscribed emailsunsubscribed emailunsubscribed donotcontact"
        ),
        (.complaint, "spam spamreport spamcomplaint markedasspam complained"),
        (.meeting, "meetingbooked booked booking leadmeetingbooked inviteecreated meetingscheduled appointment"),
        (.linkedinConnected, "connected linkedininviteaccepted connectionaccepted"),
        (.linkedinReply, "linkedinreplied linkedinreply"),
        (.linkedinSent, "linkedininvitesent linkedininvited connectionsent"),
        (.callMade, "called calllogged call"), (.callConnected, "spoke"),
        (.leftCompany, "wrongperson leadwrongperson nolongerwiththecompany"),
        ("click", "clicked linkclicked emailclicked emailsclicked emaillinkclicked"),
        ("email.opened", "opened emailopened emailsopened"), ("form", "formsubmitted formsubmission"),
        ("page", "pageview visit pagevisited"), ("webinar.registered", "webinarregistration"),
        ("webinar.attended", "webinarattendance"),
    ]
}
