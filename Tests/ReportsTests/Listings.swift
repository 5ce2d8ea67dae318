import CivilTime
import Outreach
import Reports

/// Task lists that the tests of this target share.
enum Listings {
    static let berlin = Zone(name: "Europe/Berlin", fixed: ZoneOffset(seconds: 3600, abbreviation: "CET"))
    static let chicago = Zone(name: "America/Chicago", fixed: ZoneOffset(seconds: -5 * 3600, abbreviation: "CDT"))
    /// Thu 2026-03-12 09:00 in Berlin.
    static let now = Instant("2026-03-12T09:00:00+01:00") ?? .distantPast

    static func code(_ person: String, _ step: String) -> TaskCode {
        TaskCode(person: person, sequence: "founders", round: 1, step: step)
    }

    static let connect = TaskListing.Item(
        subject: .task(1), personID: .init(1), code: code("jonas@nordlicht.example", "connect"), group: .linkedin,
        action: "connect", owner: "ana",
        person: "Jonas Weber", title: "CTO", company: "Nordlicht", due: now - 300, sequence: "founders",
        step: "connect", text: "Hi Jonas, your talk on onboarding stayed with me. Glad to connect.", limit: 200,
        zone: berlin, link: "https://www.linkedin.com/in/jonas-weber", context: "10 Mar mailed, no reply",
        history: ["10 Mar 10:02  mailed: Nordlicht onboarding: a question"],
        outcomes: ["sent", "not_found", "already_connected"])

    static let call = TaskListing.Item(
        subject: .task(2), personID: .init(2), code: code("maya@fathom.example", "call"), group: .calls, action: "call",
        owner: "ana", person: "Maya Chen",
        title: "COO", company: "Fathom", due: now - 300, sequence: "founders", step: "call",
        text: "Ask how they onboard today.\nListen for: time, tools, who decides.",
        window: (now + 6 * 3600)..<(now + 8 * 3600), zone: chicago, phone: "+1 512 555 0142",
        context: "9 Mar mailed, no reply", history: ["6 Mar 15:40  mailed: Fathom onboarding: a question"],
        outcomes: ["connected", "voicemail", "no_answer", "wrong_number", "call_back", "meeting"])

    static let two = TaskListing(
        owner: "ana", now: now, zone: berlin, lastRun: .init(at: now - 300, isFine: true),
        quotas: [.init(name: "invites", used: 61, limit: 80, period: "week")], items: [call, connect])
}

extension Listings {
    private static let names = [
        "Jonas Weber", "Maya Chen", "Zoë Müller", "山田 太郎", "Óscar Núñez de la Peña-Rodríguez", "Li Na", "Ada",
    ]
    private static let companies = ["Nordlicht", "Fathom", "東京データ株式会社", "Acme Worldwide Logistics Holding", "Q"]

    /// A full day: every group, names of every width, late ones among them.
    static func many(_ count: Int) -> TaskListing {
        let items = (0..<count).map { index -> TaskListing.Item in
            var item = index % 3 == 0 ? call : connect
            item.person = names[index % names.count]
            item.company = companies[index % companies.count]
            item.code = code("person\(index)@example.com", item.action)
            item.due = now - (index % 5) * 86_400
            if index % 3 == 0, index % 4 == 0 { item.window = nil }
            if index % 3 == 1 {
                item.group = TaskListing.Group.allCases[index % 4]
                item.action = ["answer", "approve", "held", "accepted?"][index % 4]
                item.context =
                    ["answered: “can you send prices?”", "bump", "missing_fact: industry", "asked 9 Mar"][index % 4]
            }
            return item
        }
        return TaskListing(owner: "ana", now: now, zone: berlin, quotas: two.quotas, items: items)
    }
}
