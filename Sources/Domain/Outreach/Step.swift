package import CivilTime
package import Facts

/// One planned touch, or a fork in the way.
package struct Step: Sendable, Hashable {
    /// What the step does.
    package enum Kind: Sendable, Hashable {
        /// Stoke sends one of these variants.
        case email([Variant])
        /// A person does this on LinkedIn; `view`, `follow` and `like` have no template.
        case linkedin(LinkedInAction, template: String?)
        /// A person calls; the template is the script.
        case call(template: String)
        /// Any other manual touch.
        case task(template: String)
        /// Goes on at one of two steps.
        case branch(Criteria, then: String, else: String)
        /// Goes on at one of several steps, by weight and a stable hash.
        case split([Weighted])
        /// Only waits (the step has a `wait` and nothing else).
        case pause
    }

    /// A template that competes with others for the same step.
    package struct Variant: Sendable, Hashable {
        /// `a`, `b`; the template's own name where there is only one.
        package var arm: String
        /// Its name in `templates/`, without the ending.
        package var template: String
        package init(arm: String, template: String) {
            self.arm = arm
            self.template = template
        }
    }

    /// One way out of a split.
    package struct Weighted: Sendable, Hashable {
        /// The id of the step it leads to.
        package var step: String
        /// Relative to the sum of all.
        package var weight: Int
        package init(step: String, weight: Int) {
            self.step = step
            self.weight = weight
        }
    }

    /// Waits for something to become true, with a way out.
    package struct Wait: Sendable, Hashable {
        /// What it waits for.
        package var condition: Criteria
        /// Counted from the previous step's completion.
        package var atMost: Delay
        /// Where it goes on when the time is up.
        package var otherwise: Onward
        package init(condition: Criteria, atMost: Delay, otherwise: Onward) {
            self.condition = condition
            self.atMost = atMost
            self.otherwise = otherwise
        }
    }

    /// Where the way goes on after an outcome or an expiry.
    package enum Onward: Sendable, Hashable {
        /// The next step in the file.
        case next
        /// The sequence ends for this person.
        case stop
        /// A later step.
        case step(String)
        /// The same step once more after a delay, at most so many times, then the next.
        case retry(times: Int, after: Delay)
    }

    package var id: String
    /// The id it had before it was renamed.
    package var was: String?
    /// What is done.
    package var kind: Kind
    /// From the previous step's completion; `nil`: in the same tick.
    package var after: Delay?
    /// Judged when due; a step whose condition does not hold is skipped.
    package var when: Criteria?
    /// What it waits for besides the delay; `nil`: nothing.
    package var wait: Wait?
    /// The email step whose thread this one answers in.
    package var thread: String?
    /// How long an open task waits before it expires.
    package var expire: Delay?
    /// Where the way goes on when its task expires.
    package var onExpire: Onward
    /// What each outcome of the task leads to; unnamed ones lead to the next step.
    package var outcomes: [Outcome]
    /// A person approves the rendered message first.
    package var review: Bool
    /// The sequence goes on while the task is open.
    package var parallel: Bool
    /// Narrows the sequence's calendar.
    package var calendar: BusinessCalendar?

    /// An outcome that a person may report, and where it leads.
    package struct Outcome: Sendable, Hashable {
        /// The word that a person chooses: `voicemail`.
        package var name: String
        /// Where the way goes on then.
        package var onward: Onward
        package init(name: String, onward: Onward) {
            self.name = name
            self.onward = onward
        }
    }

    package init(
        id: String, was: String? = nil, kind: Kind, after: Delay? = nil, when: Criteria? = nil, wait: Wait? = nil,
        thread: String? = nil, expire: Delay? = nil, onExpire: Onward = .next, outcomes: [Outcome] = [],
        review: Bool = false, parallel: Bool = false, calendar: BusinessCalendar? = nil
    ) {
        self.id = id
        self.was = was
        self.kind = kind
        self.after = after
        self.when = when
        self.wait = wait
        self.thread = thread
        self.expire = expire
        self.onExpire = onExpire
        self.outcomes = outcomes
        self.review = review
        self.parallel = parallel
        self.calendar = calendar
    }

    /// Whether a person has to do it.
    package var isManual: Bool {
        switch kind {
        case .linkedin, .call, .task: true
        case .email, .branch, .split, .pause: false
        }
    }

    /// The channel it touches, if it touches anybody.
    package var channel: Channel? {
        switch kind {
        case .email: .email
        case .linkedin: .linkedin
        case .call: .call
        case .task: .other
        case .branch, .split, .pause: nil
        }
    }

    /// The templates it may render.
    package var templates: [String] {
        switch kind {
        case .email(let variants): variants.map(\.template)
        case .linkedin(_, let template): template.map { [$0] } ?? []
        case .call(let template), .task(let template): [template]
        case .branch, .split, .pause: []
        }
    }
}

/// What can be done on LinkedIn by hand.
package enum LinkedInAction: String, Sendable, Hashable, CaseIterable {
    case connect, message, inmail, view, follow, like, comment

    /// How LinkedIn counts a text's characters: an emoji of two UTF-16 units is two.
    package static func length(of text: String) -> Int { text.utf16.count }
}

/// A way to reach somebody.
package enum Channel: String, Sendable, Hashable, CaseIterable {
    case email, linkedin, call, other
}
