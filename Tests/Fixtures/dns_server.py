"""A name server that knows what a file says: UDP and TCP on one port of 127.0.0.1.

Usage: dns_server.py ZONE.json
ZONE.json: {"name": {"TXT": ["..."], "MX": [[10, "host"]], "A": ["192.0.2.7"], "AAAA": ["2001:db8::7"], "PTR": ["host"],
"CNAME": ["host"]}, "other.name": "SERVFAIL" | "REFUSED" | "silent" | "garbage"}
A TXT may be a list of strings, which go as they are; one text is cut at 255 octets. A name that is not there, and below
which nothing is, does not exist. A UDP answer over the size that was asked for is cut, with TC set. Prints the port once
it listens; ends when its input ends.
"""

import ipaddress, json, socket, struct, sys, threading

TYPES = {"A": 1, "CNAME": 5, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28}
ZONE = {name.lower(): records for name, records in json.load(open(sys.argv[1])).items()}


def octets_of_name(name):
    labels = [label.encode() for label in name.split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def strings(text):
    parts = text if isinstance(text, list) else [text[i : i + 255] for i in range(0, len(text), 255)] or [""]
    return b"".join(bytes([len(part.encode())]) + part.encode() for part in parts)


def data(kind, value):
    if kind in ("A", "AAAA"):
        return ipaddress.ip_address(value).packed
    if kind in ("PTR", "CNAME"):
        return octets_of_name(value)
    if kind == "MX":
        return struct.pack(">H", value[0]) + octets_of_name(value[1])
    return strings(value)


def answers_to(name, kind):
    """The records, following aliases, and the reply code."""
    records, seen = [], 0
    while seen < 8:
        found = ZONE.get(name)
        if isinstance(found, str):
            return records, found
        if found is None:
            isAbove = any(other.endswith("." + name) for other in ZONE)
            return records, 0 if records or isAbove else 3
        if kind in found:
            return records + [(name, kind, value) for value in found[kind]], 0
        if "CNAME" not in found:
            return records, 0
        records.append((name, "CNAME", found["CNAME"][0]))
        name, seen = found["CNAME"][0].lower(), seen + 1
    return records, 0


def answer(query, limit):
    identity, flags, _, _, _, extra = struct.unpack(">HHHHHH", query[:12])
    at, labels = 12, []
    while query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode().lower())
        at += 1 + query[at]
    kind = struct.unpack(">H", query[at + 1 : at + 3])[0]
    question = query[12 : at + 5]
    # EDNS0: an OPT record of the root tells how much is taken.
    if extra and query[at + 5 : at + 8] == b"\0\0\x29":
        limit = max(limit, struct.unpack(">H", query[at + 8 : at + 10])[0])
    names = [name for name, number in TYPES.items() if number == kind]
    records, code = answers_to(".".join(labels), names[0] if names else "?")
    if code == "silent":
        return None
    if code == "garbage":
        return struct.pack(">HHHHHH", identity, 0x8180, 1, 1, 0, 0) + question + b"\xc0\x0c\0\x10\0\1\0\0\0\1\0\xff\x20hi"
    code = {"SERVFAIL": 2, "REFUSED": 5}.get(code, code)
    body = b"".join(
        octets_of_name(name) + struct.pack(">HHIH", TYPES[kind], 1, 60, len(data(kind, value))) + data(kind, value)
        for name, kind, value in records
    )
    whole = struct.pack(">HHHHHH", identity, 0x8180 | code, 1, len(records), 0, 0) + question + body
    if len(whole) <= limit:
        return whole
    return struct.pack(">HHHHHH", identity, 0x8380 | code, 1, 0, 0, 0) + question


def serve_udp(udp):
    while True:
        query, peer = udp.recvfrom(4096)
        reply = answer(query, 512)
        if reply:
            udp.sendto(reply, peer)


def serve_tcp(tcp):
    while True:
        connection, _ = tcp.accept()
        with connection:
            size = connection.recv(2)
            if len(size) == 2:
                reply = answer(connection.recv(struct.unpack(">H", size)[0]), 65535)
                if reply:
                    connection.sendall(struct.pack(">H", len(reply)) + reply)


tcp = socket.socket()
tcp.bind(("127.0.0.1", 0))
tcp.listen(20)
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("127.0.0.1", tcp.getsockname()[1]))
for target, one in ((serve_udp, udp), (serve_tcp, tcp)):
    threading.Thread(target=target, args=(one,), daemon=True).start()
print(tcp.getsockname()[1], flush=True)
sys.stdin.read()
