"""Planning: a turn costs what is due, not what is stored; a turn with nothing due costs next to nothing."""
import os, tempfile
from stand import programs, servers
from stand.measure import ROUNDS, Timed, figures, note, ratios, show, turns
from stand.workspace import FILES, Workspace, enrolled
from delivery import Due, PEOPLE

IDLE_RUNS = 40


def small_and_large(folder, smtp="maildir:outbox"):
    """Two workspaces that differ in how many are enrolled."""
    return [enrolled(os.path.join(folder, str(count)), count, smtp) for count in (10_000, PEOPLE)]


def due():
    """Whole turns: 1,000 due among ten thousand and a million, and what a message costs where more are due."""
    with tempfile.TemporaryDirectory() as folder, servers.sink() as port:
        small, large = (Due(workspace) for workspace in small_and_large(folder, f"smtp://127.0.0.1:{port}"))
        few, many = turns(lambda: small.send(1000), lambda: large.send(1000))
        growth = ratios(seconds(many), seconds(few))
        show(f"turn with 1000 due, at {PEOPLE} of at 10000", growth, most=1.6)
        less, more = turns(lambda: large.send(1000), lambda: large.send(10_000))
        a_message = [time / 10_000 * 1e6 for time in seconds(more)]
        note(f"10000 due: {sorted(a_message)[len(a_message) // 2]:.0f} us a message")
        show("us a message at 10000 due of those at 1000", ratios(a_message, [t / 1000 * 1e6 for t in seconds(less)]), most=1.2)


def seconds(runs):
    return [run.seconds for run in runs]


def idle():
    """`stoke run` with nothing due, next to a C program that opens the ledger and asks one indexed question."""
    question = programs.compiled("question", "-lsqlite3")
    with tempfile.TemporaryDirectory() as folder:
        small, large = small_and_large(folder)
        for workspace in (small, large):
            workspace.make_due(2, 0)
            workspace("run")

        def several(run):
            return sum(run().seconds for _ in range(IDLE_RUNS)) / IDLE_RUNS

        ours, theirs, ours_small = turns(
            lambda: several(lambda: large("run")), lambda: several(lambda: Timed([question, large.ledger])),
            lambda: several(lambda: small("run")))
        note(f"idle turn: {sorted(ours)[ROUNDS // 2] * 1000:.2f} ms; question: {sorted(theirs)[ROUNDS // 2] * 1000:.2f} ms")
        show("turn with nothing due, of a C program's one question", ratios(ours, theirs), most=14)
        show(f"turn with nothing due, at {PEOPLE} of at 10000", ratios(ours, ours_small), most=1.3)


def ticks():
    """The decisions alone, without rendering and sending: 1,000 due among ten thousand and a million."""
    program = programs.swift("TickBenchmark")
    said = Timed([program, "10000", str(PEOPLE), str(ROUNDS)]).said
    show(f"decisions with 1000 due, at {PEOPLE} of at 10000", figures(r"growth from \d+: ([\d.]+)", said), most=1.6)
    show(f"decisions with nothing due, at {PEOPLE} of at 10000", figures(r"nothing due ([\d.]+)", said), most=1.3)


# Five mails and two tasks in seven weeks.
LONG = dict(FILES, **{"sequences/outreach.yaml": """\
audience: any
mailboxes: [ana]
timezone: workspace
steps:
  - {{id: intro, email: intro}}
  - {{id: look, after: 3 days, linkedin: view}}
  - {{id: bump, after: 7 days, email: intro}}
  - {{id: call, after: 7 days, call: intro}}
  - {{id: third, after: 10 days, email: intro}}
  - {{id: fourth, after: 10 days, email: intro}}
  - {{id: last, after: 10 days, email: intro}}
finish: {{none: "a benchmark"}}
"""})


def simulate():
    """Sixty days of a hundred thousand people, whom no cap holds back: five mails and two tasks each."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(os.path.join(folder, "workspace"), files=LONG)
        workspace.enroll(100_000)
        with workspace.database() as db:
            db.execute("UPDATE enrollment SET queue=2, mailbox=NULL, wake_at=enrolled_at")
        runs = [workspace("simulate", "--days", "60") for _ in range(ROUNDS)]
        note("; ".join(runs[-1].said.strip().splitlines()[:4]))
        show("simulate --days 60 of 100000 people, no caps", seconds(runs), most=60, unit=" s", digits=1)
        show("its peak of memory", [run.peak for run in runs], most=1000, unit=" MB", digits=0)
