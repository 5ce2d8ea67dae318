"""Lists and messages that come in: whole processes next to other programs that read the same files."""
import os, random, subprocess, sys, tempfile
from stand import programs
from stand.measure import Timed, note, ratios, show, turns

ROWS = int(os.environ.get("ROWS", "1000000"))
MESSAGES = os.environ.get("MESSAGES", os.path.join(programs.PROJECT, "../shared/suites/inbound/msgs"))


def lists():
    """A list with quotes and a hundredth of duplicates, validated and de-duplicated, next to `sqlite3 .import` into a table with a unique email."""
    program = programs.swift("ListBenchmark")
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "list.csv")
        write(file)

        # It checks no address and finds no second person, keeps no journal and waits for no disk.
        def other():
            base = os.path.join(folder, "list.db")
            if os.path.exists(base):
                os.remove(base)
            script = os.path.join(folder, "script")
            with open(script, "w") as out:
                out.write("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;\nCREATE TABLE list(first_name, last_name, "
                          "email UNIQUE, title, linkedin, company, city, country, employees, note);\n"
                          f".mode csv\n.import --skip 1 {file} list\n")
            return Timed(["sqlite3", base, f".read {script}"])

        ours, theirs = turns(lambda: Timed([program, file]), other)
        note(f"{ours[0].said.strip()}; {os.path.getsize(file) / 1e6:.0f} MB")
        show("list read, times as fast as sqlite3 .import", ratios([run.seconds for run in theirs], [run.seconds for run in ours]), least=0.6)
        show("its peak of memory", [run.peak for run in ours], most=64, unit=" MB", digits=0)


def write(file):
    chance = random.Random(7)
    companies = [f"company{number}" for number in range(40_000)]
    with open(file, "w", encoding="utf-8", newline="") as out:
        out.write("first_name,last_name,email,title,linkedin,company,city,country,employees,note\r\n")
        for number in range(ROWS):
            company = chance.choice(companies)
            person = number if chance.random() > 0.01 else chance.randrange(max(number, 1))
            remark = '"says ""hello"", twice"' if number % 7 == 0 else "a note"
            out.write(
                f"First{person},Last{person},first{person}.last@{company if person == number else 'company1'}.example,"
                f"Head of Sales,https://www.linkedin.com/in/person-{person},{company} GmbH,Hamburg,DE,51-200,{remark}\r\n")


PYTHON = """
import email, email.policy, sys
for file in sys.argv[1:]:
    with open(file, 'rb') as stream: message = email.message_from_binary_file(stream)
    for part in message.walk(): part.get_payload(decode=True)
"""
SISIMAI = "require 'sisimai'; ARGV.each { |file| Sisimai.rise(file) }"


def inbound():
    """Messages understood on one core, next to Python's email, which only parses, and to sisimai, where Ruby has it."""
    if not os.path.isdir(MESSAGES):
        return note(f"{MESSAGES} is absent: not measured (MESSAGES= names a folder of message files)")
    files = sorted(os.path.join(MESSAGES, name) for name in os.listdir(MESSAGES))
    core = ["taskset", "-c", "0"] if sys.platform == "linux" else []
    program = programs.swift("InboundBenchmark")
    others = [("Python's email", [sys.executable, "-c", PYTHON], None)]
    if subprocess.run(["ruby", "-e", "require 'sisimai'"], stderr=subprocess.DEVNULL).returncode == 0 if programs.system("ruby") else False:
        others.append(("sisimai", ["ruby", "-e", SISIMAI], 3))
    ours, *theirs = turns(*[lambda words=words: Timed(core + words + files) for words in [[program]] + [one[1] for one in others]])
    note(f"{len(files)} messages: {len(files) / ours[0].seconds:,.0f} a second")
    for (name, _, least), runs in zip(others, theirs):
        show(f"messages understood, times as fast as {name}", ratios([run.seconds for run in runs], [run.seconds for run in ours]), least=least, digits=1)
