import Facts
package import CivilTime
package import Outreach

/// Everything a decision depends on besides the ledger: the model, the moment, and three questions to other rooms.
package struct Circumstances {
    /// As applied, with the winners that experiments keep.
    package let model: Model
    /// The tick's instant; every decision of the tick is made as of now.
    package let now: Instant
    /// The zone of a name from a person's record; `nil` for an unknown name.
    package let zone: (String) -> Zone?
    /// Temperature, stage, fit and intent of a person, for criteria.
    package let standing: (History) -> Standing
    /// Renders a draft: the only way a template can hold a message and so free a slot.
    package let ready: (Draft) -> Readiness
    /// Mailboxes whose follow-ups wait because their inbox could not be read, with the reason.
    package let unread: [String: String]

    package init(
        model: Model, now: Instant, zone: @escaping (String) -> Zone?,
        standing: @escaping (History) -> Standing, ready: @escaping (Draft) -> Readiness,
        unread: [String: String] = [:]
    ) {
        self.model = model
        self.now = now
        self.zone = zone
        self.standing = standing
        self.ready = ready
        self.unread = unread
    }

    /// The zone on a person's record, else their company's, else the workspace's.
    ///
    /// A name that no zone has counts as none; `import` says so and guesses from state and country.
    package func zone(of person: Person) -> Zone {
        for path in [["timezone"], ["company", "timezone"]] {
            if let zone = person.facts[path: path]?.plainText.flatMap(zone) { return zone }
        }
        return model.settings.timezone
    }

    /// When a delay that began at `since` is over, on cron's turns; `nil` where nothing opens for two years.
    ///
    /// A date's moment falls on the turn at or before it: what is due after the day's last turn would else wait for
    /// the next day. Elapsed time is never cut short; where no turn is left in the window, it goes on in the next.
    func end(of delay: Delay?, since: Instant, fraction: Double, _ windows: Windows) -> Instant? {
        guard let moment = windows.end(of: delay, since: since, fraction: fraction) else { return nil }
        switch delay {
        case .days, .businessDays:
            let turn = turn(atOrBefore: moment)
            let isSameDay = windows.zone.date(at: turn) == windows.zone.date(at: moment)
            return turn >= since && isSameDay && windows.isOpen(at: turn) ? turn : moment
        case .elapsed, nil:
            let turn = turn(atOrAfter: moment)
            return windows.isOpen(at: turn) ? moment : windows.nextOpen(atOrAfter: turn)
        }
    }

    /// The last of cron's turns at or before a moment.
    func turn(atOrBefore moment: Instant) -> Instant {
        let every = max(model.settings.every, 1)
        return Instant(moment.seconds / every * every)
    }

    /// The first of cron's turns at or after a moment.
    func turn(atOrAfter moment: Instant) -> Instant {
        let every = max(model.settings.every, 1)
        return Instant((moment.seconds + every - 1) / every * every)
    }
}
