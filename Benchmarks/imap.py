#!/usr/bin/env python3
"""How fast an inbox is read from Dovecot over TLS, next to the least C program that fetches the same.

    Benchmarks/imap.py [MESSAGES]

Both read the same folder of one server in turns; the ratio is the C program's time over ours, least of five runs each,
and must be 0.5 at least. The second ratio is with every message understood, too: that is our work, not the server's.
"""
import os, random, shutil, subprocess, sys, tempfile, time

here = os.path.dirname(os.path.abspath(__file__))
count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
program = os.path.join(here, ".build/release/IMAPBenchmark")
port, password = 29_993, "open sesame"
random.seed(7)
if not shutil.which("dovecot") and not os.path.exists("/usr/sbin/dovecot"):
    sys.exit("Dovecot is not installed: nothing to measure")
subprocess.run(["swift", "build", "-c", "release", "--package-path", here, "--product", "IMAPBenchmark"], check=True,
               stdout=subprocess.DEVNULL)

WORDS = "we talk about the offer on Thursday and send the price list with the next mail to your team again".split()


def message(number):
    """An answer with a quote and a signature, 1 to 8 KB, as people write them."""
    said = " ".join(random.choice(WORDS) for _ in range(random.randint(20, 400)))
    quoted = "\r\n".join("> " + " ".join(random.choice(WORDS) for _ in range(12)) for _ in range(random.randint(3, 60)))
    return (f"Return-Path: <ann{number}@their.example>\r\nReceived: from mx.their.example by mx.ours.example; Mon, 9 Nov "
            f"2026 09:00:00 +0000\r\nFrom: Ann {number} <ann{number}@their.example>\r\nTo: ana@ours.example\r\nSubject: Re: A "
            f"question\r\nMessage-ID: <r{number}@their.example>\r\nIn-Reply-To: <m{number}.stoke@ours.example>\r\nDate: Mon, 9 "
            f"Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{said}\r\n\r\nOn Mon, "
            f"9 Nov 2026 at 08:00, Ana <ana@ours.example> wrote:\r\n{quoted}\r\n-- \r\nAnn\r\n")


with tempfile.TemporaryDirectory() as folder:
    os.chmod(folder, 0o755)
    user = 65534 if os.getuid() == 0 else os.getuid()
    new = f"{folder}/home/Maildir/new"
    for part in ("cur", "new", "tmp"):
        os.makedirs(f"{folder}/home/Maildir/{part}")
    for number in range(count):
        with open(f"{new}/{number}.x.y", "w", newline="") as out:
            out.write(message(number))
    if os.getuid() == 0:
        subprocess.run(["chown", "-R", str(user), f"{folder}/home"], check=True)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
                    "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", f"{folder}/key",
                    "-out", f"{folder}/cert"], check=True, stderr=subprocess.DEVNULL)
    with open(f"{folder}/users", "w") as out:
        out.write(f"ana:{{PLAIN}}{password}\n")
    me = "" if os.getuid() == 0 else f"default_internal_user = {user}\ndefault_login_user = {user}\n"
    with open(f"{folder}/conf", "w") as out:
        out.write(f"""base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
{me}ssl = required
ssl_cert = <{folder}/cert
ssl_key = <{folder}/key
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={user} home={folder}/home
}}
mail_location = maildir:~/Maildir
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
""")
    subprocess.run(["cc", "-O2", f"{here}/imap_fetch.c", "-lcurl", "-o", f"{folder}/fetch"], check=True)
    server = subprocess.Popen([shutil.which("dovecot") or "/usr/sbin/dovecot", "-F", "-c", f"{folder}/conf"])
    try:
        time.sleep(1)
        account = [str(port), f"{folder}/cert", "ana", password]

        def run(command):
            start = time.perf_counter()
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
            return time.perf_counter() - start, said[:2]

        ways = {"C program": [f"{folder}/fetch"] + account, "stoke reads": [program] + account + ["read"],
                "stoke reads and understands": [program] + account + ["understand"]}
        run(ways["C program"])  # Dovecot makes its index once.
        best, said = {}, {}
        for _ in range(5):
            for name, command in ways.items():
                took, said[name] = run(command)
                best[name] = min(best.get(name, took), took)
        assert len({tuple(value) for value in said.values()}) == 1, said
        print(f"inbox: {said['C program'][0]} messages, {int(said['C program'][1]) / 1e6:.0f} MB, Dovecot over TLS")
        for name, took in best.items():
            ratio = "" if name == "C program" else f"; ratio {best['C program'] / took:.2f}"
            print(f"{name}: {took:.2f} s{ratio}" + (" (at least 0.5)" if name == "stoke reads" else ""))
    finally:
        server.terminate()
        server.wait()
