"""Workspaces whose ledgers hold as many people as asked, some of them due."""
import os, shutil, socket, sqlite3, tempfile, time
from . import programs
from .measure import Timed

FILES = {
    "stoke.yaml": """\
home: {home}
timezone: UTC
sender:
  company: Acme GmbH
  postal_address: Torstr. 1, 10119 Berlin, Germany
unsubscribe: {{mailto: true}}
people:
  ana: {{name: Ana Pop, timezone: UTC}}
calendar: {{days: mon-sun, hours: "00:00-24:00"}}
bounce_limit: 100%
mailboxes:
  ana:
    owner: ana
    from: Ana Pop <ana@acme.example>
    smtp: {smtp}
    {tls}
    imap: none
    sent_copy: none
    timezone: UTC
    daily_cap: none
    gap: 0s
    connections: {connections}
""",
    "sequences/outreach.yaml": """\
audience: any
mailboxes: [ana]
timezone: workspace
steps:
  - id: intro
    email: intro
  - id: bump
    after: 300 days
    email: intro
finish: {{none: "a benchmark"}}
""",
    "templates/intro.md": """\
---
subject: {{{{ company.name | default: "Your" }}}} onboarding: a question
---
Hi {{{{ first_name | default: "there" }}}},

I read that {{{{ company.name | default: "your team" }}}} is growing. Most teams of your size lose a day a week to
onboarding by hand. Would a look at how others do it be of use? Two minutes, no slides.

Best,
Ana
""",
}


class Workspace:
    """A folder with files that were applied; its state lies beside it."""

    def __init__(self, folder, smtp="maildir:outbox", tls="tls: none", connections=16, files=FILES):
        self.folder = folder
        self.files = files
        self.environment = dict(os.environ, STOKE_STATE=folder + ".state", HOME=folder)
        self.ledger = os.path.join(folder, ".stoke/ledger.db")
        self.write(smtp, tls, connections)

    def write(self, smtp, tls="tls: none", connections=16):
        """Writes the files and applies them."""
        tls = "" if smtp.startswith("maildir:") else tls
        for name, text in self.files.items():
            path = os.path.join(self.folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as file:
                file.write(text.format(home=socket.gethostname(), smtp=smtp, tls=tls, connections=connections))
        self("apply", "--yes")

    def __call__(self, *words, preload=None, fine=(0,)):
        """Runs the command in the folder."""
        environment = dict(self.environment, LD_PRELOAD=preload) if preload else self.environment
        return Timed([programs.stoke(), *words], self.folder, environment, fine)

    def enroll(self, count):
        """A ledger as after an import and the first mail to `count` people, who now wait for a year.

        One person takes the way through the command; the others are copies of that person's rows, because a million
        would take the command minutes.
        """
        people = os.path.join(self.folder, "people.csv")
        with open(people, "w") as file:
            file.write("first_name,last_name,email,title,company\nAnn1,Lee1,ann1@c1.example,CTO,Company 1\n")
        self("import", people)
        self("enroll", "outreach", "--all")
        with self.database() as db:
            db.executescript(COPY.replace(":count", str(count)))
        if count <= 20_000:
            self("ledger", "verify")

    def database(self):
        """The ledger's file, for what no command does: its number of commits stays, so the mark outside agrees."""
        return Database(self.ledger)

    def make_due(self, first, count):
        """People `first` and the `count - 1` after that are new and due; everybody else waits."""
        with self.database() as db:
            db.execute(f"UPDATE enrollment SET wake_at={FAR}, queue=0 WHERE wake_at<>{FAR}")
            db.execute(
                "UPDATE enrollment SET wake_at=?, queue=2, mailbox=NULL WHERE id>=? AND id<?",
                (int(time.time()) - 60, first, first + count))

    def email(self, number):
        """The address of a person of `enroll`."""
        with self.database() as db:
            return db.execute("SELECT email FROM person WHERE id=?", (number,)).fetchone()[0]

    def sent(self):
        with self.database() as db:
            return db.execute("SELECT count(*) FROM message WHERE state='sent'").fetchone()[0]

    def copy(self, folder):
        """Another one with the same ledger and mark."""
        shutil.copytree(self.folder, folder)
        shutil.copytree(self.folder + ".state", folder + ".state")
        other = object.__new__(Workspace)
        other.__dict__.update(self.__dict__, folder=folder, ledger=os.path.join(folder, ".stoke/ledger.db"))
        other.environment = dict(self.environment, STOKE_STATE=folder + ".state", HOME=folder)
        return other


_kept = tempfile.TemporaryDirectory(prefix="stoke-bench-")
_made = {}


def enrolled(folder, count, smtp="maildir:outbox"):
    """A workspace with so many enrolled; the first of a size is made, all are copies of that one until the program ends."""
    if count not in _made:
        _made[count] = Workspace(os.path.join(_kept.name, str(count)))
        _made[count].enroll(count)
    workspace = _made[count].copy(folder)
    workspace.write(smtp)
    return workspace


class Database:
    """A connection that is committed, its log folded in, and closed at the end."""

    def __init__(self, path):
        self.db = sqlite3.connect(path, isolation_level=None)

    def __enter__(self):
        self.db.execute("PRAGMA synchronous=OFF")
        self.db.execute("PRAGMA cache_size=-400000")
        self.db.execute("PRAGMA temp_store=MEMORY")
        self.db.execute("BEGIN")
        return self.db

    def __exit__(self, *_):
        if self.db.in_transaction:
            self.db.execute("COMMIT")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()
        # What was prepared is on the disk before anybody is timed who waits for that disk.
        os.sync()


FAR = 4_000_000_000
COPY = f"""
UPDATE enrollment SET mailbox='ana', queue=0, wake_at={FAR};
CREATE TEMP TABLE number AS
  WITH RECURSIVE counted(n) AS (SELECT 2 UNION ALL SELECT n+1 FROM counted WHERE n<:count) SELECT n FROM counted;
INSERT INTO company(id, domain, place, name, facts)
  SELECT n, 'c'||n||'.example', 'example.c'||n, 'company '||n, '{{"name":"Company '||n||'","domain":"c'||n||'.example"}}'
  FROM number WHERE n<=max(:count/20, 2);
INSERT INTO person(id, key, email, name, place, company_id, facts, blocked, added_at)
  SELECT n, 'ann'||n||'@c'||c||'.example', 'ann'||n||'@c'||c||'.example', 'ann'||n||' lee'||n, 'example.c'||c, c,
    '{{"first_name":"Ann'||n||'","last_name":"Lee'||n||'","title":"CTO","email":"ann'||n||'@c'||c||'.example","source":"list"}}',
    blocked, added_at
  FROM (SELECT n, 1+n%max(:count/20, 2) AS c FROM number), (SELECT blocked, added_at FROM person WHERE id=1);
INSERT INTO identity(kind, value, person_id) SELECT 'email', email, id FROM person WHERE id>1 ORDER BY email;
INSERT INTO enrollment(id, person_id, sequence, round, exclusive, version, state, mailbox, enrolled_at, tie, queue,
    wake_at, released)
  SELECT n, n, sequence, round, exclusive, version, state, mailbox, enrolled_at, abs(random()), queue, wake_at, released
  FROM number, (SELECT * FROM enrollment WHERE id=1);
INSERT INTO standing(person_id, rules, fit, intent, temperature, stage, next_change_at)
  SELECT n, rules, fit, intent, temperature, stage, next_change_at FROM number, (SELECT * FROM standing WHERE person_id=1);
"""
