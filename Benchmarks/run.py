#!/usr/bin/env python3
"""Measures Stoke, every ratio side by side in one run.

    Benchmarks/run.py [NAME...]      (all of them without names; `make bench` builds first)

ROUNDS=5 says how many rounds take turns; PEOPLE, DUE and FAR_DUE make worlds smaller for a look.
"""
import os, sys, time
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import delivery, imap, lists, peers, planning, scoring

BENCHMARKS = {
    "injection": delivery.injection, "durability": delivery.durability, "wan": delivery.wan, "peers": peers.peers, "due": planning.due,
    "idle": planning.idle, "tick": planning.ticks, "simulate": planning.simulate, "ledger": delivery.ledger,
    "scoring": scoring.scoring, "touch": scoring.touch, "templates": scoring.templates, "lists": lists.lists,
    "inbound": lists.inbound, "imap": imap.imap,
}


def main(names):
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    for name in names or BENCHMARKS:
        load = os.getloadavg()[0]
        print(f"{name}: {BENCHMARKS[name].__doc__.strip()}" + (f" [load {load:.0f}]" if load > 1.5 else ""), flush=True)
        start = time.monotonic()
        try:
            BENCHMARKS[name]()
        except SystemExit as reason:
            # The others are measured all the same.
            print(f"  NOT MEASURED: {reason}", flush=True)
        print(f"  ({time.monotonic() - start:.0f} s)\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
