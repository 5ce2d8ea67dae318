"""An SMTP server on loopback that counts: every message it took, by recipient and Message-ID, whoever heard of it."""

import re, socket, threading, time


class CountingServer:
    PHASES = ["banner", "ehlo", "auth", "mail", "rcpt", "data", "body", "dot"]

    def __init__(self, refuse=None, takes_logins=True, strike=None):
        """`refuse` gives the reply to a recipient it does not take.

        `strike` is asked at each phase with its name and the number of the transaction (0 before the first): `None` goes
        on, `drop` closes, `hang` says nothing more, anything else is the reply.
        """
        self.refuse, self.takes_logins = refuse or (lambda recipient: None), takes_logins
        self.strike, self.transactions, self.hanging = strike or (lambda phase, number: None), 0, threading.Event()
        self.lock = threading.Condition()
        self.delivered = []  # (recipient, Message-ID) of each message whose final dot came
        self.waiting = 0  # final dots that came and are not yet answered
        self.pause = 0.0  # seconds between a final dot and its answer
        self.gate = threading.Event()  # final dots are answered while it is set
        self.gate.set()
        self.closes_at = 0  # the gate closes by itself at this final dot; 0: never
        self.open = 0
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(128)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            sock, _ = self.listener.accept()
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.lock:
                self.open += 1
            threading.Thread(target=self.converse, args=(sock,), daemon=True).start()

    def converse(self, sock):
        try:
            self.serve(sock)
        except OSError:
            pass
        finally:
            sock.close()
            with self.lock:
                self.open -= 1
                self.lock.notify_all()

    def is_struck(self, sock, phase, number):
        """Whether the phase went wrong as `strike` wanted."""
        reply = self.strike(phase, number)
        if reply is None:
            return False
        if reply == "hang":
            self.hanging.set()
            # Longer than any client's patience.
            sock.settimeout(3600)
            while sock.recv(65536):
                pass
        if reply in ("drop", "hang"):
            raise OSError("struck")
        sock.sendall(reply.encode() + b"\r\n")
        if reply.startswith("421"):
            raise OSError("struck")
        return True

    def serve(self, sock):
        sock.settimeout(60)
        octets, number, recipient, is_open = b"", 0, None, False
        self.is_struck(sock, "banner", 0)
        sock.sendall(b"220 counting.example ESMTP\r\n")
        while True:
            while b"\r\n" not in octets:
                more = sock.recv(65536)
                if not more:
                    return
                octets += more
            line, octets = octets.split(b"\r\n", 1)
            verb = line[:4].upper()
            if verb == b"EHLO":
                self.is_struck(sock, "ehlo", 0)
                login = b"" if self.takes_logins is True else b"250-AUTH PLAIN\r\n"
                sock.sendall(b"250-counting.example\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n" + login + b"250 PIPELINING\r\n")
            elif verb == b"AUTH":
                if not self.is_struck(sock, "auth", 0):
                    if len(line.split()) == 2:
                        sock.sendall(b"334 \r\n")
                        octets += sock.recv(65536)
                        line, octets = octets.split(b"\r\n", 1)
                    known = self.takes_logins == line.decode().split()[-1]
                    sock.sendall(b"235 2.7.0 welcome\r\n" if known else b"535 5.7.8 wrong password\r\n")
            elif verb == b"MAIL":
                with self.lock:
                    self.transactions += 1
                    number = self.transactions
                recipient, is_open = None, not self.is_struck(sock, "mail", number)
                if is_open:
                    sock.sendall(b"250 2.1.0 ok\r\n")
            elif verb == b"RCPT" and not is_open:
                sock.sendall(b"503 5.5.1 MAIL first\r\n")
            elif verb == b"RCPT":
                recipient = re.search(rb"<([^>]*)>", line).group(1).decode()
                reply = self.refuse(recipient)
                if reply:
                    sock.sendall(reply.encode() + b"\r\n")
                if reply or self.is_struck(sock, "rcpt", number):
                    recipient = None
                else:
                    sock.sendall(b"250 2.1.5 ok\r\n")
            elif verb == b"DATA" and recipient is None:
                sock.sendall(b"503 5.5.1 no recipient\r\n")
            elif verb == b"DATA":
                if self.is_struck(sock, "data", number):
                    continue
                sock.sendall(b"354 go on\r\n")
                self.is_struck(sock, "body", number)
                while b"\r\n.\r\n" not in octets:
                    more = sock.recv(65536)
                    if not more:
                        return
                    octets += more
                message, octets = octets.split(b"\r\n.\r\n", 1)
                if self.is_struck(sock, "dot", number):
                    continue
                self.take(recipient, message)
                sock.sendall(b"250 2.0.0 queued\r\n")
                with self.lock:
                    self.waiting -= 1
            elif verb == b"QUIT":
                sock.sendall(b"221 2.0.0 bye\r\n")
                return
            else:
                sock.sendall(b"250 2.0.0 ok\r\n")

    def take(self, recipient, message):
        identity = re.search(rb"(?im)^Message-ID:\s*<([^>]*)>", message).group(1).decode()
        with self.lock:
            self.delivered.append((recipient, identity))
            if len(self.delivered) == self.closes_at:
                self.gate.clear()
            # Decided here: whoever came before the gate closed is answered, whenever that is.
            is_held = not self.gate.is_set()
            self.waiting += 1
            self.lock.notify_all()
        time.sleep(self.pause)
        if is_held:
            self.gate.wait()

    def quiet(self):
        """Waits until nobody is connected, so that all that left a client has been counted."""
        with self.lock:
            if not self.lock.wait_for(lambda: self.open == 0, timeout=30):
                raise RuntimeError("a connection to the server stays open")

    def wait_for_dots(self, number, timeout=60):
        with self.lock:
            return self.lock.wait_for(lambda: len(self.delivered) >= number, timeout=timeout)

    def take_all(self):
        with self.lock:
            taken, self.delivered = self.delivered, []
            return taken
