"""Runs a command on a terminal of its own, a real pseudo-terminal, and plays a person at it.

Reads a JSON object from standard input: command, environment, folder, rows, columns, limit (s), and steps, each
{"expect": regex, then "send": text and/or "signal": number}. Writes one: output, status (negative for a signal),
restored (whether the terminal is set as it was before), missed (the first pattern that never came), hidden (whether
single keys were taken unseen at the time of the first step).
"""
import base64, fcntl, json, os, pty, re, select, signal, struct, subprocess, sys, termios, time

plan = json.load(sys.stdin)
master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", plan.get("rows", 24), plan.get("columns", 80), 0, 0))
before = termios.tcgetattr(slave)


def lead():
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)


child = subprocess.Popen(
    plan["command"], stdin=slave, stdout=slave, stderr=slave, env=plan["environment"], cwd=plan["folder"],
    preexec_fn=lead, close_fds=True)
output, seen = b"", 0
deadline = time.monotonic() + plan.get("limit", 60)


def pump(seconds):
    global output
    ready, _, _ = select.select([master], [], [], seconds)
    if ready:
        try:
            output += os.read(master, 65536)
        except OSError:
            pass
    return bool(ready)


def await_text(pattern):
    """Waits until the pattern comes behind what was matched last; False at the end of the child or of the time."""
    global seen
    while True:
        found = re.compile(pattern.encode(), re.S).search(output, seen)
        if found:
            seen = found.end()
            return True
        if time.monotonic() > deadline:
            return False
        if not pump(0.05) and child.poll() is not None and not pump(0.2):
            return False


missed, hidden, stopped = None, None, False
for step in plan["steps"]:
    if not await_text(step["expect"]):
        missed = step["expect"]
        break
    if hidden is None:
        hidden = not termios.tcgetattr(slave)[3] & termios.ECHO
    if "columns" in step:
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, step["columns"], 0, 0))
    if "send" in step:
        os.write(master, step["send"].encode())
    if step.get("signal"):
        os.kill(child.pid, step["signal"])
    if step.get("stopped"):
        # The child stops itself; meanwhile the terminal has to be as it was.
        _, status = os.waitpid(child.pid, os.WUNTRACED)
        stopped = os.WIFSTOPPED(status) and termios.tcgetattr(slave) == before
        os.kill(child.pid, signal.SIGCONT)
while child.poll() is None and time.monotonic() < deadline:
    pump(0.05)
if child.poll() is None:
    child.kill()
    child.wait()
    missed = missed or "(the end)"
while pump(0.1):
    pass
json.dump(
    {
        "output": output.decode("utf-8", "replace"), "status": child.returncode,
        "restored": termios.tcgetattr(slave) == before, "missed": missed, "hidden": hidden, "stopped": stopped,
        "copied": [
            base64.b64decode(text).decode() for text in re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", output)
        ],
    }, sys.stdout)
