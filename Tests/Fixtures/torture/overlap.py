"""Starts many runs at once, stops some of them and lets them go on; and works by hand while a run goes on.

Usage: overlap.py STOKE ROUNDS FOLDER
The rounds are done twice: as they are, when one run works and the others are turned away, and with a run lock of each
process's own, when all of them work and only the epoch keeps them from sending twice. Two rounds are under way at a
time, each with a server and a workspace of its own: mostly a round waits.
Ends with 1 where anything was delivered twice or lost, or where more than one of them worked; figures on its last line.
"""

import json, os, random, signal, sys, threading, time

import oracle
from bench_workspace import Workspace
from counting_server import CountingServer
from kill_sweep import build

MAILS = 6
LATER = "2026-03-02T13:00:00Z"
LOCKED = 75
WORKERS = 2


class Overlap:
    """One worker's rounds, with its server, its workspace and what it counted."""

    def __init__(self, stoke, seed, library):
        self.stoke, self.chance, self.library = stoke, random.Random(seed), library
        self.server = CountingServer()
        self.origin = Workspace(stoke)
        self.origin.fill(self.server.port, MAILS, tasks=1)
        # From the start of a run to its first final dot; learnt, so that what strikes a run strikes it anywhere.
        self.seconds = 0.1
        self.started = self.worked = self.turned_away = self.stopped = self.twice = self.unlocked = self.overtaken = 0
        self.commands, self.slowest = 0, 0.0
        self.findings = []

    def round(self, number):
        """3 to 8 runs together; each may be stopped for a while, the one that works, too."""
        workspace = self.origin.copy()
        before = self.runs(workspace)
        self.server.gate.clear()
        children = [workspace.start("run") for _ in range(self.chance.randint(3, 8))]
        begun = time.monotonic()
        stopped = self.chance.sample(children, self.chance.randint(0, len(children)))
        if stopped:
            self.server.wait_for_dots(1, timeout=self.chance.uniform(0, 1.5 * self.seconds))
        else:
            self.server.wait_for_dots(1)
            self.seconds = 0.8 * self.seconds + 0.2 * (time.monotonic() - begun)
        for child in stopped:
            child.send_signal(signal.SIGSTOP)
        # Whoever is neither stopped nor at work is turned away while the others are there.
        self.wait(lambda: sum(c.poll() is None for c in children if c not in stopped) <= 1)
        for child in stopped:
            child.send_signal(signal.SIGCONT)
        # One is in front of its server's answer, and nobody pushes it aside.
        self.wait(lambda: sum(c.poll() is None for c in children) <= 1)
        self.server.gate.set()
        ends = []
        for child in children:
            output, errors = child.communicate(timeout=120)
            ends.append(child.returncode)
            if child.returncode not in (0, LOCKED):
                self.findings.append(f"round {number}: {child.returncode}: {output.decode()}{errors.decode()}")
        worked = ends.count(0)
        if worked != self.runs(workspace) - before or worked != 1:
            self.findings.append(f"round {number}: {ends}, {self.runs(workspace) - before} at work")
        self.started += len(children)
        self.worked += worked
        self.turned_away += ends.count(LOCKED)
        self.stopped += len(stopped)
        self.finish(workspace, f"round {number}", MAILS)

    def round_without_locks(self, number):
        """3 to 8 runs together, none turned away: each new epoch takes over from the one before."""
        workspace = self.origin.copy()
        self.server.gate.clear()
        children = []
        for _ in range(self.chance.randint(3, 8)):
            children.append(workspace.start("run", environment={"LD_PRELOAD": self.library}))
            time.sleep(self.chance.choice([0, 0, 0.2, 1]) * self.seconds)
        stopped = self.chance.sample(children, self.chance.randint(0, len(children) - 1))
        for child in stopped:
            time.sleep(self.chance.uniform(0, 0.5) * self.seconds)
            child.send_signal(signal.SIGSTOP)
        if self.chance.random() < 0.5:
            self.server.gate.set()
        time.sleep(self.chance.uniform(0, 2) * self.seconds)
        for child in stopped:
            child.send_signal(signal.SIGCONT)
        time.sleep(self.chance.uniform(0, 2) * self.seconds)
        self.server.gate.set()
        for child in children:
            output, errors = child.communicate(timeout=120)
            if child.returncode not in (0, 1, LOCKED):
                self.findings.append(f"unlocked {number}: {child.returncode}: {output.decode()}{errors.decode()}")
            self.overtaken += child.returncode == LOCKED
        self.unlocked += len(children)
        self.finish(workspace, f"unlocked {number}", MAILS)

    def paused(self, number):
        """A pause while the server keeps the final dot: that mail is sent, no other, and all others later."""
        workspace = Workspace(self.stoke)
        workspace.fill(self.server.port, MAILS, tasks=1, connections=1)
        self.server.gate.clear()
        run = workspace.start("run")
        self.server.wait_for_dots(1)
        subject = self.chance.choice(["ana", "mails"])
        self.command(workspace, "pause", subject)
        self.server.gate.set()
        output, errors = run.communicate(timeout=120)
        self.server.quiet()
        if run.returncode != 0 or len(self.server.delivered) != 1:
            text = f"{run.returncode}, {len(self.server.delivered)} sent: {output.decode()}{errors.decode()}"
            self.findings.append(f"pause {number} of {subject}: {text}")
        workspace("resume", subject, now=LATER)
        self.finish(workspace, f"pause {number} of {subject}", MAILS)

    def wait(self, condition):
        # Five minutes: eight processes that start at once on a busy machine take their time.
        for _ in range(30_000):
            if condition():
                return
            time.sleep(0.01)
        self.findings.append("somebody is neither at work nor turned away")

    @staticmethod
    def runs(workspace):
        return workspace.rows("SELECT count(*) FROM run")[0][0]

    def finish(self, workspace, where, mails):
        workspace("run", now=LATER)
        self.server.quiet()
        delivered = self.server.take_all()
        findings, unknown = oracle.judge(workspace, delivered, LATER, mails)
        if unknown:
            findings.append(f"{unknown} unknown, and nobody was killed")
        self.twice += len(delivered) - len(set(delivered))
        self.findings += [f"{where}: {finding}" for finding in findings]
        workspace.remove()

    def by_hand(self, number):
        """Commands while the server keeps the final dot: they end before it answers, and stop what they say."""
        where = f"by hand {number}"
        workspace, run, left = self.in_mid_run(where)
        answered, suppressed = self.chance.sample(left, 2)
        self.command(workspace, "touch", answered, "--reply", "positive")
        self.command(workspace, "suppress", suppressed, "--reason", "asked")
        tasks = json.loads(self.command(workspace, "tasks", "--json"))["tasks"]
        code = next(task["code"] for task in tasks if task["action"] == "task")
        self.command(workspace, "tasks", "done", code)
        self.end_of_mid_run(where, run, [answered, suppressed], MAILS - 2)
        self.finish(workspace, where, MAILS - 2)

    def applied(self, number):
        """Other files are applied, a newcomer enrolled and somebody stopped while the server keeps the final dot.

        The run goes on with the files that it began with; the newcomer gets the mail of the next one.
        """
        where = f"applied {number}"
        workspace, run, left = self.in_mid_run(where)
        stopped, = self.chance.sample(left, 1)
        workspace.write("templates/hello.md", workspace.read("templates/hello.md").replace("question", "favour"))
        workspace.write("newcomer.csv", "first_name,email,country\nNewcomer,newcomer@newcomer.example,US\n")
        self.command(workspace, "apply", "--yes")
        self.command(workspace, "import", "newcomer.csv")
        self.command(workspace, "enroll", "mails", "newcomer@newcomer.example")
        self.command(workspace, "pause", stopped)
        self.end_of_mid_run(where, run, [stopped, "newcomer@newcomer.example"], MAILS - 1)
        workspace("resume", stopped, now=LATER)
        self.finish(workspace, where, MAILS + 1)

    def in_mid_run(self, where):
        """A workspace, its run that waits for the answer to its first final dot, and who has no mail yet."""
        workspace = Workspace(self.stoke)
        workspace.fill(self.server.port, MAILS, tasks=1, connections=1)
        self.server.gate.clear()
        run = workspace.start("run")
        if not self.server.wait_for_dots(1):
            self.findings.append(f"{where}: the run sends nothing: {run.stderr.read().decode()}")
        left = [f"mails{i}@mails{i}.example" for i in range(MAILS)]
        left.remove(self.server.delivered[0][0])
        return workspace, run, left

    def command(self, workspace, *words):
        """Whatever waits for the write gate gives up after 10 seconds: the run must not hold it while it waits."""
        begun = time.monotonic()
        output = workspace(*words)[1]
        self.slowest = max(self.slowest, time.monotonic() - begun)
        self.commands += 1
        return output

    def end_of_mid_run(self, where, run, spared, mails):
        """The run did wait for its dot meanwhile; then it ends, and has sent to all but those that were spared."""
        if run.poll() is not None or self.server.waiting != 1:
            self.findings.append(f"{where}: the run did not wait for its dot meanwhile")
        self.server.gate.set()
        output, errors = run.communicate(timeout=120)
        if run.returncode != 0:
            self.findings.append(f"{where}: {run.returncode}: {output.decode()}{errors.decode()}")
        self.server.quiet()
        mailed = [person for person, _ in self.server.delivered]
        self.findings += [f"{where}: {person} was mailed after the stop" for person in spared if person in mailed]
        if len(mailed) != mails:
            self.findings.append(f"{where}: {len(mailed)} mails, not {mails}: {output.decode()}{errors.decode()}")

    def work(self, rounds, hands):
        """All kinds of rounds; `rounds` and `hands` are numbers of them that nobody else takes."""
        try:
            for number in rounds:
                self.round(number)
            for number in rounds:
                self.round_without_locks(number)
            for number in hands:
                self.by_hand(number)
                self.applied(number)
                self.paused(number)
        except Exception as failure:
            self.findings.append(f"{type(failure).__name__}: {failure}")
        self.origin.remove()


def main():
    stoke, rounds, library = sys.argv[1], int(sys.argv[2]), build(sys.argv[3], "own_lock")
    seed = int(os.environ.get("STOKE_TORTURE_SEED", random.SystemRandom().randrange(1 << 30)))
    hands = max(2, rounds // 20)
    workers = [Overlap(stoke, seed + number, library) for number in range(WORKERS)]
    threads = [
        threading.Thread(target=worker.work, args=(range(number, rounds, WORKERS), range(number, hands, WORKERS)))
        for number, worker in enumerate(workers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    def total(name):
        return sum(getattr(worker, name) for worker in workers)

    findings = [finding for worker in workers for finding in worker.findings]
    for finding in findings:
        print(finding)
    print(
        f"overlap: {rounds} rounds, {total('started')} runs, {total('worked')} worked, {total('turned_away')} turned away, "
        f"{total('stopped')} stopped for a while; {rounds} rounds with a lock of each run's own, {total('unlocked')} runs, "
        f"{total('overtaken')} overtaken; {total('commands')} commands before a run's dot was answered, the slowest in "
        f"{max(worker.slowest for worker in workers):.1f} s: {total('twice')} twice, {len(findings)} findings (seed {seed})"
    )
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
