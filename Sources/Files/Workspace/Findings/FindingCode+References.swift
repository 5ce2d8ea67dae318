package import Diagnostics

// What one file says of another.
extension FindingCode {
    /// A file that another one names is not there.
    package static let missingFile = FindingCode(
        "missing-file", summary: "a file that another one names is not there",
        page: """
            The path is relative to the workspace. Signatures are in `signatures/`, calendars in
            `calendars/`, templates in `templates/`.
            """)

    /// A path leads out of the workspace.
    package static let pathOutside = FindingCode(
        "path-outside", summary: "a path leads out of the workspace",
        page: """
            What a workspace names is in its folder, so that a copy of the folder is the whole
            workspace.
            """)

    /// A link in one of the workspace's folders is not followed.
    package static let leftOut = FindingCode(
        "left-out", .warning, summary: "something in the workspace's folders is not read",
        page: """
            `templates/`, `sequences/`, `signatures/`, `calendars/` and `prospects/` may be links to folders
            elsewhere. Inside of them a link may lead to a file of the same folder; one that leads out of it,
            to a folder or nowhere is left out, so that a pulled change cannot mail a file of this machine.
            """)

    /// Two templates have one name.
    package static let duplicateTemplate = FindingCode(
        "duplicate-template", summary: "two templates have one name",
        page: """
            A template is named by its file without the ending. Only `NAME.html` and its plain
            twin `NAME.txt` go together.
            """)

    /// There is no such template.
    package static let unknownTemplate = FindingCode(
        "unknown-template", summary: "there is no such template",
        page: """
            A step names a template by its file in `templates/` without the ending: `intro` is
            `templates/intro.md`, `.txt` or `.html`.
            """)

    /// No sequence uses a template.
    package static let unusedTemplate = FindingCode(
        "unused-template", .warning, summary: "no sequence uses a template",
        page: """
            It may be a leftover, or the step that should use it names another one.
            """)

    /// There is no such person of ours.
    package static let unknownOwner = FindingCode(
        "unknown-owner", summary: "there is no such person of ours",
        page: """
            The owner of a mailbox stands under `people:` in `stoke.yaml`: tasks go to them, and
            mails come from them.
            """)

    /// There is no such mailbox.
    package static let unknownMailbox = FindingCode(
        "unknown-mailbox", summary: "there is no such mailbox",
        page: """
            A sequence names mailboxes of `stoke.yaml`.
            """)

    /// There is no such sequence.
    package static let unknownSequence = FindingCode(
        "unknown-sequence", summary: "there is no such sequence",
        page: """
            A sequence is named by its file in `sequences/` without the ending. A sequence cannot
            lead into itself.
            """)

    /// There is no such ICP.
    package static let unknownICP = FindingCode(
        "unknown-icp", summary: "there is no such ICP",
        page: """
            The audience of a sequence is an ICP under `icps:` in `qualification.yaml`, or `any`.
            """)

    /// There is no such step.
    package static let unknownStep = FindingCode(
        "unknown-step", summary: "there is no such step",
        page: """
            Steps are named by their ids, within one sequence. `next` goes on, `stop` ends. `was`
            names an id that is gone.
            """)

    /// A task never comes to this outcome.
    package static let unknownOutcome = FindingCode(
        "unknown-outcome", summary: "a task never comes to this outcome",
        page: """
            What a person may report of a task is listed under `outcomes:` in `stoke.yaml`, by
            channel. A rule for another outcome would never apply.
            """)

    static let workspaceReferences: [FindingCode] = [
        .missingFile, .pathOutside, .leftOut, .duplicateTemplate, .unknownTemplate, .unusedTemplate,
        .unknownOwner, .unknownMailbox, .unknownSequence, .unknownICP, .unknownStep, .unknownOutcome,
    ]
}
