/// What the ledger can be asked, so that matching a message needs no ledger.
///
/// `Sent` is whatever the caller knows a sent message and its person by.
package struct Correspondence<Sent: Sendable, Failure: Error> {
    /// Our own addresses, lower case: mailboxes and what they answer to.
    package var ours: Set<String>
    /// The message we sent under an id, angle brackets left out.
    package var sent: (String) throws(Failure) -> Sent?
    /// The message a provider took under an id of its own, as its 250 reply named it.
    package var sentByProviderID: (String) throws(Failure) -> Sent?
    /// The message a signed token in an address stands for; `nil` for a forged one.
    package var token: (String) throws(Failure) -> Sent?
    /// The last message sent to the person of an address or of an alias known for them.
    package var person: (String) throws(Failure) -> Sent?
    /// The last message sent to anybody at a registrable domain.
    package var company: (String) throws(Failure) -> Sent?

    package init(
        ours: Set<String>, sent: @escaping (String) throws(Failure) -> Sent?,
        sentByProviderID: @escaping (String) throws(Failure) -> Sent?,
        token: @escaping (String) throws(Failure) -> Sent?, person: @escaping (String) throws(Failure) -> Sent?,
        company: @escaping (String) throws(Failure) -> Sent?
    ) {
        self.ours = ours
        self.sent = sent
        self.sentByProviderID = sentByProviderID
        self.token = token
        self.person = person
        self.company = company
    }
}
