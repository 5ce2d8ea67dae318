package import Diagnostics

extension FindingCode {
    /// A list with two outcomes for one task.
    package static let taskTwoTicks = FindingCode(
        "task-two-ticks", summary: "a task has two outcomes",
        page: """
            One task has one outcome. The list has two different boxes ticked, or two rows filled in, for the same code;
            neither is recorded. Leave one and run `stoke tasks sync` again; what was recorded before is not recorded
            twice.
            """)

    /// An outcome that the task does not know.
    package static let taskOutcome = FindingCode(
        "task-outcome", summary: "the outcome is not one of the task's",
        page: """
            Each task lists the outcomes that may be reported; they come from the step's `outcomes` or from `outcomes` in
            `stoke.yaml`. Use one of those, or add the new one there and apply it.
            """)

    /// A task that is not open.
    package static let taskGone = FindingCode(
        "task-gone", .warning, summary: "the task is not open any more",
        page: """
            The list names a task that was done with another outcome, skipped, cancelled or has expired since the list was
            written, or that never was. Nothing is recorded for it. `stoke tasks` shows what is open now.
            """)

    /// An approval of a text that has changed since.
    package static let taskTextChanged = FindingCode(
        "task-text-changed", summary: "the email is not the one that the list shows",
        page: """
            An approval holds for exactly the text that somebody read. Since the list was written, the template, the
            person's facts or an edit changed this email, so the tick approves nothing. `stoke tasks show CODE` has the
            text of now; approve that with `stoke tasks done CODE`, or write the list again.
            """)

    /// A code that fits more than one open task.
    package static let taskAmbiguous = FindingCode(
        "task-ambiguous", summary: "the code fits several open tasks",
        page: """
            A code is the beginning of a longer name. Two open tasks begin with these letters; `stoke tasks` shows as many
            letters as it takes to tell them apart.
            """)

    /// A CSV list without its columns.
    package static let taskSheetColumns = FindingCode(
        "task-sheet-columns", summary: "the file is not a task list",
        page: """
            `stoke tasks sync` reads the CSV that `stoke tasks --format csv` writes: its first row names the columns,
            `code` and `outcome` among them, in any order.
            """)

    /// Every code of this target, for the findings reference.
    package static let reports: [FindingCode] = [
        .taskTwoTicks, .taskOutcome, .taskTextChanged, .taskGone, .taskAmbiguous, .taskSheetColumns,
    ]
}
