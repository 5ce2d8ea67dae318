"""Reads a JSON list of Base64 messages, parses each with Python's email package, gives the list of what it found."""

import base64, email, email.header, email.policy, email.utils, json, sys


def address(field, raw):
    """The address by the new parser, the name by the old one: the new one (Python 3.11) puts a space between two
    encoded words of a phrase, which RFC 2047 6.2 forbids."""
    name, _ = email.utils.parseaddr(raw)
    decoded = str(email.header.make_header(email.header.decode_header(name)))
    return {"name": decoded, "address": field.addresses[0].addr_spec}


def text(part):
    return None if part is None else part.get_content().replace("\r\n", "\n")


def facts(octets):
    message = email.message_from_bytes(octets, policy=email.policy.default)
    old = email.message_from_bytes(octets)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    parts = list(message.walk())
    return {
        "subject": message["subject"],
        "from": address(message["from"], old["from"]),
        "to": address(message["to"], old["to"]),
        "date": message["date"].datetime.isoformat(),
        "messageID": message["message-id"],
        "inReplyTo": message["in-reply-to"],
        "references": (message["references"] or "").split(),
        "listUnsubscribe": message["list-unsubscribe"],
        "listUnsubscribePost": message["list-unsubscribe-post"],
        "custom": message["x-campaign"],
        "types": [part.get_content_type() for part in parts],
        "charsets": [part.get_content_charset() for part in parts if not part.is_multipart()],
        "encodings": [part["content-transfer-encoding"] for part in parts if not part.is_multipart()],
        "mimeVersion": message["mime-version"],
        "text": text(plain),
        "html": text(html),
        "defects": [repr(defect) for part in parts for defect in part.defects]
        + [repr(defect) for field in message.values() for defect in field.defects],
        "hasBareEnds": b"\r" in octets.replace(b"\r\n", b"") or b"\n" in octets.replace(b"\r\n", b""),
        "isASCII": octets.isascii(),
    }


messages = [base64.b64decode(message) for message in json.load(sys.stdin)]
json.dump([facts(message) for message in messages], sys.stdout)
