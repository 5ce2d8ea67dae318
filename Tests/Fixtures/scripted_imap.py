"""An IMAP server that does as it is told, one listener a scenario, to see what a client does with it.

Usage: scripted_imap.py SCENARIOS.json
SCENARIOS.json: [{"id", "fault"}]. Prints {"id": port} as one line; ends when its input ends.
Each has an INBOX of three messages, UIDs 1, 2 and 7; any user may log in, without TLS.
"""

import json, os, re, socket, struct, sys, threading, time

MESSAGES = {
    1: b"Subject: one\r\n\r\nfirst\r\n",
    2: b'Subject: two\r\n\r\n* 3 FETCH (UID 7 BODY[]<0> {4}\r\nfake)\r\ns1 OK\r\ns9 OK done\r\n* BYE\r\n)\r\n"\\{3}\r\n',
    7: b"Subject: seven\r\n\r\n" + b"x" * 5000 + b"\r\n",
}


class Connection:
    def __init__(self, sock, fault):
        self.sock, self.fault, self.buffer = sock, fault, b""

    def line(self):
        while b"\r\n" not in self.buffer:
            octets = self.sock.recv(65536)
            if not octets:
                raise OSError
            self.buffer += octets
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line.decode()

    def say(self, text):
        self.sock.sendall(text if isinstance(text, bytes) else text.encode() + b"\r\n")

    def serve(self):
        capabilities = "IMAP4rev1" + ("" if self.fault == "login only" else " AUTH=PLAIN SASL-IR")
        self.say(f"* OK [CAPABILITY {capabilities}] scripted")
        while True:
            tag, command, rest = (self.line().split(" ", 2) + [""])[:3]
            if command == "UID":
                command, rest = rest.split(" ", 1)
            getattr(self, "on_" + command.lower())(tag, rest, capabilities)

    def on_capability(self, tag, rest, capabilities):
        self.say(f"* CAPABILITY {capabilities}")
        self.say(f"{tag} OK done")

    def on_authenticate(self, tag, rest, _):
        self.say(f"{tag} OK welcome")

    def on_login(self, tag, rest, _):
        self.say(f"{tag} OK welcome")

    def on_logout(self, tag, rest, _):
        self.say("* BYE")
        self.say(f"{tag} OK")
        raise OSError

    def on_list(self, tag, rest, _):
        self.say('* LIST (\\HasNoChildren) "/" INBOX')
        self.say('* LIST (\\Noselect) "/" "[Gmail]"')
        self.say('* LIST (\\HasNoChildren \\Sent) "/" "[Gmail]/Sent \\"Mail\\""')
        self.say('* LIST (\\All) "/" {8}')
        self.say("All Mail")
        self.say('* LIST (\\HasNoChildren) NIL {3}')
        self.say(b"a\xff\xfe\r\n")
        self.say(f"{tag} OK done")

    def on_examine(self, tag, rest, _):
        if "INBOX" not in rest:
            return self.say(f"{tag} NO [NONEXISTENT] no such folder")
        self.say("* FLAGS (\\Answered \\Seen)")
        self.say("* OK [PERMANENTFLAGS ()] read-only (all of it")
        self.say("* 3 EXISTS")
        self.say("* 0 RECENT")
        if self.fault != "no validity":
            self.say("* OK [UIDVALIDITY 4294967295] ok")
        self.say("* OK [UIDNEXT 8] next")
        self.say(f"{tag} OK [READ-ONLY] done")

    def on_search(self, tag, rest, _):
        first = int((re.search(r"UID (\d+):", rest) or re.match("(1)", "1")).group(1))
        found = [uid for uid in MESSAGES if uid >= first] or [max(MESSAGES)]
        self.say("* 1 FETCH (FLAGS (\\Seen))")
        self.say("* SEARCH" + "".join(f" {uid}" for uid in found))
        self.say("* SEARCH")
        self.say(f"{tag} OK done")

    def on_append(self, tag, rest, _):
        size = int(re.search(r"\{(\d+)\}$", rest).group(1))
        if self.fault == "append refused":
            return self.say(f"{tag} NO [OVERQUOTA] full")
        self.say("+ go on")
        while len(self.buffer) < size + 2:
            self.buffer += self.sock.recv(65536)
        self.buffer = self.buffer[size + 2 :]
        self.say(f"{tag} OK [APPENDUID 1 8] done {size}")

    def on_fetch(self, tag, rest, _):
        limit = int(re.search(r"<0\.(\d+)>", rest).group(1))
        wanted = rest.split(" ")[0]
        for number, (uid, message) in enumerate(MESSAGES.items(), 1):
            if not any(a <= uid <= b for a, b in self.ranges(wanted)):
                continue
            if self.fault and uid == 2 and self.strike(tag, number, uid, message):
                continue
            self.fetched(number, uid, message, limit)
        self.say(f"{tag} OK done")

    def ranges(self, wanted):
        for part in wanted.split(","):
            ends = [int(end) for end in part.split(":")]
            yield ends[0], ends[-1]

    def fetched(self, number, uid, message, limit):
        part = message[:limit]
        head = f'* {number} FETCH (UID {uid} INTERNALDATE " 1-Feb-2026 09:30:00 +0130" RFC822.SIZE {len(message)} BODY[]<0> {{{len(part)}}}\r\n'
        self.say(head.encode() + part + b")\r\n")

    def strike(self, tag, number, uid, message):
        """Does the fault in place of message 2; says whether the fetch goes on without it."""
        head = f"* {number} FETCH (UID {uid} BODY[]<0> "
        fault = self.fault
        if fault == "bye":
            self.say(head.encode() + b"{50}\r\nhalf a mess")
            time.sleep(0.05)
            self.say("* BYE too late: this is body")
            raise OSError
        if fault == "bye between":
            self.say("* BYE shutting down")
            raise OSError
        if fault == "drop":
            self.say(head.encode() + b"{50}\r\nhalf")
            raise OSError
        if fault == "literal too long":
            self.say(head + "{9000000000000}")
            self.say(message + b")\r\n")
            time.sleep(30)
        if fault == "literal too short":
            self.say(head.encode() + b"{5}\r\n" + message + b")\r\n")
        if fault == "literal of 60 MB":
            self.say(head + "{60000000}")
            for _ in range(60):
                self.say(b"y" * 1_000_000)
            self.say(")")
        if fault == "endless line":
            try:
                while True:
                    self.say(b"z" * 1_000_000)
            except OSError:
                raise
        if fault == "deep":
            self.say("* 9 X " + "(" * 100_000)
        if fault == "junk":
            self.say("* 4 EXPUNGE")
            self.say("* OK still (here \" [")
            self.say("* 17 FETCH (UID 99 BODY[]<0> {3}")
            self.say(b"abc)\r\n")
            self.say("* XYZZY (a (b {2}")
            self.say(b"c)) NIL) \"d\"\r\n")
            return False
        if fault == "login only":
            return False
        if fault == "no body":
            self.say(f"* {number} FETCH (UID {uid} BODY[]<0> NIL)")
        if fault == "wrong tag":
            self.say("x99 OK not yours")
        if fault == "hang":
            time.sleep(30)
        if fault == "drip":
            for octet in head.encode() * 100:
                self.say(bytes([octet]))
                time.sleep(0.3)
        if fault == "no":
            self.say(f"{tag} NO [SERVERBUG] can't")
            self.line()
        return True

    def run(self):
        try:
            self.serve()
        except (OSError, AttributeError, ValueError):
            pass
        finally:
            self.sock.close()


def listen(scenario):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(16)

    def accept():
        while True:
            sock, _ = listener.accept()
            threading.Thread(target=Connection(sock, scenario.get("fault")).run, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def main():
    with open(sys.argv[1]) as file:
        scenarios = json.load(file)
    print(json.dumps({scenario["id"]: listen(scenario) for scenario in scenarios}), flush=True)
    sys.stdin.read()
    os._exit(0)


main()
