"""An SMTP server that does as it is told: one listener a scenario, each with one fault at one phase.

Usage: scripted_smtp.py SCENARIOS.json FOLDER
SCENARIOS.json: [{"id", "mode": plain|starttls|tls, "phase", "fault", "pipelining", "auth", "certificate", "times"}].
`times` is how often the fault strikes on one connection (without it, always), `after` how often it is spared before.
Prints {"id": port} as one line once all listen; what each listener saw goes to FOLDER/ID.jsonl, one object a
connection: {"commands": [...], "delivered": [{"from", "to", "octets" (Base64)}]}. Ends when its input ends.
"""

import base64, json, os, socket, ssl, struct, sys, threading, time

LONG = b"a" * 200_000


class Gone(Exception):
    """The connection is over."""


class Connection:
    def __init__(self, sock, scenario, folder):
        self.sock, self.scenario, self.folder = sock, scenario, folder
        self.mode, self.phase, self.fault = scenario["mode"], scenario.get("phase"), scenario.get("fault")
        self.left, self.spared = scenario.get("times", 1 << 30), scenario.get("after", 0)
        self.buffer, self.commands, self.delivered = b"", [], []
        self.is_tls, self.sender, self.recipient = False, None, None

    # Octets

    def read_line(self):
        while b"\n" not in self.buffer:
            octets = self.sock.recv(65536)
            if not octets:
                raise Gone
            self.buffer += octets
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line + b"\n"

    def write(self, octets):
        if self.scenario.get("split"):
            for octet in octets:
                self.sock.sendall(bytes([octet]))
                time.sleep(0.001)
        else:
            self.sock.sendall(octets)

    def start_tls(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.scenario["certificate"])
        self.sock = context.wrap_socket(self.sock, server_side=True)
        self.is_tls = True

    # Faults

    def is_struck(self, phase):
        if phase != self.phase or self.fault is None or self.left == 0:
            return False
        if self.spared > 0:
            self.spared -= 1
            return False
        self.left -= 1
        return True

    def reply(self, phase, text):
        """Answers `phase`, with its fault if this is the one; says whether the command was taken."""
        if not self.is_struck(phase):
            self.write(text.encode() + b"\r\n")
            return True
        return self.strike(text)

    def strike(self, text):
        code = text[:3].encode()
        fault = self.fault
        if fault == "drop":
            raise Gone
        if fault == "rst":
            self.reset()
        if fault == "hang":
            self.wait_for_the_end()
        if fault == "drip":
            self.drip(text.encode() + b"\r\n")
        if fault == "421":
            self.write(b"421 4.3.2 going down\r\n")
            raise Gone
        if fault == "4xx":
            self.write(b"451 4.7.1 later\r\n")
        elif fault == "5xx":
            self.write(b"550 5.7.1 never\r\n")
        elif fault == "wrong class":
            self.write((b"250" if code == b"354" else b"354") + b" what\r\n")
        elif fault == "garbage":
            self.write(b"\xff\xfe\x00 who are you?\r\n")
        elif fault == "long line":
            self.write(code + b" " + LONG + b"\r\n")
            return True
        elif fault == "broken lines":
            self.write(code + b"-first\r\n" + b"999 second\r\n")
        elif fault == "extra":
            self.write(text.encode() + b"\r\n250 extra\r\n")
            return True
        return False

    def reset(self):
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # A plain close of the descriptor: no TLS goodbye.
        socket.socket(fileno=self.sock.detach()).close()
        raise Gone

    def drip(self, octets):
        while True:
            for octet in octets.rstrip(b"\r\n") or b"x":
                self.sock.sendall(bytes([octet]))
                time.sleep(1)

    def wait_for_the_end(self):
        """Neither answers nor reads, until the other side is gone."""
        for _ in range(600):
            time.sleep(0.1)
            if self.sock.fileno() < 0 or self.is_dead():
                raise Gone

    def is_dead(self):
        state = self.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
        return state != 1

    # The conversation

    def serve(self):
        if self.mode == "tls":
            if self.is_struck("tls"):
                self.strike("220 hello")
            self.start_tls()
        self.reply("banner", "220 scripted.example ESMTP")
        while True:
            line = self.read_line().rstrip(b"\r\n").decode("utf-8", "replace")
            self.commands.append(line)
            verb = line.split(" ")[0].upper()
            handler = getattr(self, "on_" + verb.lower(), None)
            if handler is None:
                self.write(b"500 5.5.2 unknown\r\n")
            else:
                handler(line)

    def on_ehlo(self, line):
        words = ["scripted.example", "8BITMIME", "SIZE 50000000", "ENHANCEDSTATUSCODES"]
        if self.scenario.get("pipelining", True):
            words.append("PIPELINING")
        if self.scenario.get("smtputf8"):
            words.append("SMTPUTF8")
        if self.mode == "starttls" and not self.is_tls and self.fault != "stripped":
            words.append("STARTTLS")
        if self.scenario.get("auth") and (self.is_tls or self.mode == "plain"):
            words.append("AUTH " + self.scenario.get("mechanisms", "PLAIN LOGIN"))
        phase = "ehlo after tls" if self.is_tls and self.mode == "starttls" else "ehlo"
        text = "\r\n".join("250" + (" " if word is words[-1] else "-") + word for word in words)
        self.reply(phase, text)

    def on_helo(self, line):
        self.write(b"250 scripted.example\r\n")

    def on_starttls(self, line):
        if self.fault == "injected":
            self.write(b"220 go ahead\r\n250-scripted.example\r\n250 PIPELINING\r\n")
            self.start_tls()
            return
        if not self.reply("starttls", "220 go ahead"):
            return
        if self.is_struck("tls"):
            self.strike("220 hello")
            self.wait_for_the_end()
        self.start_tls()

    def on_auth(self, line):
        words = line.split(" ")
        while len(words) < (4 if words[1] == "LOGIN" else 3):
            self.write(b"334 \r\n")
            words.append(self.read_line().decode().strip())
        proofs = {
            "PLAIN": [b"\0ana\0open sesame"],
            "LOGIN": [b"ana", b"open sesame"],
            "XOAUTH2": [b"user=ana\1auth=Bearer open sesame\1\1"],
            "OAUTHBEARER": [b"n,a=ana,\1host=127.0.0.1\1port=%d\1auth=Bearer open sesame\1\1" % self.port()],
        }
        mechanism, *given = words[1:]
        if [base64.b64decode(word) for word in given] == proofs.get(mechanism):
            self.reply("auth", "235 2.7.0 welcome")
        else:
            self.write(b"535 5.7.8 no\r\n")

    def port(self):
        return self.sock.getsockname()[1]

    def on_mail(self, line):
        self.sender = line[len("MAIL FROM:<"):].split(">")[0] if self.reply("mail", "250 2.1.0 ok") else None

    def on_rcpt(self, line):
        if self.sender is None:
            return self.write(b"503 5.5.1 MAIL first\r\n")
        self.recipient = line[len("RCPT TO:<"):].split(">")[0] if self.reply("rcpt", "250 2.1.5 ok") else None

    def on_data(self, line):
        if self.recipient is None and self.scenario.get("always354") is None:
            return self.write(b"503 5.5.1 RCPT first\r\n")
        if not self.reply("data", "354 go on"):
            return
        octets = self.read_message(self.is_struck("body"))
        if self.recipient is None:
            self.delivered.append({"from": self.sender, "to": None, "octets": base64.b64encode(octets).decode()})
            return self.write(b"554 5.5.1 no valid recipients\r\n")
        if self.reply("dot", "250 2.0.0 queued"):
            message = base64.b64encode(octets).decode()
            self.delivered.append({"from": self.sender, "to": self.recipient, "octets": message})
        self.sender = self.recipient = None

    def read_message(self, is_struck):
        """The message without its dots; strikes when 10,000 octets have come."""
        octets = bytearray(b"\r\n" + self.buffer)
        searched = 0
        while (end := octets.find(b"\r\n.\r\n", searched)) < 0:
            if is_struck and len(octets) > 10_000:
                is_struck = False
                self.strike("250 2.0.0 odd")
            searched = max(0, len(octets) - 4)
            more = self.sock.recv(65536)
            if not more:
                raise Gone
            octets += more
        self.buffer = bytes(octets[end + 5 :])
        return bytes(octets[: end + 2]).replace(b"\r\n.", b"\r\n")[2:]

    def on_rset(self, line):
        self.sender = self.recipient = None
        self.reply("rset", "250 2.0.0 ok")

    def on_noop(self, line):
        self.write(b"250 2.0.0 ok\r\n")

    def on_quit(self, line):
        self.reply("quit", "221 2.0.0 bye")
        raise Gone

    def run(self):
        try:
            self.serve()
        except (Gone, OSError, ssl.SSLError):
            pass
        finally:
            record = {"commands": self.commands, "delivered": self.delivered}
            with open(os.path.join(self.folder, self.scenario["id"] + ".jsonl"), "a") as file:
                file.write(json.dumps(record) + "\n")
            try:
                self.sock.close()
            except OSError:
                pass


def listen(scenario, folder):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    listener.bind(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    if scenario.get("phase") == "connect":
        return port, strike_connect(listener, scenario["fault"])
    listener.listen(64)

    def accept():
        while True:
            sock, _ = listener.accept()
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=Connection(sock, scenario, folder).run, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return port, listener


def strike_connect(listener, fault):
    """Nobody listens (the system answers RST), or the queue is full, so that nobody answers."""
    if fault == "hang":
        listener.listen(0)
        fillers = []
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
            fillers.append(filler)
        return [listener, fillers]
    return listener


def main():
    with open(sys.argv[1]) as file:
        scenarios = json.load(file)
    ports, kept = {}, []
    for scenario in scenarios:
        port, listener = listen(scenario, sys.argv[2])
        ports[scenario["id"]] = port
        kept.append(listener)
    print(json.dumps(ports), flush=True)
    sys.stdin.read()
    os._exit(0)


main()
