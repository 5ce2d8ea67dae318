"""Starts many runs at once, stops some of them and lets them go on; and works by hand while a run goes on.

Usage: overlap.py STOKE ROUNDS FOLDER
The rounds are done twice: as they are, when one run works and the others are turned away, and with run locks that keep
out nobody, when all of them work and only the epoch keeps them from sending twice.
Ends with 1 where anything was delivered twice or lost, or where more than one of them worked; figures on its last line.
"""

import json, os, random, signal, sys, time

import oracle
from bench_workspace import Workspace
from counting_server import CountingServer
from kill_sweep import build

MAILS = 6
LATER = "2026-03-02T13:00:00Z"
LOCKED = 75


class Overlap:
    def __init__(self, stoke, seed, folder):
        self.stoke, self.chance = stoke, random.Random(seed)
        self.library = build(folder, "own_lock")
        self.server = CountingServer()
        self.origin = Workspace(stoke)
        self.origin.fill(self.server.port, MAILS, tasks=1)
        self.started = self.worked = self.turned_away = self.stopped = self.twice = self.unlocked = self.overtaken = 0
        self.findings = []

    def round(self, number):
        """3 to 8 runs together; each may be stopped for a while, the one that works, too."""
        workspace = self.origin.copy()
        before = self.runs(workspace)
        self.server.gate.clear()
        children = [workspace.start("run") for _ in range(self.chance.randint(3, 8))]
        stopped = self.chance.sample(children, self.chance.randint(0, len(children)))
        time.sleep(self.chance.uniform(0, 0.3))
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
            time.sleep(self.chance.choice([0, 0, 0.02, 0.1]))
        stopped = self.chance.sample(children, self.chance.randint(0, len(children) - 1))
        for child in stopped:
            time.sleep(self.chance.uniform(0, 0.05))
            child.send_signal(signal.SIGSTOP)
        if self.chance.random() < 0.5:
            self.server.gate.set()
        time.sleep(self.chance.uniform(0, 0.3))
        for child in stopped:
            child.send_signal(signal.SIGCONT)
        time.sleep(self.chance.uniform(0, 0.2))
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
        workspace("pause", subject)
        self.server.gate.set()
        output, errors = run.communicate(timeout=120)
        self.server.quiet()
        if run.returncode != 0 or len(self.server.delivered) != 1:
            text = f"{run.returncode}, {len(self.server.delivered)} sent: {output.decode()}{errors.decode()}"
            self.findings.append(f"pause {number} of {subject}: {text}")
        workspace("resume", subject, now=LATER)
        self.finish(workspace, f"pause {number} of {subject}", MAILS)

    def wait(self, condition):
        for _ in range(6000):
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
        workspace = Workspace(self.stoke)
        workspace.fill(self.server.port, MAILS, tasks=1, connections=1)
        self.server.gate.clear()
        run = workspace.start("run")
        if not self.server.wait_for_dots(1):
            self.findings.append(f"by hand {number}: the run sends nothing: {run.stderr.read().decode()}")
        first = self.server.delivered[0][0]
        left = [f"mails{i}@mails{i}.example" for i in range(MAILS)]
        left.remove(first)
        answered, suppressed = self.chance.sample(left, 2)
        workspace("touch", answered, "--reply", "positive")
        workspace("suppress", suppressed, "--reason", "asked")
        tasks = json.loads(workspace("tasks", "--json")[1])["tasks"]
        workspace("tasks", "done", next(task["code"] for task in tasks if task["action"] == "task"))
        if run.poll() is not None or self.server.waiting != 1:
            self.findings.append(f"by hand {number}: the run did not wait for its dot meanwhile")
        self.server.gate.set()
        output, errors = run.communicate(timeout=120)
        if run.returncode != 0:
            self.findings.append(f"by hand {number}: {run.returncode}: {output.decode()}{errors.decode()}")
        self.server.quiet()
        for person, _ in self.server.delivered:
            if person in (answered, suppressed):
                self.findings.append(f"by hand {number}: {person} was mailed after the stop")
        self.finish(workspace, f"by hand {number}", MAILS - 2)


def main():
    stoke, rounds = sys.argv[1], int(sys.argv[2])
    seed = int(os.environ.get("STOKE_TORTURE_SEED", random.SystemRandom().randrange(1 << 30)))
    overlap = Overlap(stoke, seed, sys.argv[3])
    for number in range(rounds):
        overlap.round(number)
    for number in range(rounds):
        overlap.round_without_locks(number)
    hands = max(2, rounds // 10)
    for number in range(hands):
        overlap.by_hand(number)
        overlap.paused(number)
    overlap.origin.remove()
    for finding in overlap.findings:
        print(finding)
    print(
        f"overlap: {rounds} rounds, {overlap.started} runs, {overlap.worked} worked, {overlap.turned_away} turned away, "
        f"{overlap.stopped} stopped for a while; {rounds} rounds without the run lock, {overlap.unlocked} runs, "
        f"{overlap.overtaken} overtaken; {hands * 4} commands in between: {overlap.twice} twice, "
        f"{len(overlap.findings)} findings (seed {seed})"
    )
    sys.exit(1 if overlap.findings else 0)


if __name__ == "__main__":
    main()
