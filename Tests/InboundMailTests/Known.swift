import InboundMail
import MIME

/// What a ledger would answer in tests: messages by the names they can be asked by.
struct Known {
    var ids: [String: String] = [:]
    var providerIDs: [String: String] = [:]
    var tokens: [String: String] = [:]
    var people: [String: String] = [:]
    var companies: [String: String] = [:]

    /// Ana wrote two steps to Ann, and one of another sequence; Ann answers from a second address, too.
    static let ana = Known(
        ids: [
            "m1.abcdefghijkl@ours.example": "step 1", "m3.abcdefghijkl@ours.example": "step 3",
            "n1.abcdefghijkl@ours.example": "other sequence",
        ],
        providerIDs: ["0100018f-5d2e-000000": "step 1"], tokens: ["Tok3n": "step 3"],
        people: ["ann@example.com": "step 3", "ann.private@mail.example": "step 3", "bob@gmail.com": "bob"],
        companies: ["example.com": "step 3", "gmail.com": "bob"])

    func understand(_ message: ParsedMessage) -> Understanding<String> {
        InboundMail.understand(message, Sample.classified(message), correspondence)
    }

    private var correspondence: Correspondence<String, Never> {
        Correspondence(
            ours: ["ana@ours.example"], sent: { ids[$0] }, sentByProviderID: { providerIDs[$0] }, token: { tokens[$0] },
            person: { people[$0] }, company: { companies[$0] })
    }
}

extension Match where Sent == String {
    /// `strong step 1 by thread`, and so on, to compare in tests.
    var summary: String {
        switch self {
        case .strong(let sent, let evidence): "strong \(sent) by \(evidence.rawValue)"
        case .weak(let sent, let evidence): "weak \(sent) by \(evidence.rawValue)"
        case .colleague(let sent, let domain): "colleague \(sent) at \(domain)"
        case .ours(let readers): "ours to \(readers.joined(separator: " "))"
        case .nobody: "nobody"
        }
    }
}
