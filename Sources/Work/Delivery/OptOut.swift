package import Digest
package import Outreach

/// The ways out that one person's messages name.
package struct OptOut: Sendable {
    /// The ledger's row, signed; it tells nobody who it is.
    let token: String
    /// The one-click address, where the workspace has one.
    package let url: String?

    /// The person's token.
    package static func token(_ person: Person.ID, _ signer: TokenSigner) -> String {
        signer.sign(Array(String(person.row).utf8), purpose: "opt-out")
    }

    /// The person whom a token names; `nil` for a text that this ledger did not sign.
    package static func person(ofToken token: String, _ signer: TokenSigner) -> Person.ID? {
        signer.verify(token, purpose: "opt-out").flatMap { Int(String(decoding: $0, as: UTF8.self)) }.map(
            Person.ID.init)
    }
}

/// Makes people's ways out, as the workspace wants them.
package struct OptOuts: Sendable {
    private let signer: TokenSigner
    /// Whether a mail to the sender is one of them.
    let byMail: Bool
    /// What stands around the token in the one-click address.
    private let url: [String]?

    /// `signer` has the ledger's own key.
    package init(_ settings: Settings, _ signer: TokenSigner) {
        self.signer = signer
        byMail = settings.unsubscribe.mailto
        url = settings.unsubscribe.url.map {
            $0.split(separator: "{token}", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// The person's; `nil` where the workspace has none.
    package func of(_ person: Person) -> OptOut? {
        guard byMail || url != nil else { return nil }
        let token = OptOut.token(person.id, signer)
        return OptOut(token: token, url: url?.joined(separator: token))
    }

    /// What stands for a person's one-click address in a test.
    package var testURL: String? { url?.joined(separator: "test") }
}
