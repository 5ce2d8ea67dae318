"""Peers: the whole job, from a CSV file and a template to delivered mail, next to what people use today."""
import os, tempfile, time
from stand import programs, servers
from stand.measure import Timed, note, ratios, show, turns
from stand.workspace import Workspace

NEAR = int(os.environ.get("PEER_MAILS", "5000"))
FAR = int(os.environ.get("PEER_MAILS_FAR", "320"))

TEMPLATE = """\
Hi {{first_name}},

I read that {{company}} is growing. Most teams of your size lose a day a week to
onboarding by hand. Would a look at how others do it be of use? Two minutes, no slides.

Best,
Ana
"""
# What somebody writes in an afternoon: one connection, kept; no record of what was sent.
SCRIPT = """\
import csv, smtplib, sys
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from jinja2 import Environment
template = Environment().from_string(open("template.txt").read())
server = smtplib.SMTP("127.0.0.1", int(sys.argv[1]))
for row in csv.DictReader(open("people.csv")):
    message = EmailMessage()
    message["From"], message["To"] = "Ana Pop <ana@acme.example>", row["email"]
    message["Subject"] = row["company"] + " onboarding: a question"
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="acme.example")
    text = template.render(**row)
    message.set_content(text)
    message.add_alternative("<p>" + text.replace("\\n\\n", "</p><p>") + "</p>", subtype="html")
    server.send_message(message)
server.quit()
"""


def people(path, count):
    """A list of people as each of the programs reads it."""
    with open(path, "w") as file:
        file.write("first_name,last_name,email,title,company\n")
        for number in range(count):
            file.write(f"Ann{number},Lee{number},ann{number}@c{number // 20}.example,CTO,Company {number // 20}\n")


class Jobs:
    """The same job by each program; a folder of its own each time."""

    def __init__(self, folder, port, count):
        self.folder, self.port, self.count = folder, port, count
        self.python = programs.python()
        self.number = 0

    def place(self):
        self.number += 1
        path = os.path.join(self.folder, str(self.number))
        os.mkdir(path)
        people(os.path.join(path, "people.csv"), self.count)
        return path

    def stoke(self):
        """apply, import, enroll, run: all of it counts."""
        folder = self.place()
        start = time.perf_counter()
        workspace = Workspace(folder, f"smtp://127.0.0.1:{self.port}")
        workspace("import", "people.csv")
        workspace("enroll", "outreach", "--all")
        said = workspace("run").said
        if f"{self.count:,} sent".replace(",", "") not in said.replace(",", ""):
            raise SystemExit(f"stoke: {said}")
        return time.perf_counter() - start

    def mailmerge(self):
        folder = self.place()
        with open(os.path.join(folder, "template.txt"), "w") as file:
            file.write("TO: {{email}}\nSUBJECT: {{company}} onboarding: a question\nFROM: Ana Pop <ana@acme.example>\n\n" + TEMPLATE)
        with open(os.path.join(folder, "server.conf"), "w") as file:
            file.write(f"[smtp_server]\nhost = 127.0.0.1\nport = {self.port}\n")
        command = os.path.join(os.path.dirname(self.python), "mailmerge")
        return Timed([command, "--no-dry-run", "--no-limit", "--template", "template.txt", "--database", "people.csv",
                      "--config", "server.conf"], folder).seconds

    def script(self):
        folder = self.place()
        for name, text in [("template.txt", TEMPLATE), ("send.py", SCRIPT)]:
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
        return Timed([self.python, "send.py", str(self.port)], folder).seconds


def peers():
    """apply, import, enroll and run of a new workspace, next to mailmerge (PyPI) and to a script of smtplib and Jinja2."""
    if not programs.python():
        return note("mailmerge and Jinja2 can't be had from PyPI: not measured")
    with tempfile.TemporaryDirectory() as folder, servers.sink() as port:
        jobs = Jobs(folder, port, NEAR)
        ours, mailmerge, script = turns(jobs.stoke, jobs.mailmerge, jobs.script)
        note(f"{NEAR} mails on loopback: stoke {middle(ours):.2f} s, mailmerge {middle(mailmerge):.2f} s, script {middle(script):.2f} s")
        show("whole job on loopback, times as fast as mailmerge", ratios(mailmerge, ours), least=10, digits=1)
        show("whole job on loopback, times as fast as the script", ratios(script, ours), least=2.5, digits=1)
    with tempfile.TemporaryDirectory() as folder, servers.sink() as near, servers.relay(near, 20) as port:
        jobs = Jobs(folder, port, FAR)
        ours, mailmerge = turns(jobs.stoke, jobs.mailmerge)
        note(f"{FAR} mails 20 ms away: stoke {middle(ours):.2f} s, mailmerge {middle(mailmerge):.2f} s")
        show("whole job 20 ms away, times as fast as mailmerge", ratios(mailmerge, ours), least=50, digits=1)


def middle(values):
    return sorted(values)[len(values) // 2]
