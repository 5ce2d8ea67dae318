#!/usr/bin/env python3
"""How fast a list of a million people is validated and de-duplicated, next to `sqlite3 .import`.

    Benchmarks/list.py [ROWS]

The other one reads the same file into a table whose email is unique, in memory's own way: no journal, no waiting for the
disk. It checks no address and finds no second person. The ratio is its time over ours, least of three runs each, and
must be 0.6 at least; our peak of memory must stay under 64 MB.
"""
import os, random, subprocess, sys, tempfile, time

here = os.path.dirname(os.path.abspath(__file__))
rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
program = os.path.join(here, ".build/release/ListBenchmark")
random.seed(7)
companies = [f"company{number}" for number in range(40_000)]

with tempfile.TemporaryDirectory() as folder:
    file = os.path.join(folder, "list.csv")
    with open(file, "w", encoding="utf-8", newline="") as out:
        out.write("first_name,last_name,email,title,linkedin,company,city,country,employees,note\r\n")
        for number in range(rows):
            company = random.choice(companies)
            person = number if random.random() > 0.01 else random.randrange(max(number, 1))
            note = '"says ""hello"", twice"' if number % 7 == 0 else "a note"
            out.write(
                f"First{person},Last{person},first{person}.last@{company if person == number else 'company1'}.example,"
                f"Head of Sales,https://www.linkedin.com/in/person-{person},{company} GmbH,Hamburg,DE,51-200,{note}\r\n")
    size = os.path.getsize(file) / 1e6

    def own():
        start = time.perf_counter()
        process = subprocess.Popen([program, file], stdout=subprocess.PIPE, text=True)
        said = process.stdout.read().strip()
        _, _, usage = os.wait4(process.pid, 0)
        return time.perf_counter() - start, f"{said}, peak {usage.ru_maxrss / 1024:.0f} MB"

    def other():
        base = os.path.join(folder, "list.db")
        if os.path.exists(base):
            os.remove(base)
        table = ("CREATE TABLE list(first_name, last_name, email UNIQUE, title, linkedin, company, city, country, "
                 "employees, note);")
        script = f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;\n{table}\n.mode csv\n.import --skip 1 {file} list\n"
        start = time.perf_counter()
        subprocess.run(["sqlite3", base], input=script, capture_output=True, text=True)
        return time.perf_counter() - start

    theirs = min(other() for _ in range(3))
    ours, said = min(own() for _ in range(3))
    print(f"list:    {rows} rows, {size:.0f} MB")
    print(f"sqlite3: {theirs:.2f} s")
    print(f"stoke:   {ours:.2f} s ({said})")
    print(f"ratio:   {theirs / ours:.2f} (at least 0.6)")
