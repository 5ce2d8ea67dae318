/// One address a report says could not be reached.
package struct Failure: Sendable, Hashable {
    /// The address we wrote to: the original one where the report tells it, lower case.
    package var recipient: String
    /// The address it ended at, where the report says another.
    package var finalRecipient: String?
    /// The enhanced status code, `5.1.1`; `nil` where the report has none.
    package var status: String?
    /// What the server said.
    package var diagnostic: String
    /// Why.
    package var reason: BounceReason
    /// Whether the address is no use any more: nobody, nowhere, moved away. Never for 4.x.x, 5.2.2 and 5.7.x.
    package var isHard: Bool
}

extension Failure {
    /// The failure with second thoughts: a report whose own words say "full" or "blocked" is not about the address.
    func doubted(by text: String) -> Failure {
        guard isHard, !text.isEmpty else { return self }
        let other = BounceReason.judged(status: nil, said: FoldedText(text))
        guard other == .mailboxFull || other == .blocked || other == .content else { return self }
        var doubted = self
        doubted.isHard = false
        return doubted
    }

    /// A failure whose reason and finality are judged from its status and words.
    static func judged(
        recipient: String, final: String? = nil, status: String?, diagnostic: String, context: String = ""
    ) -> Failure {
        let reason = BounceReason.judged(status: status, said: FoldedText(Diagnostic.telling(diagnostic)))
        return Failure(
            recipient: recipient, finalRecipient: final, status: status, diagnostic: diagnostic, reason: reason,
            isHard: reason.isAboutTheAddress && Diagnostic.isFinal(status: status, diagnostic + " " + context))
    }
}
