import Interchange
import Workspace

/// The files that `stoke init` writes: the smallest workspace that checks clean and shows every kind of file.
enum Samples {
    struct File {
        var path: String
        var text: String
    }

    static let files: [File] = [
        File(path: "stoke.yaml", text: settings), File(path: "qualification.yaml", text: qualification),
        File(path: "sequences/first.yaml", text: sequence), File(path: "templates/hello.md", text: hello),
        File(path: "templates/bump.md", text: bump), File(path: "templates/call.md", text: call),
        File(path: "signatures/me.md", text: "Your Name\nYour title\n"),
        File(path: "prospects/sample.csv", text: prospects),
        File(path: ".gitignore", text: ignored),
    ]

    /// What editors check the files by as they are written. They are the program's own, so `init` renews them.
    static var schemas: [File] {
        WorkspaceSchema.all.map { File(path: "schemas/\($0.fileName)", text: $0.schema.pretty + "\n") }
    }

    private static let ignored = ".stoke/\noutbox/\nprospects/\ntasks/\nsecrets/\n*.rejected.csv\n"

    private static let settings = """
        # yaml-language-server: $schema=schemas/stoke.schema.json
        # Who sends, when, how much. `maildir:outbox` mails nobody: every mail becomes a file there.
        home: any                        # with an SMTP server: the one machine that sends (see `hostname`)
        timezone: Europe/Berlin
        sender:
          company: Your Company
          postal_address: Street 1, 10115 City, Country    # stands in every mail; the law wants it
        people:
          me: {name: Your Name, timezone: Europe/Berlin, tasks: 40/day}
        calendar: {days: mon-fri, hours: 09:00-17:00}
        mailboxes:
          me:
            owner: me
            from: Your Name <you@company.example>
            signature: signatures/me.md
            smtp: maildir:outbox         # smtp://smtp.company.example:587 goes live
            imap: none                   # replies are recorded by hand: stoke touch
            daily_cap: 30
            gap: 90s

        """

    private static let qualification = """
        # yaml-language-server: $schema=schemas/qualification.schema.json
        # When people are cold, warm or hot, and what fits. Computed from touchpoints alone.
        intent:
          reply.positive: {points: 50, half_life: 30d, cap: 100}
          meeting: {points: 70, half_life: 60d}
        temperature: {warm: {enter: 20, leave: 12}, hot: {enter: 60, leave: 40}}

        """

    private static let sequence = """
        # yaml-language-server: $schema=../schemas/sequence.schema.json
        audience: any
        mailboxes: [me]
        steps:
          - id: hello
            email: hello
          - id: bump
            after: 3 business days
            email: bump
            thread: hello
          - id: call
            after: 2 business days
            call: call
            expire: 5d
        finish: {none: "no answer is an answer"}

        """

    private static let hello = """
        ---
        subject: {{ company.name | default: "Your" }} support: a question
        ---
        {Hi|Hello} {{ first_name | default: "there" }},

        one question: who looks after support at your place?

        """

    private static let bump = """
        Hi {{ first_name | default: "there" }}, did this reach you?

        """

    private static let call = """
        Ask: who answers support mail today, and how long does it take?

        """

    private static let prospects = """
        email,first_name,last_name,title,phone,company.name,timezone
        ann@fathom.example,Ann,Miller,COO,+1 512 555 0142,Fathom,America/Chicago

        """
}
