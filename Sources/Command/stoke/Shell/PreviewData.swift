import Interchange
import Messages
import Outreach
import Planning
import Reports

/// `preview --json`: what a step's message came to for one person.
struct PreviewData {
    /// Whose: an address, or the person's key, as commands take it.
    let person: String
    let sequence: String
    let step: String
    /// `email`, or what a person of ours is to do.
    let action: String
    /// The arm of an email that has several.
    var variant: String?
    /// Of a text that goes to LinkedIn: the most characters it takes.
    var limit: Int?
    /// To whom a test went.
    var sentTo: String?
    private var headers: (from: String, to: String, subject: String)?

    init(_ person: Person, _ sequence: String, _ step: Step) {
        self.person = person.email ?? person.key
        self.sequence = sequence
        self.step = step.id
        action = step.isEmail ? "email" : OutreachTask.Kind(step).rawValue
    }

    /// With the headers that an email goes out with.
    func on(_ page: MessagePage) -> PreviewData {
        var preview = self
        preview.headers = (page.from, page.to, page.subject)
        return preview
    }

    func json(_ rendering: Rendering) -> JSON {
        var members = JSONObject([
            ("person", .string(person)), ("sequence", .string(sequence)), ("step", .string(step)),
            ("action", .string(action)), ("variant", .text(variant.flatMap { $0.isEmpty ? nil : $0 })),
            ("from", .text(headers?.from)), ("to", .text(headers?.to)),
        ])
        for (name, value) in rendering.members { members[name] = value }
        if case .rendered(let rendered) = rendering {
            members["subject"] = .text(headers?.subject ?? rendered.subject)
            members["html"] = .text(rendered.html)
            members["length"] = limit == nil ? .null : .integer(LinkedInAction.length(of: rendered.text))
        } else {
            members["html"] = .null
            members["length"] = .null
        }
        members["limit"] = limit.map { .integer($0) } ?? .null
        members["sent_to"] = .text(sentTo)
        return .object(members)
    }
}

extension Rendering {
    /// What became of the message, why not, and what it says.
    var members: [(String, JSON)] {
        let (outcome, reason): (String, String?) =
            switch self {
            case .rendered: ("rendered", nil)
            case .hold(let hold): ("held", hold.detail)
            case .skip(let reason): ("left_out", reason)
            }
        let rendered: Rendered? = if case .rendered(let rendered) = self { rendered } else { nil }
        return [
            ("outcome", .string(outcome)), ("reason", .text(reason)), ("subject", .text(rendered?.subject)),
            ("preheader", .text(rendered?.preheader)), ("text", .text(rendered?.text)),
        ]
    }
}
