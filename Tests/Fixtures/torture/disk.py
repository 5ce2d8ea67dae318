"""Lets the disk fail under a run: refused writes and syncs, a full and a read-only file system, damaged files, old copies.

Usage: disk.py STOKE POINTS FOLDER
After each, one run on a sound disk. Ends with 1 where anything was delivered twice, lost, or sent without its record;
figures on its last line.
"""

import errno, itertools, os, random, shutil, signal, sqlite3, subprocess, sys

import oracle
from bench_workspace import Failed, Workspace
from counting_server import CountingServer
from kill_sweep import build

MAILS, CONNECTIONS = 3, 2
LATER, LAST = "2026-03-02T13:00:00Z", "2026-03-02T14:00:00Z"


def flip(path, place, bit):
    with open(path, "r+b") as file:
        file.seek(place)
        octet = file.read(1)[0]
        file.seek(place)
        file.write(bytes([octet ^ 1 << bit]))


class Disk:
    def __init__(self, stoke, folder, seed):
        self.stoke, self.folder, self.chance = stoke, folder, random.Random(seed)
        self.library, self.log = build(folder), os.path.join(folder, "calls")
        self.server = CountingServer()
        self.origin = Workspace(stoke)
        self.origin.fill(self.server.port, MAILS, tasks=1, connections=CONNECTIONS)
        self.twice = self.unknown = 0
        self.findings, self.figures = [], []

    def find(self, where, findings):
        self.findings += [f"{where}: {finding}" for finding in findings]

    # Refused writes and syncs

    def refusals(self, points):
        calls = self.calls()
        kinds = [(e, once) for e in (errno.ENOSPC, errno.EIO) for once in (False, True)]
        every = [(number, *kind) for number in range(1, calls + 4) for kind in kinds]
        chosen = every if len(every) <= points else [every[i * len(every) // points] for i in range(points)]
        failed = 0
        for number, error, once in chosen:
            failed += self.refuse(number, error, once)
        self.figures.append(f"{len(chosen)} refused writes and syncs, {failed} runs ended by them")

    def calls(self):
        workspace = self.origin.copy()
        # An error that no call meets: only counted.
        workspace("run", environment=self.failing(None, errno.EIO, False))
        self.finish(workspace, "the reference run")
        with open(self.log, "rb") as file:
            return int.from_bytes(file.read(8), sys.byteorder)

    def failing(self, number, error, once):
        more = {"LD_PRELOAD": self.library, "STOKE_KILL_LOG": self.log, "STOKE_FAIL_WITH": str(error)}
        if number:
            more["STOKE_FAIL_AT"] = str(number)
        if once:
            more["STOKE_FAIL_ONCE"] = "1"
        return more

    def refuse(self, number, error, once):
        workspace = self.origin.copy()
        where = f"{errno.errorcode[error]} {'at' if once else 'from'} call {number}{'' if once else ' on'}"
        status, output, errors = workspace("run", environment=self.failing(number, error, once), expect=None)
        self.server.quiet()
        self.judge_end(where, status, output + errors)
        self.finish(workspace, where)
        return status != 0

    def judge_end(self, where, status, text):
        """A run ends well, or says what is wrong; it never crashes."""
        if status < 0 or status > 78:
            self.find(where, [f"ended with {status}: {text}"])
        if status != 0 and not text.strip():
            self.find(where, [f"ended with {status} and said nothing"])

    def finish(self, workspace, where, delivered=()):
        try:
            workspace("run", now=LATER, expect=(0, 1))
            self.server.quiet()
            delivered = [*delivered, *self.server.take_all()]
            findings, unknown = oracle.judge(workspace, delivered, LATER, MAILS)
        except Failed as failure:
            return self.find(where, [str(failure)])
        self.unknown += unknown
        self.twice += len(delivered) - len(set(delivered))
        self.find(where, findings)
        workspace.remove()

    # A small file system

    def small(self):
        """A file system that is full, and one that is read-only; needs root."""
        mount = os.path.join(self.folder, "small")
        os.mkdir(mount)
        words = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", mount]
        if os.geteuid() != 0 or subprocess.run(words, capture_output=True).returncode != 0:
            self.figures.append("no small file system (needs root)")
            return
        try:
            for room in range(0, 40, 4):
                self.on_small(mount, f"{room * 4} KB left", lambda: self.stuff(mount, room * 4096))
            self.on_small(mount, "read-only", lambda: self.remount(mount, "ro"))
        finally:
            subprocess.run(["umount", "-l", mount], check=True)
        self.figures.append("10 full file systems and a read-only one")

    def on_small(self, mount, where, spoil):
        os.environ["STOKE_TORTURE_FOLDER"] = mount
        try:
            workspace = self.origin.copy()
            del os.environ["STOKE_TORTURE_FOLDER"]
            spoil()
            status, output, errors = workspace("run", expect=None)
            self.judge_end(where, status, output + errors)
            self.remount(mount, "rw")
            if os.path.exists(os.path.join(mount, "stuff")):
                os.remove(os.path.join(mount, "stuff"))
            self.finish(workspace, where)
        finally:
            os.environ.pop("STOKE_TORTURE_FOLDER", None)
            self.remount(mount, "rw")
            for name in os.listdir(mount):
                path = os.path.join(mount, name)
                shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)

    @staticmethod
    def remount(mount, how):
        subprocess.run(["mount", "-o", f"remount,{how}", mount], check=True)

    @staticmethod
    def stuff(mount, room):
        facts = os.statvfs(mount)
        with open(os.path.join(mount, "stuff"), "wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(facts.f_bavail * facts.f_frsize - room, 1))

    # Damaged files

    def damages(self, number):
        """Flipped bits and cut files, under a ledger that was left by a kill: refused, or harmless."""
        half = self.origin.copy()
        # In the midst of sending; what a kill in the midst of folding leaves is the ledger's own test.
        point = str(self.calls() * 3 // 5)
        environment = {"LD_PRELOAD": self.library, "STOKE_KILL_LOG": self.log, "STOKE_KILL_AT": point}
        half("run", environment=environment, expect=(-signal.SIGKILL,))
        self.server.quiet()
        before = self.server.take_all()
        ends = {"refused": 0, "harmless": 0, "in a value": 0}
        for point in range(number):
            workspace = half.copy()
            where = f"damage {point}, {self.damage(workspace, ['', '-wal'][point % 2])}"
            status, output, errors = workspace("run", now=LATER, expect=None)
            self.judge_end(where, status, output + errors)
            self.server.quiet()
            now = self.server.take_all()
            self.find(where, self.unrecorded(workspace, now))
            delivered = [*before, *now]
            twice = len(delivered) - len({identity for _, identity in delivered})
            self.twice += twice
            if twice:
                self.find(where, [f"delivered twice: {sorted(delivered)}"])
            ends[self.kind(workspace, status, len(delivered) - len(before), where)] += 1
            workspace.remove()
        half.remove()
        self.figures.append(f"{number} damages: " + ", ".join(f"{n} {what}" for what, n in ends.items()))

    @staticmethod
    def unrecorded(workspace, delivered):
        """What left after the damage has its record, as far as the file can be read."""
        try:
            known = {identity.strip("<>") for (identity,) in workspace.rows("SELECT message_id FROM message")}
        except sqlite3.Error:
            return []
        return [f"{identity} was delivered without a record" for _, identity in delivered if identity not in known]

    def kind(self, workspace, status, sent, where):
        if status not in (0, 1):
            if sent:
                # It went on until it met the damage; what it sent is on record, or unknown.
                return "in a value"
            return "refused"
        try:
            return "harmless" if workspace("ledger", "verify", now=LATER, expect=None)[0] == 0 else "in a value"
        except Failed:
            return "in a value"

    def damage(self, workspace, ending):
        path = workspace.ledger + ending
        with open(path, "rb") as file:
            octets = bytearray(file.read())
        if self.chance.random() < 0.2:
            size = self.chance.randrange(len(octets))
            octets, what = octets[:size], f"cut to {size}"
        else:
            place, bit = self.chance.randrange(len(octets)), self.chance.randrange(8)
            octets[place] ^= 1 << bit
            what = f"bit {bit} of octet {place}"
        with open(path, "wb") as file:
            file.write(octets)
        return f"{os.path.basename(path)}: {what}"

    # A fold that ended half

    LOSSES = {
        "removed": lambda log: os.remove(log),
        "removed with its index": lambda log: (os.remove(log), os.remove(log[:-3] + "shm")),
        "emptied": lambda log: os.truncate(log, 0),
        "cut in its head": lambda log: os.truncate(log, 20),
        "with a bit of its head flipped": lambda log: flip(log, 17, 3),
    }

    def folds(self):
        """A run is killed at each call of its end, while its log is folded into the ledger; then the log is lost.

        What was folded in by half is refused, what was folded in whole goes on.
        """
        half, ends, points = 0, {"refused": 0, "harmless": 0}, 0
        counting = {"LD_PRELOAD": self.library, "STOKE_KILL_LOG": self.log}
        workspace = self.origin.copy()
        workspace("run", environment=counting)
        self.finish(workspace, "the reference run")
        with open(self.log, "rb") as file:
            calls = int.from_bytes(file.read(8), sys.byteorder)
        # Struck before the call, and in the middle of what it writes.
        for point, more in itertools.product(range(calls // 2, calls + 4), ({}, {"STOKE_KILL_HALF": "1"})):
            environment = dict(counting, STOKE_KILL_AT=str(point), **more)
            killed = self.origin.copy()
            status, _, _ = killed("run", environment=environment, expect=None)
            self.server.quiet()
            before = self.server.take_all()
            log = killed.ledger + "-wal"
            if status == -signal.SIGKILL and os.path.exists(log) and os.path.getsize(log) > 0:
                points += 1
                half += self.is_folded(killed)
                for loss in self.LOSSES:
                    where = f"call {point}{', in its middle' if more else ''}, the log {loss}"
                    ends[self.lose(killed, where, loss, before)] += 1
            killed.remove()
        if half < 3:
            self.find("folds", [f"only {half} kills met a fold"])
        text = ", ".join(f"{number} {what}" for what, number in ends.items())
        self.figures.append(f"{points} kills before a lost log, {half} of them amid its fold: {text}")

    def is_folded(self, workspace):
        """Whether anything of the log is in the ledger already."""
        def octets(one):
            with open(one.ledger, "rb") as file:
                return file.read()

        return octets(workspace) != octets(self.origin)

    def lose(self, killed, where, loss, before):
        workspace = killed.copy()
        self.LOSSES[loss](workspace.ledger + "-wal")
        status, output, errors = workspace("run", now=LATER, expect=None)
        self.judge_end(where, status, output + errors)
        self.server.quiet()
        delivered = [*before, *self.server.take_all()]
        twice = len(delivered) - len({identity for _, identity in delivered})
        self.twice += twice
        if twice:
            self.find(where, [f"delivered twice: {sorted(delivered)}"])
        is_refused = "adopt" in output + errors
        if is_refused and len(delivered) > len(before):
            self.find(where, ["it was refused, and sent"])
        if not is_refused:
            self.finish(workspace, where, delivered)
        else:
            workspace.remove()
        return "refused" if is_refused else "harmless"

    # Old copies

    def old_copy(self):
        """A ledger put back from before a run does not run until it is adopted, and then knows what it is told."""
        workspace = self.origin.copy()
        backup = os.path.join(workspace.root, "backup.db")
        workspace("ledger", "backup", backup)
        workspace("run")
        self.server.quiet()
        before = self.server.take_all()
        workspace("ledger", "restore", backup, "--yes", now=LATER)
        status, output, errors = workspace("run", now=LATER, expect=None)
        self.server.quiet()
        if status == 0 or self.server.take_all() or "adopt" not in output + errors:
            self.find("an old copy", [f"{status}: {output}{errors}"])
        workspace("adopt", "--yes", now=LATER)
        workspace("run", now=LAST)
        self.server.quiet()
        after = self.server.take_all()
        if len(before) != MAILS or sorted(before) != sorted(after):
            self.find("an adopted copy", [f"{before} before, {after} after: an adopted ledger is believed"])
        workspace.remove()
        self.figures.append("1 old copy refused until adopted")


def main():
    stoke, points, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    seed = int(os.environ.get("STOKE_TORTURE_SEED", random.SystemRandom().randrange(1 << 30)))
    disk = Disk(stoke, folder, seed)
    parts = sys.argv[4].split(",") if len(sys.argv) > 4 else ["refusals", "small", "damages", "folds", "copy"]
    if "refusals" in parts:
        disk.refusals(points)
    if "small" in parts:
        disk.small()
    if "damages" in parts:
        disk.damages(points)
    if "folds" in parts:
        disk.folds()
    if "copy" in parts:
        disk.old_copy()
    disk.origin.remove()
    for finding in disk.findings:
        print(finding)
    print(
        f"disk: {'; '.join(disk.figures)}: {disk.twice} twice, {disk.unknown} unknown, "
        f"{len(disk.findings)} findings (seed {seed})"
    )
    sys.exit(1 if disk.findings else 0)


if __name__ == "__main__":
    main()
