import MIME

/// Calendar messages (RFC 5546 by mail, RFC 6047).
enum Invitation {
    static func read(_ message: ParsedMessage) -> Classification? {
        guard let event = message.calendars.first(where: { methods.contains($0.method) }) else { return nil }
        let from = Addresses.first(in: message.header["from"] ?? "")
        let attendee =
            event.attendees.first { $0.address.lowercased() == from }
            ?? (event.attendees.count == 1 ? event.attendees.first : nil)
        let answer = event.method == "REPLY" || event.method == "COUNTER" ? attendee?.participation ?? "" : ""
        var calendar = Classification(
            .calendar, reason: (answer.isEmpty ? event.method : answer).lowercased(),
            why: ["a calendar \(event.method)"])
        calendar.meeting = Meeting(
            method: event.method, uid: event.uid, participation: answer,
            isOn: event.method == "REQUEST" || event.method == "REPLY" && answer == "ACCEPTED")
        return calendar
    }

    private static let methods: Set<String> = [
        "REQUEST", "REPLY", "COUNTER", "DECLINECOUNTER", "CANCEL", "ADD", "REFRESH",
    ]
}
