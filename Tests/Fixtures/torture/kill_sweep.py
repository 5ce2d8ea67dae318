"""Kills a run at every call that leaves something behind, then lets one run end, and counts what the server got.

Usage: kill_sweep.py STOKE POINTS FOLDER RANDOM
The run sends three mails over two connections, opens a task and ends one person's way. Each point is a number of a
call, struck before it or, where it writes, in its middle; POINTS is how many of them are tried, evenly spread where there
are more. Then RANDOM runs are killed from outside at any time.
Ends with 1 where anything was delivered twice or lost, with the figures on its last line.
"""

import os, random, signal, subprocess, sys, time

import oracle
from bench_workspace import Workspace
from counting_server import CountingServer

MAILS, CONNECTIONS = 3, 2
LATER = "2026-03-02T13:00:00Z"


def build(folder, name="killer"):
    library = os.path.join(folder, f"{name}.so")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


class Sweep:
    def __init__(self, stoke, folder):
        self.library, self.log = build(folder), os.path.join(folder, "calls")
        self.server = CountingServer()
        self.origin = Workspace(stoke)
        self.origin.fill(self.server.port, MAILS, tasks=1, stops=1, connections=CONNECTIONS)
        self.kills = self.unknown = self.twice = self.lost = 0
        self.seconds = 0.5
        self.findings = []

    def environment(self, number, half):
        more = {"LD_PRELOAD": self.library, "STOKE_KILL_LOG": self.log}
        if number:
            more["STOKE_KILL_AT"] = str(number)
        if half:
            more["STOKE_KILL_HALF"] = "1"
        return more

    def calls(self):
        """How many calls the run makes when nobody kills it."""
        workspace = self.origin.copy()
        workspace("run", environment=self.environment(None, False))
        self.finish(workspace, "the reference run", 0)
        with open(self.log, "rb") as file:
            return int.from_bytes(file.read(8), sys.byteorder)

    def strike(self, number, half):
        workspace = self.origin.copy()
        status, output, errors = workspace("run", environment=self.environment(number, half), expect=None)
        self.end(workspace, f"call {number}{', in its middle' if half else ''}", status, errors)

    def strike_from_outside(self, number, chance):
        """At any time between its start and its usual end, which is learnt from those that got away."""
        workspace = self.origin.copy()
        start = time.monotonic()
        run = workspace.start("run")
        try:
            _, errors = run.communicate(timeout=chance.uniform(0, self.seconds))
            self.seconds = time.monotonic() - start
        except subprocess.TimeoutExpired:
            run.kill()
            _, errors = run.communicate(timeout=120)
            self.seconds *= 1.02
        self.end(workspace, f"random kill {number}", run.returncode, errors)

    def end(self, workspace, where, status, errors):
        """What the killed process had begun, one run finishes."""
        if status == -signal.SIGKILL:
            self.kills += 1
        elif status != 0:
            self.findings.append(f"{where}: ended with {status}: {errors}")
        # What the killed process had handed to the system arrives first.
        self.server.quiet()
        inside = workspace.rows("SELECT count(*) FROM message WHERE state = 'final_dot'")[0][0]
        workspace("run", now=LATER, expect=(0, 1))
        self.finish(workspace, where, inside)

    def finish(self, workspace, where, inside):
        """One more look at everything: the server's count, the ledger's word, the task and the stop."""
        self.server.quiet()
        delivered = self.server.take_all()
        findings, unknown = oracle.judge(workspace, delivered, LATER, MAILS)
        if unknown != inside or unknown > CONNECTIONS:
            findings.append(f"{unknown} unknown, {inside} in the window of the kill")
        ends = (
            workspace.rows("SELECT count(*) FROM task WHERE state = 'open'")[0][0],
            workspace.rows("SELECT count(*) FROM enrollment WHERE sequence = 'stops' AND state = 'stopped'")[0][0],
        )
        if ends != (1, 1):
            findings.append(f"{ends[0]} tasks and {ends[1]} stops, not one of each")
        self.unknown += unknown
        self.twice += len(delivered) - len(set(delivered))
        self.lost += MAILS - unknown - len({i for _, i in delivered if self.is_sent(workspace, i)})
        self.findings += [f"{where}: {finding}" for finding in findings]
        workspace.remove()

    @staticmethod
    def is_sent(workspace, identity):
        query = f"SELECT count(*) FROM message WHERE state = 'sent' AND trim(message_id, '<>') = '{identity}'"
        return workspace.rows(query)[0][0] == 1


def main():
    stoke, points, folder, others = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    seed = int(os.environ.get("STOKE_TORTURE_SEED", random.SystemRandom().randrange(1 << 30)))
    sweep, chance = Sweep(stoke, folder), random.Random(seed)
    calls = sweep.calls()
    # Threads take turns differently each time, so a run may make a few more calls than the one that was counted.
    every = [(number, half) for number in range(1, calls + 6) for half in (False, True)]
    chosen = every if len(every) <= points else [every[i * len(every) // points] for i in range(points)]
    for number, half in chosen:
        sweep.strike(number, half)
    swept = sweep.kills
    struck = 0
    while sweep.kills - swept < others and struck < 10 * others + 10:
        sweep.strike_from_outside(struck, chance)
        struck += 1
    sweep.origin.remove()
    for finding in sweep.findings:
        print(finding)
    print(
        f"kill sweep: {calls} calls, {len(chosen)} points, {swept} kills; {struck} runs struck at random, "
        f"{sweep.kills - swept} kills: {sweep.twice} twice, {sweep.lost} lost, {sweep.unknown} unknown, "
        f"{'all of them from inside the window' if not sweep.findings else f'{len(sweep.findings)} findings'} (seed {seed})"
    )
    sys.exit(1 if sweep.findings else 0)


if __name__ == "__main__":
    main()
