"""Scoring and templates: in one process next to the same by hand; and what one new touchpoint costs."""
import tempfile
from stand import programs
from stand.measure import ROUNDS, Timed, figure, note, ratios, show, turns
from planning import small_and_large
from delivery import PEOPLE

TOUCHES = 20


def scoring():
    """A million people with 10 touchpoints each at one instant, next to a loop by hand over the same rows."""
    program = programs.swift("ScoringBenchmark")
    runs = [Timed([program]).said for _ in range(ROUNDS)]
    note(runs[-1].splitlines()[0])
    show("scored, of a loop by hand", [figure(r"scored: .* s, ([\d.]+) of by hand", said) for said in runs], least=0.3)
    show("standings: temperature, stage and next change, too", [figure(r"standings: .* s, ([\d.]+) of by hand", said) for said in runs])


def touch():
    """One new touchpoint by `stoke touch`, whole process, warm: in a ledger of a million people and in one of ten thousand."""
    with tempfile.TemporaryDirectory() as folder:
        workspaces = small_and_large(folder)
        numbers = [iter(range(2, 1_000_000)) for _ in workspaces]

        def several(place):
            workspace, number = workspaces[place], numbers[place]
            total = 0.0
            for _ in range(TOUCHES):
                index = next(number)
                total += workspace("touch", workspace.email(index), "form.demo").seconds
            return total / TOUCHES

        several(0), several(1)
        small, large = turns(lambda: several(0), lambda: several(1))
        note(f"one touchpoint: {sorted(large)[ROUNDS // 2] * 1000:.1f} ms among {PEOPLE}")
        show(f"one touchpoint at {PEOPLE} of at 10000", ratios(large, small), most=1.6)


def templates():
    """An outreach template for 1,000 people, next to the same text put together by hand; broken and endless templates."""
    program = programs.swift("LiquidBenchmark")
    runs = [Timed([program, "render"]).said for _ in range(ROUNDS)]
    show("template rendered, of the text by hand", [figure(r"ratio: +([\d.]+)", said) for said in runs], least=0.2)
    for line in Timed([program, "parse", "limits"]).said.strip().splitlines():
        if line:
            note(line)

