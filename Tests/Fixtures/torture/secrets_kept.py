"""A password stays where it is kept: runs that succeed, fail, are refused by a server that repeats it, and crash.

Usage: secrets_kept.py STOKE COUNT FOLDER
COUNT is not used. Ends with 1 where the password, plain or in Base64, is found in arguments, output, --json, the ledger,
the state beside it, any other file that the run left, or a core; figures on its last line.
"""

import base64, glob, os, resource, signal, sys

import oracle
from bench_workspace import Workspace
from counting_server import CountingServer

SECRET = "tr0ub4dor-and-3-geese"
PLAIN = base64.b64encode(b"\0ana\0" + SECRET.encode()).decode()
FORMS = [SECRET, PLAIN, base64.b64encode(SECRET.encode()).decode()]
LATER = "2026-03-02T13:00:00Z"


class Secrets:
    def __init__(self, stoke):
        self.stoke, self.findings, self.looks = stoke, [], 0

    def workspace(self, port, source):
        workspace = Workspace(self.stoke)
        workspace.fill(port, 2, connections=1)
        workspace.write("secrets/ana", SECRET + "\n")
        os.chmod(os.path.join(workspace.folder, "secrets/ana"), 0o600)
        os.makedirs(os.path.join(workspace.root, "credentials"))
        with open(os.path.join(workspace.root, "credentials", "ana"), "w") as file:
            file.write(SECRET + "\n")
        text = workspace.read("stoke.yaml").replace("imap: none", f"imap: none\n    user: ana\n    password: {source}")
        workspace.write("stoke.yaml", text)
        workspace("apply", "--yes", environment=self.environment(workspace))
        return workspace

    @staticmethod
    def environment(workspace):
        return {"ANA": SECRET, "CREDENTIALS_DIRECTORY": os.path.join(workspace.root, "credentials")}

    def look(self, where, octets):
        self.looks += 1
        for form in FORMS:
            if form.encode() in octets:
                self.findings.append(f"{where}: it shows")

    def look_at_files(self, where, workspace):
        for path in glob.glob(os.path.join(workspace.root, "**"), recursive=True, include_hidden=True):
            kept = ("secrets/ana", "credentials/ana")
            if os.path.isfile(path) and not path.endswith(kept):
                with open(path, "rb") as file:
                    self.look(f"{where}: {os.path.relpath(path, workspace.root)}", file.read())
            if os.path.basename(path).startswith("core"):
                self.findings.append(f"{where}: there is a core: {path}")

    def run(self, where, workspace, *more, expect=None):
        environment = self.environment(workspace)
        status, output, errors = workspace("run", *more, environment=environment, expect=None)
        self.look(f"{where}: output", (output + errors).encode())
        for command in (["status", "--json"], ["resolve", "--json"], ["status"], ["ledger", "verify"], ["doctor"]):
            _, output, errors = workspace(*command, environment=environment, expect=None)
            self.look(f"{where}: {command}", (output + errors).encode())
        self.look_at_files(where, workspace)
        if expect is not None and status != expect:
            self.findings.append(f"{where}: ended with {status}: {output}{errors}")

    def sources(self):
        """From each place a password may stand in; it is right, so the mails go out."""
        sources = {
            "file": "{file: secrets/ana}",
            "command": "{command: [cat, secrets/ana]}",
            "credential": "{credential: ana}",
            "env": "{env: ANA}",
        }
        for name, source in sources.items():
            server = CountingServer(takes_logins=PLAIN)
            workspace = self.workspace(server.port, source)
            self.run(name, workspace, "--json", expect=0)
            if len(server.delivered) != 2:
                self.findings.append(f"{name}: {len(server.delivered)} delivered, not 2")
            workspace.remove()
        return len(sources)

    def refusals(self):
        """Servers that repeat what they were told, and a file that others may read."""
        replies = [f"535 5.7.8 no: {PLAIN}", f"535 5.7.8 {SECRET} is wrong", f"454 4.7.0 AUTH PLAIN {PLAIN} later"]
        for reply in replies:
            server = CountingServer(takes_logins="x", strike=lambda at, number: reply if at == "auth" else None)
            workspace = self.workspace(server.port, "{file: secrets/ana}")
            self.run(f"refused with {reply[:3]}", workspace, expect=1)
            workspace.remove()
        server = CountingServer(takes_logins=PLAIN)
        workspace = self.workspace(server.port, "{file: secrets/ana}")
        os.chmod(os.path.join(workspace.folder, "secrets/ana"), 0o640)
        self.run("a file that others may read", workspace, expect=1)
        if server.delivered:
            self.findings.append("a file that others may read: it was used all the same")
        workspace.remove()
        return len(replies) + 1

    def crashes(self):
        """Signals of a crash while the mail is on its way."""
        # As large a core as the machine allows: where it allows none, only the output can give anything away.
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))
        signals = [signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGQUIT, signal.SIGTRAP]
        for number in signals:
            server = CountingServer(takes_logins=PLAIN)
            workspace = self.workspace(server.port, "{env: ANA}")
            server.gate.clear()
            run = workspace.start("run", environment=self.environment(workspace))
            if not server.wait_for_dots(1):
                self.findings.append(f"{number.name}: the run does not send")
            with open(f"/proc/{run.pid}/cmdline", "rb") as file:
                self.look(f"{number.name}: arguments", file.read())
            run.send_signal(number)
            output, errors = run.communicate(timeout=60)
            server.gate.set()
            server.quiet()
            if run.returncode != -number:
                self.findings.append(f"{number.name}: ended with {run.returncode}")
            self.look(f"{number.name}: output", output + errors)
            self.look_at_files(number.name, workspace)
            workspace("run", now=LATER, environment=self.environment(workspace), expect=(0, 1))
            server.quiet()
            findings, _ = oracle.judge(workspace, server.delivered, LATER, 2)
            self.findings += [f"{number.name}: {finding}" for finding in findings]
            workspace.remove()
        return len(signals)


def main():
    secrets = Secrets(sys.argv[1])
    sources, refusals, crashes = secrets.sources(), secrets.refusals(), secrets.crashes()
    for finding in secrets.findings:
        print(finding)
    print(
        f"secrets: {sources} sources, {refusals} refusals, {crashes} crashes, {secrets.looks} places looked at: "
        f"{len(secrets.findings)} findings"
    )
    sys.exit(1 if secrets.findings else 0)


if __name__ == "__main__":
    main()
