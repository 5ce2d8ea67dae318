"""Postfix's smtp-source: a C program that does nothing but send one message again and again."""
from . import programs
from .measure import Timed


def send(port, file, messages, sessions):
    """Sends a file's message so often over so many sessions that stay; how it ended."""
    program = programs.system("smtp-source")
    return Timed([program, "-s", str(sessions), "-d", "-m", str(messages), "-F", file, "-f", "ana@acme.example", "-t",
                  "ann1@c1.example", f"127.0.0.1:{port}"])
