"""Looking elements up in the table of a document."""

from __future__ import annotations

from qiantang.corpus.ingest.methods.trees.scanning.elements import LAST, NAME
from qiantang.corpus.ingest.methods.trees.scanning.machine import compiled
from qiantang.corpus.ingest.methods.trees.scanning.signs import ABSENT, FULL, Array


@compiled
def follow(table: Array, element: int, path: Array, limits: Array, found: Array) -> int:
    """Takes down the elements at a path, in the order of the document; gives their number, or FULL.

    A path ends at its first ABSENT.

    limits  room for as many places as a path has steps
    """
    limits[0] = table[element, LAST]
    at, step, count = element + 1, 0, 0
    while True:
        if at > limits[step]:
            if step == 0:
                return count
            step -= 1
            continue
        if table[at, NAME] != path[step]:
            at = table[at, LAST] + 1
        elif step + 1 < len(path) and path[step + 1] != ABSENT:
            step += 1
            limits[step] = table[at, LAST]
            at += 1
        else:
            if count == len(found):
                return FULL
            found[count] = at
            count += 1
            at = table[at, LAST] + 1


@compiled
def first(table: Array, element: int, path: Array, limits: Array) -> int:
    """The first element at a path; ABSENT where there is none. A path ends at its first ABSENT.

    limits  room for as many places as the path has steps
    """
    limits[0] = table[element, LAST]
    at, step = element + 1, 0
    while True:
        if at > limits[step]:
            if step == 0:
                return ABSENT
            step -= 1
        elif table[at, NAME] != path[step]:
            at = table[at, LAST] + 1
        elif step + 1 < len(path) and path[step + 1] != ABSENT:
            step += 1
            limits[step] = table[at, LAST]
            at += 1
        else:
            return at


@compiled
def lists(table: Array, element: int, paths: Array, limits: Array, found: Array, ends: Array) -> int:
    """Takes down the elements at each path, behind those of the path before, and the places behind them; 0, or FULL."""
    at = 0
    for row in range(len(paths)):
        count = follow(table, element, paths[row], limits, found[at:])
        if count < 0:
            return count
        at += count
        ends[row] = at
    return 0


@compiled
def firsts(table: Array, elements: Array, paths: Array, limits: Array, found: Array) -> None:
    """The first element at each path below each element, a row for each element; ABSENT where there is none."""
    for row in range(len(elements)):
        for column in range(len(paths)):
            found[row, column] = first(table, elements[row], paths[column], limits)
