"""A server on loopback that takes everything and keeps the n-th message as n.eml."""
import socketserver, sys
n = 0
class H(socketserver.StreamRequestHandler):
    def say(self, t): self.wfile.write(t + b'\r\n'); self.wfile.flush()
    def handle(self):
        global n
        self.say(b'220 mx ESMTP')
        for line in self.rfile:
            u = line.upper()
            if u.startswith(b'DATA'):
                self.say(b'354 go'); body = b''
                for l in self.rfile:
                    if l.strip() == b'.': break
                    body += l[1:] if l.startswith(b'..') else l
                n += 1; open(sys.argv[2] + f'/{n}.eml', 'wb').write(body); self.say(b'250 ok')
            elif u.startswith(b'QUIT'): self.say(b'221 bye'); return
            else: self.say(b'250 ok')
class S(socketserver.TCPServer): allow_reuse_address = True
S(('127.0.0.1', int(sys.argv[1])), H).serve_forever()
