package import Diagnostics

// What a workspace must fulfil.
extension FindingCode {
    /// A step does not do exactly one thing.
    package static let stepAction = FindingCode(
        "step-action", summary: "a step does not do exactly one thing",
        page: """
            A step has one of `email`, `linkedin`, `call`, `task`, `branch` and `split`, or only a
            `wait`.
            """)

    /// Two steps have one id.
    package static let duplicateStep = FindingCode(
        "duplicate-step", summary: "two steps have one id",
        page: """
            Nobody gets a step id twice in one enrollment, so the second step would reach nobody.
            Give it an id of its own.
            """)

    /// A step leads back.
    package static let backwardJump = FindingCode(
        "backward-jump", summary: "a step leads back",
        page: """
            Every way through a sequence leads forward, so that every sequence ends and nobody
            gets a step twice. To try a task again use `retry`.
            """)

    /// No way leads to a step.
    package static let unreachableStep = FindingCode(
        "unreachable-step", summary: "no way leads to a step",
        page: """
            After a `branch` or `split`, people go on only at the steps it names. This one is
            named by none.
            """)

    /// A thread is no earlier email.
    package static let badThread = FindingCode(
        "bad-thread", summary: "a thread is no earlier email",
        page: """
            `thread` names an email step that comes before, in whose thread this one answers.
            """)

    /// A LinkedIn message may be due for a stranger.
    package static let unguardedMessage = FindingCode(
        "unguarded-message", .warning, summary: "a LinkedIn message may be due for a stranger",
        page: """
            LinkedIn lets you write to connections only. Where nobody is known to be one, the
            message is skipped and that is recorded; say `wait` or `when` to mean it.
            """)

    /// Calendars leave no window open.
    package static let neverOpen = FindingCode(
        "never-open", summary: "calendars leave no window open",
        page: """
            The workspace's calendar is narrowed by the mailbox's, the sequence's and the step's.
            Together they leave no moment of any week.
            """)

    /// People could not unsubscribe.
    package static let noWayOut = FindingCode(
        "no-way-out", summary: "people could not unsubscribe",
        page: """
            Every mail must offer a way out: an address tag of the mailbox (`mailto: true`), a
            one-click `url`, or both.
            """)

    /// A rule would make sales qualified leads.
    package static let weakGate = FindingCode(
        "weak-gate", summary: "a rule would make sales qualified leads",
        page: """
            An SQL is somebody a salesperson spoke with, with evidence for each field of the
            framework. No score can stand for that; thresholds belong to `mql`.
            """)

    /// People who are not ready have nowhere to go.
    package static let noNurture = FindingCode(
        "no-nurture", .warning, summary: "people who are not ready have nowhere to go",
        page: """
            Most leads are not ready yet, and most of those that nobody nurtures are lost. Name a
            sequence under `nurture:` for them, or let one take them in: `enroll_when: {stage: recycled}`.
            """)

    /// A step may have been renamed.
    package static let renamedStep = FindingCode(
        "renamed-step", .warning, summary: "a step may have been renamed",
        page: """
            A step's id is what people in flight are known by. Compared with what was applied, one
            step is gone and another one has its template: if it is the same step, say so with
            `was: OLD-ID`, and nobody gets it twice.
            """)

    /// It is not said which machine sends.
    package static let homeAnywhere = FindingCode(
        "home-anywhere", summary: "it is not said which machine sends",
        page: """
            Two copies of a workspace on two machines would mail people twice. With an SMTP
            server, `home` names the one machine that sends, reads and enrolls.
            """)

    /// Mail would cross a network without TLS.
    package static let plaintext = FindingCode(
        "plaintext", summary: "mail would cross a network without TLS",
        page: """
            `tls: none` is for a relay on this machine. For a private certificate use `ca_file`.
            """)

    /// A password stands in the file itself.
    package static let secretHere = FindingCode(
        "secret-here", summary: "a password stands in the file itself",
        page: """
            The files of a workspace are kept in git and copied about; a password in one of them
            is everybody's. Write it into a file of its own that git ignores (`password: {file:
            secrets/ana}`), or name a command, a credential or a variable. Then change the
            password at the provider.
            """)

    /// The file of a secret is not there.
    package static let secretMissing = FindingCode(
        "secret-missing", summary: "the file of a secret is not there",
        page: """
            The file holds the password and nothing else, readable by its owner only.
            """)

    /// Others may read a secret.
    package static let secretReadable = FindingCode(
        "secret-readable", summary: "others may read a secret",
        page: """
            A file with a password is for its owner only: `chmod 600 FILE`.
            """)

    /// Git tracks a secret.
    package static let secretTracked = FindingCode(
        "secret-tracked", summary: "git tracks a secret",
        page: """
            Whoever clones the workspace, now or from its history, has the password. Take it out
            of git, ignore it, and change it at the provider.
            """)

    /// A secret stands in the environment.
    package static let secretEnvironment = FindingCode(
        "secret-environment", .warning, summary: "a secret stands in the environment",
        page: """
            Environment variables are inherited by children and shown by other tools. `file`,
            `command` and `credential` keep a secret closer.
            """)

    static let workspaceRules: [FindingCode] = [
        .stepAction, .duplicateStep, .backwardJump, .unreachableStep, .badThread, .unguardedMessage,
        .neverOpen, .noWayOut, .weakGate, .noNurture, .renamedStep, .homeAnywhere, .plaintext,
        .secretHere, .secretMissing, .secretReadable, .secretTracked, .secretEnvironment,
    ]
}
