"""The programs that are measured and those they are measured by; built when first asked for."""
import os, shutil, subprocess, sys

BENCHMARKS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROJECT = os.path.dirname(BENCHMARKS)
TOOLS = os.path.join(BENCHMARKS, ".build", "tools")


def stoke():
    """The stoke command: $STOKE, else the project's release build."""
    path = os.environ.get("STOKE") or os.path.join(PROJECT, ".build/release/stoke")
    if not os.access(path, os.X_OK):
        sys.exit(f"{path} is absent: make build")
    return path


def swift(product):
    """A program of the benchmarks' own package, built for release; the first one takes minutes."""
    print(f"  building {product}", file=sys.stderr, flush=True)
    built = subprocess.run(["swift", "build", "-c", "release", "--package-path", BENCHMARKS, "--product", product],
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if built.returncode:
        # What is wrong, without the warnings about flags of pkg-config and the steps before it.
        wrong = [line for line in built.stdout.splitlines() if "error:" in line]
        sys.exit(f"{product} does not build:\n" + ("\n".join(wrong) or built.stdout))
    return os.path.join(BENCHMARKS, ".build/release", product)


def compiled(name, *options):
    """A C program of ours, or with `-shared` a library."""
    source, target = os.path.join(BENCHMARKS, "C", f"{name}.c"), os.path.join(TOOLS, name)
    if not os.path.exists(target) or os.path.getmtime(target) < os.path.getmtime(source):
        os.makedirs(TOOLS, exist_ok=True)
        subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", target, source, *options], check=True)
    return target


def system(name):
    """A program of the machine, also where only an administrator's path leads to it; `None` where there is none."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def python():
    """A Python with the peers from PyPI, in an environment of its own; `None` where they can't be had."""
    folder = os.path.join(TOOLS, "peers")
    program = os.path.join(folder, "bin/python")
    if os.path.exists(os.path.join(folder, "bin/mailmerge")):
        return program
    made = subprocess.run([sys.executable, "-m", "venv", folder], stdout=subprocess.DEVNULL)
    if made.returncode or subprocess.run([program, "-m", "pip", "install", "-q", "mailmerge", "jinja2"]).returncode:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return program
