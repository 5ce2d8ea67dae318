"""A server on loopback that refuses by local part: unknown, full, blocked at RCPT; content after DATA; else takes."""
import socketserver, sys
ANSWERS = {b'unknown': b'550 5.1.1 <%s>: Recipient address rejected: User unknown', b'full': b'552 5.2.2 <%s> mailbox full',
           b'blocked': b'554 5.7.1 Service unavailable; Client host blocked', b'later': b'451 4.3.0 <%s> try again later'}
class H(socketserver.StreamRequestHandler):
    def say(self, t): self.wfile.write(t + b'\r\n'); self.wfile.flush()
    def handle(self):
        self.say(b'220 mx.their.example ESMTP')
        rcpt = b''
        while True:
            line = self.rfile.readline()
            if not line: return
            u = line.upper()
            if u.startswith(b'EHLO') or u.startswith(b'HELO'): self.say(b'250 mx.their.example')
            elif u.startswith(b'MAIL'): self.say(b'250 2.1.0 ok')
            elif u.startswith(b'RCPT'):
                rcpt = line.split(b'<')[1].split(b'>')[0]
                a = ANSWERS.get(rcpt.split(b'@')[0].lower())
                self.say(a % rcpt if a and b'%s' in a else a or b'250 2.1.5 ok')
            elif u.startswith(b'DATA'):
                self.say(b'354 go')
                while self.rfile.readline().strip() != b'.': pass
                self.say(b'554 5.7.1 Message content rejected as spam' if rcpt.startswith(b'content') else b'250 2.0.0 ok')
            elif u.startswith(b'RSET'): self.say(b'250 ok')
            elif u.startswith(b'QUIT'): self.say(b'221 bye'); return
            else: self.say(b'500 what')
class S(socketserver.ThreadingTCPServer): allow_reuse_address = True; daemon_threads = True
S(('127.0.0.1', int(sys.argv[1])), H).serve_forever()
