#!/usr/bin/env python3
"""How fast messages are understood, whole process, one core: ratios to other readers of the same files.

    Benchmarks/inbound.py FOLDER        (a folder of message files, such as ../shared/suites/inbound/msgs)

The others: Python's email package, which only parses; and sisimai, which also classifies bounces, where Ruby has it.
"""
import os, subprocess, sys, time

here = os.path.dirname(os.path.abspath(__file__))
folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "../../shared/suites/inbound/msgs")
if not os.path.isdir(folder):
    sys.exit(f"{folder} is absent: nothing to measure")
files = sorted(os.path.join(folder, name) for name in os.listdir(folder))
core = ["taskset", "-c", "0"] if sys.platform == "linux" else []

PYTHON = """
import email, email.policy, sys
for file in sys.argv[1:]:
    with open(file, 'rb') as stream: message = email.message_from_binary_file(stream)
    for part in message.walk(): part.get_payload(decode=True)
"""
SISIMAI = "require 'sisimai'; ARGV.each { |file| Sisimai.rise(file) }"


def rate(command):
    """Messages a second, the best of five runs."""
    best = 0.0
    for _ in range(5):
        start = time.perf_counter()
        done = subprocess.run(core + command + files, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if done.returncode:
            return None
        best = max(best, len(files) / (time.perf_counter() - start))
    return best


subprocess.run(["swift", "build", "-c", "release", "--package-path", here, "--product", "InboundBenchmark"], check=True,
               stdout=subprocess.DEVNULL)
ours = rate([os.path.join(here, ".build/release/InboundBenchmark")])
print(f"stoke: {ours:.0f} messages a second ({len(files)} files)")
for name, command in [("Python's email (parses only)", [sys.executable, "-c", PYTHON]), ("sisimai", ["ruby", "-e", SISIMAI])]:
    theirs = rate(command)
    if theirs is None:
        print(f"{name}: not installed")
    else:
        print(f"{name}: {theirs:.0f} messages a second; ratio {ours / theirs:.1f}" + (" (at least 3)" if name == "sisimai" else ""))
