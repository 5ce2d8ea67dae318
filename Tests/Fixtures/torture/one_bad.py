"""One message in a thousand meets a fault, at each phase in turn: the others are sent, each once.

Usage: one_bad.py STOKE PEOPLE FOLDER
The clock that limits waiting goes slowly for the runs: on a busy machine a sender that the system keeps from writing its
dot for five seconds takes the fence back, and that is another fault than the one that is looked at.
Ends with 1 where anything was delivered twice or lost, or where the fault touched another message; figures on its last
line.
"""

import sys

import oracle
from bench_workspace import Workspace
from counting_server import CountingServer
from kill_sweep import build

LATER, LAST = "2026-03-02T13:00:00Z", "2026-03-03T12:00:00Z"
# Phase, what the server does, the state of the one, and whether the mailbox goes on in that run.
CASES = [
    ("mail", "451 4.3.0 later", "deferred", True),
    ("mail", "552 5.3.4 too big", "rejected", True),
    ("mail", "421 4.3.2 going down", "deferred", False),
    ("mail", "drop", "deferred", True),
    ("rcpt", "450 4.2.0 greylisted", "deferred", True),
    ("rcpt", "550 5.1.1 no such user", "rejected", True),
    ("rcpt", "421 4.3.2 going down", "deferred", False),
    ("rcpt", "drop", "deferred", True),
    ("data", "451 4.3.0 later", "deferred", True),
    ("data", "554 5.6.0 never", "rejected", True),
    ("data", "421 4.3.2 going down", "deferred", False),
    ("data", "drop", "deferred", True),
    ("body", "421 4.3.2 going down", "deferred", False),
    ("body", "drop", "deferred", True),
    ("dot", "451 4.3.0 later", "deferred", True),
    ("dot", "554 5.6.0 never", "rejected", True),
    ("dot", "421 4.3.2 going down", "deferred", False),
    ("dot", "drop", "unknown", True),
]


class OneBad:
    def __init__(self, stoke, people, folder):
        self.environment = {"LD_PRELOAD": build(folder, "slow_clock")}
        self.people, self.bad, self.findings, self.twice = people, people // 2, [], 0
        self.server = CountingServer(strike=self.strike)
        self.case = None
        self.origin = Workspace(stoke)
        self.origin.fill(self.server.port, people, connections=4)

    def strike(self, phase, number):
        if self.case and phase == self.case[0] and number == self.bad:
            return self.case[1]

    def run(self, case):
        phase, what, state, goes_on = case
        where = f"{phase}: {what}"
        workspace = self.origin.copy()
        self.case, self.server.transactions = case, 0
        workspace("run", expect=(0, 1), environment=self.environment)
        self.case = None
        self.server.quiet()
        # While the body was being written the server may have got all of it: then it was past the fence, or the reply
        # came before that and it was not.
        states = dict(workspace.rows("SELECT state, count(*) FROM message GROUP BY state"))
        sent = states.get("sent", 0)
        if goes_on and (sent != self.people - 1 or states.get(state) != 1):
            self.findings.append(f"{where}: {states} after the run")
        if not goes_on:
            workspace("run", now=LATER, expect=(0, 1), environment=self.environment)
        workspace("run", now=LAST, expect=(0, 1), environment=self.environment)
        self.server.quiet()
        delivered = self.server.take_all()
        findings, _ = oracle.judge(workspace, delivered, LAST, None)
        states = dict(workspace.rows("SELECT state, count(*) FROM message GROUP BY state"))
        lost = state in ("rejected", "unknown")
        wanted = {"sent": self.people - 1, state: 1} if lost else {"sent": self.people}
        if states != wanted or len(delivered) != wanted["sent"]:
            findings.append(f"{states}, {len(delivered)} delivered, not {wanted}")
        self.twice += len(delivered) - len(set(delivered))
        self.findings += [f"{where}: {finding}" for finding in findings]
        workspace.remove()


def main():
    one = OneBad(sys.argv[1], int(sys.argv[2]), sys.argv[3])
    for case in CASES:
        one.run(case)
    one.origin.remove()
    for finding in one.findings:
        print(finding)
    print(
        f"one bad in {one.people}: {len(CASES)} faults at {len({case[0] for case in CASES})} phases: {one.twice} twice, "
        f"{len(one.findings)} findings"
    )
    sys.exit(1 if one.findings else 0)


if __name__ == "__main__":
    main()
