"""A light command as a whole process, against the interpreter alone.

Claim: ``python -m qiantang.cli number CN110083831A`` takes less than 0.5 s from start to end.

Beside ``python -c pass`` of the same interpreter and surroundings, in turn, after one run of each that is not counted.
Medians; CPU time is that of the child, user and system, as the operating system counts it. The goal is held against
the wall time, as a person waits for it.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from statistics import median

from harness import ROOT, Spent, asked, both_percentiles, tell

GOAL_S = 0.5
COMMAND = ("-m", "qiantang.cli", "number", "CN110083831A")
NOTHING = ("-c", "pass")


def started(arguments: tuple[str, ...]) -> Spent:
    """One child from start to end. Errors: AssertionError where it ends with anything but 0."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    wall, cpu = time.perf_counter(), children_cpu()
    child = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, env=surroundings)
    told = child.communicate()[0].decode()
    spent = Spent(time.perf_counter() - wall, children_cpu() - cpu)
    if child.returncode or (arguments == COMMAND and "CN110083831" not in told):
        raise AssertionError(f"{arguments} ended with {child.returncode}: {told}")
    return spent


def children_cpu() -> float:
    """CPU seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    wanted = asked()
    own, other = [], []
    for turn in range(wanted.size(40, 3) + 1):
        pair = started(COMMAND), started(NOTHING)
        if turn:
            own.append(pair[0])
            other.append(pair[1])
    wall = median(one.wall for one in own)
    result = {
        "starts": len(own),
        "goal_s": GOAL_S,
        "command": both_percentiles(own),
        "interpreter_alone": both_percentiles(other),
        "command_to_interpreter": round(wall / median(one.wall for one in other), 2),
    }
    tell("number_start", wanted, result, met=wall < GOAL_S)


if __name__ == "__main__":
    main()
