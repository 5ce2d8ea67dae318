"""Reads a JSON list of messages as they were meant, each with its octets in Base64, and holds them against what Python's
email package reads; gives how many were read, the longest lines, and the first differences."""

import base64, email, email.header, email.policy, email.utils, json, re, sys

WORD = re.compile(rb"=\?[^?]*\?[^?]*\?[^?]*\?=")


def name(raw):
    """By the old parser: the new one (Python 3.11) puts a space between two encoded words of a phrase, which RFC 2047 6.2
    forbids."""
    return str(email.header.make_header(email.header.decode_header(email.utils.parseaddr(raw)[0])))


def body(part):
    return None if part is None else part.get_content().replace("\r\n", "\n")


def header_lines(octets):
    """RFC 5322 2.1.1: 78 octets where a line can be broken; RFC 2047 2: an encoded word has 75, its line 76."""
    for line in octets.split(b"\r\n\r\n", 1)[0].split(b"\r\n"):
        words = WORD.findall(line)
        if any(len(word) > 75 for word in words) or words and len(line) > 76:
            yield "an encoded word is too long: " + repr(line)
        if len(line) > 78 and b" " in line.lstrip().split(b": ", 1)[-1].strip():
            yield "a line could be broken: " + repr(line)
        if len(line) > 998:
            yield "a header line is too long"


def problems(meant, octets):
    new = email.message_from_bytes(octets, policy=email.policy.default)
    old = email.message_from_bytes(octets)
    found = {
        "subject": new["subject"], "fromName": name(old["from"]), "toName": name(old["to"]),
        "from": new["from"].addresses[0].addr_spec, "to": new["to"].addresses[0].addr_spec,
        "text": body(new.get_body(("plain",))), "html": body(new.get_body(("html",))),
    }
    for key, value in found.items():
        if value != meant.get(key):
            yield f"{key}: {value!r} instead of {meant.get(key)!r}"
    for part in new.walk():
        yield from (f"defect {defect!r}" for defect in part.defects)
    yield from (f"defect {defect!r}" for field in new.values() for defect in field.defects)
    yield from header_lines(octets)
    # RFC 2045 6.7 (5): 76 octets to a line of quoted-printable.
    if any(len(line) > 76 for line in octets.split(b"\r\n\r\n", 1)[1].split(b"\r\n")):
        yield "a line of the body is too long"
    bare = octets.replace(b"\r\n", b"")
    if b"\r" in bare or b"\n" in bare or not octets.isascii():
        yield "octets that SMTP does not carry"


count, different = 0, []
for message in json.load(sys.stdin):
    count += 1
    different += list(problems(message["meant"], base64.b64decode(message["octets"])))[:3]
json.dump({"count": count, "different": different[:10], "differences": len(different)}, sys.stdout)
