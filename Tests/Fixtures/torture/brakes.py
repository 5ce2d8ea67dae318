"""What stops sending before more harm is done: a wrong password, bounces, policies, a signal.

Usage: brakes.py STOKE PEOPLE FOLDER
Ends with 1 where something went on that should not, or stopped that should not; figures on its last line.
"""

import os, signal, socket, subprocess, sys, threading, time

import oracle
from bench_workspace import Workspace
from counting_server import CountingServer

LATER = "2026-03-02T13:00:00Z"


class Brakes:
    def __init__(self, stoke):
        self.stoke, self.findings, self.slowest = stoke, [], 0.0

    def check(self, holds, what):
        if not holds:
            self.findings.append(what)

    def judge(self, where, workspace, server, mails=None):
        server.quiet()
        findings, unknown = oracle.judge(workspace, server.delivered, LATER, mails)
        self.findings += [f"{where}: {finding}" for finding in findings]
        self.check(unknown == 0, f"{where}: {unknown} unknown")
        workspace.remove()

    def states(self, workspace):
        return dict(workspace.rows("SELECT state, count(*) FROM message GROUP BY state"))

    def pauses(self, workspace):
        return {(kind, name) for kind, name in workspace.rows("SELECT kind, name FROM pause WHERE until IS NULL")}

    def wrong_password(self):
        """The mailbox is paused with a clear word, nobody is charged, and the other one goes on."""
        server, closed = CountingServer(), CountingServer(takes_logins=False)
        workspace = Workspace(self.stoke)
        workspace.fill(server.port, 5, other_port=closed.port, others=4)
        status, output, errors = workspace("run", expect=None, environment={"BEN_PASSWORD": "wrong"})
        server.quiet()
        self.check(status == 1, f"wrong password: {status}: {output}{errors}")
        self.check("mailbox ben" in errors and "535" in errors and "resume ben" in errors, f"wrong password: {errors}")
        self.check(len(server.delivered) == 5, f"wrong password: ana sent {len(server.delivered)} of 5")
        self.check(self.pauses(workspace) == {("mailbox", "ben")}, f"wrong password: {self.pauses(workspace)}")
        self.check(set(self.states(workspace)) <= {"sent", "deferred"}, f"wrong password: {self.states(workspace)}")
        self.judge("wrong password", workspace, server)

    def rotation(self):
        """A password that changes in mid-run: read anew at each connect where it stands, else the mailbox pauses."""
        old, new = "AGFuYQBvbGQ=", "AGFuYQBuZXc="
        for knows in (True, False):
            where = f"a new password, {'told' if knows else 'not told'}"
            server = CountingServer(takes_logins=old)
            workspace = Workspace(self.stoke)
            workspace.fill(server.port, 6, connections=1)
            workspace.write("secrets/ana", "old\n")
            os.chmod(os.path.join(workspace.folder, "secrets/ana"), 0o600)
            account = "imap: none\n    user: ana\n    password: {file: secrets/ana}\n    messages_per_connection: 2"
            self.edit(workspace, "imap: none", account)
            server.gate.clear()
            run = workspace.start("run")
            self.check(server.wait_for_dots(1), f"{where}: the run does not send")
            server.takes_logins = new
            if knows:
                workspace.write("secrets/ana", "new\n")
            server.gate.set()
            output, errors = run.communicate(timeout=120)
            server.quiet()
            wanted = (0, 6) if knows else (1, 2)
            self.check((run.returncode, len(server.delivered)) == wanted, f"{where}: {output}{errors}")
            if not knows:
                self.check(self.pauses(workspace) == {("mailbox", "ana")}, f"{where}: {self.pauses(workspace)}")
                workspace.write("secrets/ana", "new\n")
                workspace("resume", "ana")
                workspace("run", now=LATER)
            self.judge(where, workspace, server, 6)

    def bounces(self, people):
        """One recipient in five is refused: from 50 sends on the mailbox is paused, and what is left stays."""
        server = CountingServer(lambda to: "550 5.1.1 no such user" if to.split("@")[0].endswith(("3", "7")) else None)
        workspace = Workspace(self.stoke)
        workspace.fill(server.port, people, connections=1)
        status, output, errors = workspace("run", expect=None)
        server.quiet()
        tried = len(server.delivered) + self.states(workspace).get("rejected", 0)
        self.check(status == 1 and "bounce_limit" in errors, f"bounces: {status}: {output}{errors}")
        self.check(50 <= tried <= 60, f"bounces: stopped after {tried}")
        self.check(self.pauses(workspace) == {("mailbox", "ana")}, f"bounces: {self.pauses(workspace)}")
        rows = workspace.rows("SELECT count(*) FROM suppression")[0][0]
        self.check(rows == self.states(workspace)["rejected"], f"bounces: {rows} suppressed")
        before = len(server.delivered)
        workspace("run", now=LATER, expect=None)
        server.quiet()
        self.check(len(server.delivered) == before, "bounces: a paused mailbox goes on")
        self.judge("bounces", workspace, server)
        return tried

    def policies(self, people):
        """Three domains refuse for reasons of policy: the sequence is paused, nobody is suppressed."""
        server = CountingServer(lambda to: "550 5.7.1 we do not want this" if to.split("@")[0][-1] in "24" else None)
        workspace = Workspace(self.stoke)
        workspace.fill(server.port, people, connections=1)
        status, output, errors = workspace("run", expect=None)
        server.quiet()
        self.check(status == 1 and "sequence mails stopped" in errors, f"policies: {status}: {output}{errors}")
        self.check(self.pauses(workspace) == {("sequence", "mails")}, f"policies: {self.pauses(workspace)}")
        self.check(self.states(workspace).get("rejected") == 3, f"policies: {self.states(workspace)}")
        self.check(workspace.rows("SELECT count(*) FROM suppression") == [(0,)], "policies: somebody is suppressed")
        self.judge("policies", workspace, server)

    def signals(self, number, patience):
        """A run that is asked to stop in the midst of a stream starts no message; what is behind its fence is finished.

        A second mailbox's server says nothing for an hour: only whoever is asked to stop ends before that. The answers
        to the final dots come after `patience` seconds, and are waited for.
        """
        people, others, dots = 60, 2, 20
        faulty = {"phase": "banner"}
        silent = CountingServer(
            takes_logins="AGJlbgBzZXNhbWU=", strike=lambda at, _: "hang" if at == faulty["phase"] else None
        )
        server = CountingServer()
        workspace, password = Workspace(self.stoke), {"BEN_PASSWORD": "sesame"}
        workspace.fill(server.port, people, connections=2, other_port=silent.port, others=others)
        server.closes_at = dots
        run = workspace.start("run", environment=password)
        self.check(silent.hanging.wait(60), f"{number.name}: the second mailbox does not connect")
        # One connection is held at the dot that closed the gate, the other one at its next.
        self.check(server.wait_for_dots(dots + 1), f"{number.name}: the run does not send")
        run.send_signal(number)
        self.wait_until_taken(run.pid, number)
        time.sleep(patience)
        self.check(run.poll() is None, f"{number.name}: it did not wait for the answers to its dots")
        begun, server.closes_at = server.transactions, 0
        server.gate.set()
        self.stop(number.name, run, asks=False)
        server.quiet()
        states = self.states(workspace)
        self.check(server.transactions == begun, f"{number.name}: {server.transactions - begun} new messages began")
        self.check(len(server.delivered) == dots + 1, f"{number.name}: {len(server.delivered)} of {dots + 1} mails left")
        self.check(states.pop("sent", 0) == dots + 1, f"{number.name}: {self.states(workspace)}")
        self.check(set(states) <= {"deferred"}, f"{number.name}: {self.states(workspace)}")
        faulty["phase"] = None
        workspace("run", now=LATER, environment=password)
        silent.quiet()
        server.quiet()
        server.delivered += silent.delivered
        self.judge(number.name, workspace, server, people + others)

    def deciding(self, people):
        """A run that is asked to stop with its first mail, while it still decides on others: the next one sends the rest."""
        server = CountingServer()
        workspace = Workspace(self.stoke)
        workspace.fill(server.port, people, connections=2)
        server.closes_at = 1
        run = workspace.start("run")
        self.check(server.wait_for_dots(1), "while it decides: the run does not send")
        run.send_signal(signal.SIGTERM)
        self.wait_until_taken(run.pid, signal.SIGTERM)
        server.closes_at = 0
        server.gate.set()
        self.stop("while it decides", run, asks=False)
        server.quiet()
        sent = len(server.delivered)
        self.check(1 <= sent <= 2, f"while it decides: {sent} mails left over 2 connections")
        decided = workspace.rows("SELECT count(*) FROM enrollment WHERE mailbox IS NOT NULL")[0][0]
        self.check(self.states(workspace).get("sent") == sent, f"while it decides: {self.states(workspace)}")
        workspace("run", now=LATER)
        self.judge("while it decides", workspace, server, people)
        return decided

    def hangs(self):
        """A run that is asked to stop ends, whatever it waits for: nothing left, and the next run sends all."""
        phases = ["banner", "ehlo", "auth", "mail", "rcpt", "data"]
        for phase in phases:
            faulty = {"phase": phase}
            server = CountingServer(
                takes_logins="AGFuYQBzZXNhbWU=",
                strike=lambda at, number: "hang" if at == faulty["phase"] else None,
            )
            workspace = Workspace(self.stoke)
            workspace.fill(server.port, 3, connections=2)
            self.edit(workspace, "imap: none", "imap: none\n    user: ana\n    password: {env: ANA}")
            run = workspace.start("run", environment={"ANA": "sesame"})
            self.check(server.hanging.wait(60), f"a hang at {phase}: not reached")
            self.stop(f"a hang at {phase}", run)
            server.quiet()
            self.check(not server.delivered, f"a hang at {phase}: something was delivered")
            faulty["phase"] = None
            workspace("run", now=LATER, environment={"ANA": "sesame"})
            self.judge(f"a hang at {phase}", workspace, server, 3)
        return phases + self.hanging_helpers()

    def hanging_helpers(self):
        """The same before anybody is connected: a server that takes no connection, a slow password, a silent inbox."""
        names = ["connect", "password", "imap"]
        for name in names:
            server, silent = CountingServer(), socket.create_server(("127.0.0.1", 0), backlog=0)
            workspace = Workspace(self.stoke)
            workspace.fill(server.port, 3, connections=2)
            settings = workspace.read("stoke.yaml")
            if name == "connect":
                fillers = self.fill_queue(silent)
                self.edit(workspace, f":{server.port}", f":{silent.getsockname()[1]}")
            elif name == "password":
                mark = os.path.join(workspace.root, "asked")
                command = f'[sh, -c, "touch {mark}; exec sleep 600"]'
                self.edit(workspace, "imap: none", f"imap: none\n    user: ana\n    password: {{command: {command}}}")
            else:
                taken = threading.Thread(target=lambda: setattr(self, "kept", silent.accept()[0]), daemon=True)
                taken.start()
                self.edit(workspace, "imap: none", f"imap: imap://127.0.0.1:{silent.getsockname()[1]}")
            run = workspace.start("run")
            if name == "password":
                self.wait_for(lambda: os.path.exists(mark))
            elif name == "imap":
                taken.join(60)
            else:
                time.sleep(1)
            # An inbox that could not be read is told, whatever the reason.
            self.stop(f"a hanging {name}", run, ends=(1,) if name == "imap" else (0,))
            workspace.write("stoke.yaml", settings)
            workspace("apply", "--yes", now=LATER)
            workspace("run", now=LATER)
            self.judge(f"a hanging {name}", workspace, server, 3)
            silent.close()
        return names

    @staticmethod
    def fill_queue(listener):
        """The system answers nobody once the queue of a listener is full."""
        fillers = []
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
            fillers.append(filler)
        return fillers

    @staticmethod
    def edit(workspace, old, new):
        workspace.write("stoke.yaml", workspace.read("stoke.yaml").replace(old, new))
        workspace("apply", "--yes")

    def stop(self, where, run, asks=True, ends=(0,)):
        """Ends by itself: what it waits for hangs for a minute at least, mostly for an hour."""
        if asks:
            run.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        try:
            output, errors = run.communicate(timeout=45)
            self.slowest = max(self.slowest, time.monotonic() - begun)
            self.check(run.returncode in ends, f"{where}: {run.returncode}: {output}{errors}")
        except subprocess.TimeoutExpired:
            run.kill()
            self.check(False, f"{where}: asked to stop, it does not end")

    @staticmethod
    def wait_for(condition):
        for _ in range(6000):
            if condition():
                return
            time.sleep(0.01)

    @staticmethod
    def wait_until_taken(process, number):
        """A signal that was sent is only on its way; the run knows of it when none is pending."""
        for _ in range(1000):
            with open(f"/proc/{process}/status") as file:
                pending = [int(line.split()[1], 16) for line in file if line.startswith(("SigPnd", "ShdPnd"))]
            time.sleep(0.05)
            if not any(bits >> (number - 1) & 1 for bits in pending):
                return


def main():
    stoke, people = sys.argv[1], int(sys.argv[2])
    brakes = Brakes(stoke)
    brakes.wrong_password()
    brakes.rotation()
    tried = brakes.bounces(people)
    brakes.policies(people)
    # The second one keeps the dots for longer than a run that waits for nothing may take to end.
    for number, patience in ((signal.SIGTERM, 0), (signal.SIGINT, 6)):
        brakes.signals(number, patience)
    decided = brakes.deciding(25 * people)
    hangs = brakes.hangs()
    for finding in brakes.findings:
        print(finding)
    print(
        f"brakes: a wrong password, 2 rotated ones, bounces after {tried} sends, policies of 3 domains, 2 signals amid a "
        f"stream, one with {decided} of {25 * people} decided on, {len(hangs)} hangs that a signal ends, the slowest end "
        f"{brakes.slowest:.1f} s after it could: "
        f"{len(brakes.findings)} findings"
    )
    sys.exit(1 if brakes.findings else 0)


if __name__ == "__main__":
    main()
