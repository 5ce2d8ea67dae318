extension OutreachTask.Kind {
    /// The channel that the task is done on.
    package var channel: Channel {
        switch self {
        case .connect, .connectNote, .message, .inmail, .view, .follow, .like, .comment: .linkedin
        case .call: .call
        case .other, .approve, .answer: .other
        }
    }

    /// Whether it writes to the person: an invitation or a message, not a look at their page.
    package var isWritten: Bool {
        switch self {
        case .connect, .connectNote, .message, .inmail: true
        case .view, .follow, .like, .comment, .call, .other, .approve, .answer: false
        }
    }
}

extension TouchpointKind {
    /// What kind of fact a task's outcome is: one rule for tasks done by hand and for those of a simulation.
    package init(of task: OutreachTask.Kind, outcome: String) {
        switch (task, outcome) {
        case (_, "meeting"): self = .meeting
        case (.answer, _): self = .disposition
        case (.call, "connected"): self = .callConnected
        case (.call, _): self = .callMade
        case (_, "already_connected"), (_, "accepted"): self = .linkedinConnected
        case (_, "not_found"): self = .taskDone
        default: self = task.isWritten ? .linkedinSent : .taskDone
        }
    }
}
