"""The inbox: read from Dovecot over TLS, next to the least C program that fetches the same."""
import os, random, tempfile
from stand import programs, servers
from stand.measure import Timed, note, ratios, show, turns

COUNT = int(os.environ.get("LETTERS", "10000"))
WORDS = "we talk about the offer on Thursday and send the price list with the next mail to your team again".split()


def imap():
    """An INBOX of answers, read as `stoke inbox` reads it, next to a C program that only fetches; and with every message understood."""
    program, fetch = programs.swift("IMAPBenchmark"), programs.compiled("imap_fetch", "-lcurl")
    with tempfile.TemporaryDirectory() as folder:
        chance = random.Random(7)
        with servers.dovecot(folder, (answer(number, chance) for number in range(COUNT))) as account:
            Timed([fetch, *account])  # Dovecot makes its index once.
            theirs, read, understood = turns(
                lambda: Timed([fetch, *account]), lambda: Timed([program, *account, "read"]),
                lambda: Timed([program, *account, "understand"]))
    # How many messages, and of how many octets.
    said = {tuple(run.said.split()[:2]) for run in theirs + read + understood}
    if len(said) != 1:
        raise SystemExit(f"they do not read the same: {said}")
    messages, octets = said.pop()
    note(f"{messages} messages, {int(octets) / 1e6:.0f} MB")
    show("inbox read, of the C program that only fetches", pace(theirs, read), least=0.5)
    show("read and understood, of the same", pace(theirs, understood))


def pace(reference, measured):
    return ratios([run.seconds for run in reference], [run.seconds for run in measured])


def answer(number, chance):
    """With a quote and a signature, 1 to 8 KB, as people write them."""
    said = " ".join(chance.choice(WORDS) for _ in range(chance.randint(20, 400)))
    quoted = "\r\n".join("> " + " ".join(chance.choice(WORDS) for _ in range(12)) for _ in range(chance.randint(3, 60)))
    return (f"Return-Path: <ann{number}@their.example>\r\nReceived: from mx.their.example by mx.ours.example; Mon, 9 Nov "
            f"2026 09:00:00 +0000\r\nFrom: Ann {number} <ann{number}@their.example>\r\nTo: ana@ours.example\r\nSubject: Re: A "
            f"question\r\nMessage-ID: <r{number}@their.example>\r\nIn-Reply-To: <m{number}.stoke@ours.example>\r\nDate: Mon, 9 "
            f"Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{said}\r\n\r\nOn Mon, "
            f"9 Nov 2026 at 08:00, Ana <ana@ours.example> wrote:\r\n{quoted}\r\n-- \r\nAnn\r\n")
