"""What must hold after every fault: the ledger's word against the server's own count."""

from collections import Counter

MESSAGES = """SELECT p.email, m.state, m.message_id FROM message m JOIN enrollment e ON e.id = m.enrollment_id
    JOIN person p ON p.id = e.person_id"""


def judge(workspace, delivered, later, mails):
    """Findings, none where all is well, and how many mails are unknown."""
    findings = []
    taken = Counter(identity for _, identity in delivered)
    messages = workspace.rows(MESSAGES)
    known = {identity.strip("<>"): (email, state) for email, state, identity in messages}
    for identity, number in taken.items():
        if number > 1:
            findings.append(f"{identity} was delivered {number} times")
        if identity not in known:
            findings.append(f"{identity} was delivered without a record")
    people = Counter(recipient for recipient, _ in delivered)
    findings += [f"{person} got {number} mails" for person, number in people.items() if number > 1]
    for identity, (email, state) in known.items():
        if state == "sent" and taken[identity] != 1:
            findings.append(f"{email}: sent, and the server has it {taken[identity]} times")
        if state not in ("sent", "unknown") and taken[identity]:
            findings.append(f"{email}: {state}, and the server has it")
    unknown = sum(state == "unknown" for _, state in known.values())
    if mails is not None:
        settled = sum(state in ("sent", "unknown") for _, state in known.values())
        if settled != mails:
            findings.append(f"{settled} of {mails} mails are sent or unknown: {sorted(known.values())}")
    check = workspace.rows("PRAGMA integrity_check")
    if check != [("ok",)]:
        findings.append(f"integrity_check: {check}")
    status, output, errors = workspace("ledger", "verify", now=later, expect=None)
    if status != 0:
        findings.append(f"ledger verify: {output}{errors}")
    return findings, unknown
