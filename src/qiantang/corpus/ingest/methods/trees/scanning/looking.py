"""Looking elements up in the table of a document."""

from __future__ import annotations

import numpy as np

from qiantang.corpus.ingest.methods.trees.scanning.elements import BEGIN, CARE, END, LAST, NAME, TAG
from qiantang.corpus.ingest.methods.trees.scanning.signs import ABSENT, FULL, Array, compiled


@compiled
def follow(table: Array, element: int, path: Array, found: Array) -> int:
    """Takes down the elements at a path, in the order of the document, until ``found`` is full; gives their number."""
    limits = np.empty(len(path) + 1, np.int32)
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
        elif step + 1 < len(path):
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
def first(table: Array, element: int, path: Array) -> int:
    """The first element at a path; -1 where there is none. A path ends at its first negative number."""
    limits = np.empty(len(path) + 1, np.int32)
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
def words(table: Array, element: int, paths: Array, found: Array) -> None:
    """Where the texts at the beginning of the first elements at the paths stand, in the first row: begin, end, care.

    ABSENT where there is no such element.
    """
    for column in range(len(paths)):
        one = first(table, element, paths[column])
        if one < 0:
            found[0, column, 0] = ABSENT
            continue
        found[0, column, 0] = table[one, BEGIN]
        found[0, column, 1] = table[one + 1, TAG] if table[one, LAST] > one else table[one, END]
        found[0, column, 2] = table[one, CARE]


@compiled
def rows(table: Array, elements: Array, paths: Array, found: Array) -> None:
    """``words`` for each element, in a row of its own."""
    for row in range(len(elements)):
        words(table, elements[row], paths, found[row : row + 1])
