package import Facts

extension FactCatalogue {
    /// What criteria may ask for: the person's and the company's facts, and what Stoke itself knows.
    package static var criteria: FactCatalogue {
        var catalogue = person
        catalogue.add("temperature", .word(Temperature.allCases.map(\.rawValue)))
        catalogue.add("stage", .word(Stage.allCases.map(\.rawValue)))
        catalogue.add("fit", .number)
        catalogue.add("intent", .number)
        catalogue.add("replied", .flag)
        catalogue.add("linkedin.connected", .flag)
        catalogue.touchpoints = TouchpointKind.standard.map(\.name)
        return catalogue
    }
}

extension TouchpointKind {
    /// The kinds that Stoke itself records or knows how to take; imports may bring others.
    package static let standard: [TouchpointKind] = [
        .emailSent, .linkedinSent, .callMade, .taskDone, .emailByHand, .reply, .replyPositive, .replyNeutral,
        .replyNegative, .companyReply, .autoReply, .linkedinConnected, .linkedinReply, .callConnected, .meeting,
        .bounceHard, .bounceSoft, .optOut, .complaint, .leftCompany, "click", "form.download", "form.demo",
        "form.contact", "page.pricing", "webinar.registered", "webinar.attended", "event.visited", "ad.clicked",
    ]
}
