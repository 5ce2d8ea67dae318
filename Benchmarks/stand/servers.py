"""Servers on this machine, each a context that ends what it began."""
import contextlib, os, socket, subprocess, sys, time
from . import programs


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _await(port):
    for _ in range(500):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return port
        time.sleep(0.02)
    sys.exit(f"nothing listens on port {port}")


@contextlib.contextmanager
def _process(words, port=None):
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield _await(port) if port else int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def sink(*options):
    """Postfix's smtp-sink; its port."""
    program = programs.system("smtp-sink")
    if not program:
        sys.exit("Postfix's smtp-sink is absent: make deps-test")
    port = free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    return _process([program, *user, *options, f"127.0.0.1:{port}", "500"], port)


def relay(target, milliseconds):
    """A wire with a length before a port: each chunk takes so long, either way; its port."""
    return _process([programs.compiled("relay"), str(target), str(milliseconds)])


def secure(folder, refuse):
    """An SMTP server with STARTTLS that refuses one recipient in ten, or none; its port. Its CA is `folder`/ca.pem."""
    script = os.path.join(programs.BENCHMARKS, "stand", "secure_server.py")
    return _process([sys.executable, script, folder, "refuse" if refuse else "accept"])


def certificate(folder):
    """A CA of a day, ca.pem, and a certificate for this machine by it, both made in `folder`."""
    def run(*words):
        subprocess.run(["openssl", *words], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1", "-subj",
        "/CN=bench CA", "-keyout", "ca.key", "-out", "ca.pem")
    run("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost", "-keyout",
        "server.key", "-out", "server.csr")
    with open(os.path.join(folder, "names"), "w") as names:
        names.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    run("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "1",
        "-extfile", "names", "-out", "server.pem")


DOVECOT = """base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
{me}ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
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
"""


@contextlib.contextmanager
def dovecot(folder, messages):
    """Dovecot with an INBOX of these messages, over TLS; its port, the file of its CA, the user and the password."""
    program = programs.system("dovecot")
    if not program:
        sys.exit("Dovecot is absent: make deps-test")
    port, name, password = free_port(), "ana", "open sesame"
    user = 65534 if os.geteuid() == 0 else os.getuid()
    os.chmod(folder, 0o755)
    for part in ("cur", "new", "tmp"):
        os.makedirs(f"{folder}/home/Maildir/{part}")
    for number, message in enumerate(messages):
        with open(f"{folder}/home/Maildir/new/{number}.x.y", "w", newline="") as out:
            out.write(message)
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", str(user), f"{folder}/home"], check=True)
    certificate(folder)
    with open(f"{folder}/users", "w") as out:
        out.write(f"{name}:{{PLAIN}}{password}\n")
    me = "" if os.geteuid() == 0 else f"default_internal_user = {user}\ndefault_login_user = {user}\n"
    with open(f"{folder}/conf", "w") as out:
        out.write(DOVECOT.format(folder=folder, user=user, port=port, me=me))
    server = subprocess.Popen([program, "-F", "-c", f"{folder}/conf"])
    try:
        yield [str(_await(port)), f"{folder}/ca.pem", name, password]
    finally:
        # Its children end with it.
        server.terminate()
        server.wait()
