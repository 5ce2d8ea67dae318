package import Outreach

/// Holds in words.
package enum HoldText {
    /// `a fact is missing: industry`.
    package static func words(_ hold: Hold) -> String {
        let reason = reasons[hold.reason] ?? hold.reason.rawValue.split(separator: "_").joined(separator: " ")
        return hold.detail.isEmpty ? reason : "\(reason): \(hold.detail)"
    }

    private static let reasons: [Hold.Reason: String] = [
        .missingFact: "a fact is missing", .templateFailed: "the template failed", .tooLong: "the text is too long",
        .consent: "consent is needed", .noAddress: "no address", .late: "too late after an outage",
        .unknownDelivery: "delivery unknown", .refused: "the server refused it", .failed: "it failed",
        .noMailbox: "no mailbox", .neverOpen: "never open", .textChanged: "the text changed after approval",
        .approval: "waits for approval", .invalidAddress: "the address is invalid",
        .inbox: "the inbox could not be read",
    ]
}
