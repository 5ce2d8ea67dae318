"""A small workspace against one server of this machine, and the built command in it."""

import os, shutil, socket, sqlite3, subprocess, tempfile

SETTINGS = """home: {home}
timezone: Europe/London
sender: {{company: Acme GmbH, postal_address: "Torstr. 1, 10119 Berlin, Germany"}}
people:
  ana: {{name: Ana Pop, timezone: Europe/London}}
calendar: {{days: mon-sun, hours: 00:00-24:00}}
mailboxes:
  ana:
    owner: ana
    from: Ana Pop <ana@acme.example>
    smtp: smtp://127.0.0.1:{port}
    tls: none
    imap: none
    daily_cap: none
    gap: 0s
    connections: {connections}
new_share: 1
person_gap: 0s
"""
OTHER = """  ben:
    owner: ana
    from: Ben Okafor <ben@acme.example>
    smtp: smtp://127.0.0.1:{port}
    tls: none
    imap: none
    user: ben
    password: {{env: BEN_PASSWORD}}
    gap: 0s
"""
MAILS = """audience: any
mailboxes: [ana]
steps:
  - {id: first, email: hello}
finish: {none: "one mail is all"}
"""
TASKS = """audience: any
mailboxes: [ana]
steps:
  - {id: by-hand, task: note}
finish: {none: "a person goes on"}
"""
STOPS = """audience: any
mailboxes: [ana]
steps:
  - {id: by-hand, wait: {for: {country: DE}, at_most: 1h, else: stop}, task: note}
finish: {none: "a person goes on"}
"""
HELLO = "---\nsubject: Hello {{ first_name }}\n---\nHi {{ first_name }},\n\nmay I ask a question?\n"


class Workspace:
    """A folder of its own with workspace, state and home; removed by `remove`."""

    def __init__(self, stoke, now="2026-03-02T12:00:00Z"):
        self.stoke, self.now = stoke, now
        self.root = tempfile.mkdtemp(prefix="stoke-torture-", dir=os.environ.get("STOKE_TORTURE_FOLDER"))
        self.folder, self.state = os.path.join(self.root, "work"), os.path.join(self.root, "state")
        os.mkdir(self.folder)

    @property
    def ledger(self):
        return os.path.join(self.folder, ".stoke", "ledger.db")

    def environment(self, more=None):
        variables = {"PATH": os.environ["PATH"], "HOME": self.root, "STOKE_STATE": self.state, "TZ": "Europe/London"}
        variables.update(more or {})
        return variables

    def start(self, *arguments, now=None, environment=None, prefix=()):
        return subprocess.Popen(
            [*prefix, self.stoke, *arguments, "--now", now or self.now],
            cwd=self.folder,
            env=self.environment(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def __call__(self, *arguments, now=None, environment=None, prefix=(), expect=(0,), timeout=120):
        child = self.start(*arguments, now=now, environment=environment, prefix=prefix)
        try:
            output, errors = child.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            child.kill()
            raise Failed(f"{arguments}: not over after {timeout} s")
        if expect is not None and child.returncode not in expect:
            raise Failed(f"{arguments}: {child.returncode}: {output.decode()}{errors.decode()}")
        return child.returncode, output.decode(), errors.decode()

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)

    def read(self, name):
        with open(os.path.join(self.folder, name)) as file:
            return file.read()

    def fill(self, port, mails, tasks=0, stops=0, connections=2, other_port=None, others=0):
        """Applied, imported and enrolled: the next run sends `mails`, opens `tasks` and ends `stops`.

        Where `other_port` is given, a second mailbox with a login sends `others`.
        """
        settings = SETTINGS.format(home=socket.gethostname(), port=port, connections=connections)
        if other_port:
            settings = settings.replace("new_share:", OTHER.format(port=other_port) + "new_share:")
            self.write("sequences/others.yaml", MAILS.replace("ana", "ben"))
        self.write("stoke.yaml", settings)
        self.write("qualification.yaml", "icps: {}\n")
        self.write("templates/hello.md", HELLO)
        self.write("templates/note.txt", "Write to {{ first_name }}.\n")
        self.write("sequences/mails.yaml", MAILS)
        if tasks:
            self.write("sequences/tasks.yaml", TASKS)
        if stops:
            self.write("sequences/stops.yaml", STOPS)
        groups = {"mails": mails, "tasks": tasks, "stops": stops, "others": others}
        rows = [f"{name}{i},{name}{i}@{name}{i}.example,US" for name in groups for i in range(groups[name])]
        self.write("people.csv", "first_name,email,country\n" + "\n".join(rows) + "\n")
        before = "2026-03-02T09:00:00Z"
        self("apply", "--yes", now=before)
        self("import", "people.csv", now=before)
        self("qualify", "--all", "--accept", now=before)
        for name, number in groups.items():
            if number:
                self("enroll", name, *[f"{name}{i}@{name}{i}.example" for i in range(number)], now=before)

    def copy(self):
        """Another folder with the same files."""
        other = Workspace(self.stoke, self.now)
        shutil.rmtree(other.folder)
        shutil.copytree(self.folder, other.folder)
        shutil.copytree(self.state, other.state)
        return other

    def rows(self, statement):
        """What the ledger's file says, read by another program than Stoke."""
        db = sqlite3.connect(f"file:{self.ledger}?mode=ro", uri=True)
        # A flipped bit may stand in a text.
        db.text_factory = lambda octets: octets.decode(errors="replace")
        try:
            return db.execute(statement).fetchall()
        except UnicodeDecodeError as error:
            # SQLite quotes a damaged schema in its message, and Python can't read that.
            raise sqlite3.DatabaseError(f"malformed: {error}") from error
        finally:
            db.close()

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)


class Failed(Exception):
    pass
