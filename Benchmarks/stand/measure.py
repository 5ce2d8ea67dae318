"""Rounds that take turns, and how their ratios are printed."""
import os, re, statistics, subprocess, threading, time

ROUNDS = max(1, int(os.environ.get("ROUNDS", "5")))


def turns(*runs, rounds=ROUNDS):
    """Calls each of `runs` once a round, the first one another each round; what each returned, a list a run."""
    results = [[] for _ in runs]
    for number in range(rounds):
        for step in range(len(runs)):
            index = (number + step) % len(runs)
            results[index].append(runs[index]())
    return results


def ratios(over, under):
    """One ratio a round: what was measured side by side is compared."""
    return [one / other for one, other in zip(over, under)]


def show(name, values, least=None, most=None, unit="", digits=2):
    """One line: median, minimum, maximum, what is asked, and whether the median has it."""
    middle = statistics.median(values)
    asked = f"at least {least:g}{unit}" if least is not None else f"at most {most:g}{unit}" if most is not None else ""
    missed = (least is not None and middle < least) or (most is not None and middle > most)
    spread = f"{min(values):.{digits}f} to {max(values):.{digits}f}"
    print(f"  {name:<58} {middle:>9.{digits}f}{unit:<3} ({spread})  {asked}{'   MISSED' if missed else ''}", flush=True)
    return not missed


def note(text):
    print(f"  {text}", flush=True)


def figures(pattern, said):
    """The numbers that a program printed."""
    found = re.findall(pattern, said)
    if not found:
        raise SystemExit(f"no {pattern} in:\n{said}")
    return [float(one) for one in found]


def figure(pattern, said):
    """The one that it printed first."""
    return figures(pattern, said)[0]


def _words(pid):
    """What a process was started with; `None` once it has ended."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read()
    except OSError:
        return None


class Timed:
    """How a process ended: seconds on the wall, peak of memory in MB, what it printed."""

    def __init__(self, words, folder=None, environment=None, fine=(0,)):
        start = time.perf_counter()
        process = subprocess.Popen(words, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        # Not ru_maxrss: a process inherits that from whoever started it, and we are large.
        self.peak = 0
        watch = threading.Thread(target=self._watch, args=(process.pid,), daemon=True)
        watch.start()
        self.said = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        self.seconds = time.perf_counter() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in fine:
            raise SystemExit(f"{' '.join(words)} ended with {process.returncode}:\n{self.said}")

    def _watch(self, pid):
        """The peak that the system tells of a process, asked until it has ended."""
        # Until it has begun its own program it is a copy of ours.
        while os.path.exists(f"/proc/{pid}") and _words(pid) == _words(os.getpid()):
            time.sleep(0.001)
        while True:
            try:
                with open(f"/proc/{pid}/status") as file:
                    peak = re.search(r"VmHWM:\s+(\d+)", file.read())
            except OSError:
                return
            if not peak:
                return
            self.peak = max(self.peak, int(peak[1]) / 1024)
            time.sleep(0.02)
