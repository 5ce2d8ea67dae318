import Messages
import Outreach
import Testing

@Suite struct `How long a LinkedIn text may be` {
    @Test func `an emoji counts twice, as LinkedIn counts it`() throws {
        let limit = try #require(LengthLimit(.connect, premium: false))
        let text = String(repeating: "a", count: 199)
        #expect(limit.hold(subject: nil, text: text + "a") == nil)
        #expect(limit.hold(subject: nil, text: text + "👋") == Hold(.tooLong, "connection note is 201/200 characters"))
        let premium = try #require(LengthLimit(.connect, premium: true))
        #expect(premium.hold(subject: nil, text: text + "👋") == nil)
    }

    @Test func `an InMail is held for its subject, too`() throws {
        let limit = try #require(LengthLimit(.inmail, premium: true))
        let subject = String(repeating: "s", count: 200)
        #expect(limit.hold(subject: subject, text: "Hi") == nil)
        #expect(
            limit.hold(subject: subject + "s", text: "Hi") == Hold(.tooLong, "InMail subject is 201/200 characters"))
        let body = String(repeating: "b", count: 1901)
        #expect(limit.hold(subject: "s", text: body) == Hold(.tooLong, "InMail is 1901/1900 characters"))
    }

    @Test func `what is only done has no text to measure`() {
        for action in [LinkedInAction.view, .follow, .like] { #expect(LengthLimit(action, premium: false) == nil) }
    }
}
