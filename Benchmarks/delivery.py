"""Delivery: how fast what is due leaves, next to smtp-source; what durability and distance cost; memory."""
import os, shutil, tempfile
from stand import programs, servers, source
from stand.measure import ROUNDS, Timed, figure, note, ratios, show, turns
from stand.workspace import enrolled

DUE = int(os.environ.get("DUE", "10000"))
PEOPLE = int(os.environ.get("PEOPLE", "1000000"))
FAR_DUE = int(os.environ.get("FAR_DUE", "2400"))


class Due:
    """Turns that each send to people who were not due before."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.next = 2

    def send(self, count, **options):
        """Makes `count` people due and sends to them; how the run ended."""
        self.workspace.make_due(self.next, count)
        self.next += count
        before = self.workspace.sent()
        ended = self.workspace("run", **options)
        sent = self.workspace.sent() - before
        if sent != count:
            raise SystemExit(f"{sent} of {count} were sent: {ended.said}")
        return ended


def message(workspace, folder):
    """The message of a person, as a file for smtp-source."""
    path = os.path.join(folder, "message.eml")
    workspace("preview", "ann1@c1.example", "intro", "--eml", path)
    return path


def rates(name, runs, count):
    """How many messages a second, the whole process long."""
    seconds = sorted(run.seconds for run in runs)
    note(f"{name}: {count / seconds[len(seconds) // 2]:,.0f} messages/s")


def injection():
    """10,000 due of a million enrolled, whole `stoke run`, next to smtp-source with the same message and sessions."""
    with tempfile.TemporaryDirectory() as folder, servers.sink() as port:
        workspace = enrolled(os.path.join(folder, "workspace"), PEOPLE)
        file, due, peaks = message(workspace, folder), Due(workspace), []
        for connections, least in [(16, 0.45), (4, None)]:
            workspace.write(f"smtp://127.0.0.1:{port}", connections=connections)
            ours, theirs = turns(
                lambda: due.send(DUE), lambda: source.send(port, file, DUE, connections))
            rates(f"stoke run, {connections} connections", ours, DUE)
            rates(f"smtp-source, {connections} sessions", theirs, DUE)
            show(f"injection over {connections} connections, of smtp-source", pace(theirs, ours), least=least)
            peaks += [run.peak for run in ours]
        show(f"peak of memory, {DUE} due of {PEOPLE}", peaks, most=100, unit=" MB", digits=0)


def pace(reference, measured):
    """The reference's time over the other's: how many times as fast it was."""
    return ratios([run.seconds for run in reference], [run.seconds for run in measured])


def durability():
    """The same with every fsync left out: what it costs that nothing is forgotten."""
    unsynced = programs.compiled("unsynced", "-shared", "-fPIC")
    with tempfile.TemporaryDirectory() as folder, servers.sink() as port:
        workspace = enrolled(os.path.join(folder, "workspace"), PEOPLE, f"smtp://127.0.0.1:{port}")
        due = Due(workspace)
        full, off = turns(lambda: due.send(DUE), lambda: due.send(DUE, preload=unsynced))
        rates("durable", full, DUE)
        rates("not durable", off, DUE)
        show("durable, of the same with every fsync left out", pace(off, full), least=0.75)


def ledger():
    """The ledger alone: intent, fence and result of each message, each durable, in groups of 50."""
    program = programs.swift("LedgerBenchmark")
    runs = [Timed([program]).said for _ in range(ROUNDS)]
    show("thousand messages a second in groups of 50", [figure(r"([\d.]+) thousand messages/s", said) for said in runs], digits=1)


def wan():
    """A wire that takes 20 ms each way, 16 sessions on both sides."""
    count = FAR_DUE
    with tempfile.TemporaryDirectory() as folder:
        workspace = enrolled(os.path.join(folder, "workspace"), PEOPLE)
        file, due = message(workspace, folder), Due(workspace)
        for words, options, least in [("with PIPELINING", [], 1.9), ("without PIPELINING", ["-p"], 0.97)]:
            with servers.sink(*options) as near, servers.relay(near, 20) as port:
                workspace.write(f"smtp://127.0.0.1:{port}")
                ours, theirs = turns(lambda: due.send(count), lambda: source.send(port, file, count, 16))
            rates(f"stoke run {words}", ours, count)
            rates(f"smtp-source {words}", theirs, count)
            show(f"20 ms away {words}, of smtp-source", pace(theirs, ours), least=least)
        refusals(workspace, folder, due, count)


def refusals(workspace, folder, due, count):
    """One recipient in ten refused, over STARTTLS: the connection stays."""
    servers.certificate(folder)
    shutil.copy(os.path.join(folder, "ca.pem"), workspace.folder)

    def through(port):
        workspace.write(f"smtp://localhost:{port}", tls="ca_file: ca.pem")
        workspace.make_due(due.next, count)
        due.next += count
        return workspace("run", fine=(0, 1))

    with servers.secure(folder, False) as calm, servers.secure(folder, True) as harsh:
        with servers.relay(calm, 20) as accepting, servers.relay(harsh, 20) as refusing:
            without, refused = turns(lambda: through(accepting), lambda: through(refusing))
    note(f"{refused[-1].said.strip()}; without: {without[-1].said.strip()}")
    show("one 550 in ten over STARTTLS, of the run without", pace(without, refused), least=1.0)
