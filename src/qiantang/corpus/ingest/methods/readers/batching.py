"""Collecting what a reader reads into batches of bounded size."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from qiantang.corpus.ingest.methods.cells import CellRefused
from qiantang.corpus.ingest.methods.identity import NumberMemory
from qiantang.corpus.ingest.types import Batch, Refusal
from qiantang.corpus.register.methods.batches import to_arrow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qiantang.corpus.register.types import Observation

_Row = TypeVar("_Row")

ROWS = 4096
CHARACTERS = 4 * 2**20
RAW = 4096


class BatchBuilder:
    """Observations and refusals of one file, handed over batch by batch.

    A batch is full after ``ROWS`` rows, refused ones counted, or after ``CHARACTERS`` of text: full documents weigh
    a thousand times a gazette row. ``numbers`` reads and remembers the numbers of the file.
    """

    def __init__(self) -> None:
        self.numbers = NumberMemory()
        self._observations: list[Observation] = []
        self._keys: list[Sequence[str]] = []
        self._refused: list[Refusal] = []
        self._characters = 0

    def __len__(self) -> int:
        return len(self._observations) + len(self._refused)

    @property
    def full(self) -> bool:
        return len(self._observations) + len(self._refused) >= ROWS or self._characters >= CHARACTERS

    def add(self, observation: Observation, keys: Sequence[str] | None = None) -> None:
        """Take an observation. ``keys`` are its identity keys where the reader has them at hand; else they are worked out."""
        self._observations.append(observation)
        self._keys.append(self.numbers.keys(observation) if keys is None else keys)
        for text in observation.texts:
            self._characters += len(text.text)

    def refuse(self, refusal: Refusal) -> None:
        self._refused.append(refusal)

    def take(self) -> Batch:
        """Everything collected, as one batch; the builder is empty again."""
        batch = Batch(to_arrow(self._observations, self._keys), tuple(self._refused))
        self._observations, self._keys, self._refused, self._characters = [], [], [], 0
        return batch


def collected(
    builder: BatchBuilder,
    rows: Iterable[_Row | Refusal],
    observe: Callable[[int, _Row], Observation],
    raw: Callable[[_Row], str] = str,
) -> Iterator[Batch]:
    """Rows to batches, counted from 1: each gives one observation, or is refused for one of its cells."""
    for number, row in enumerate(rows, 1):
        if isinstance(row, Refusal):
            builder.refuse(row)
        else:
            try:
                builder.add(observe(number, row))
            except CellRefused as problem:
                builder.refuse(Refusal(number, problem.code, problem.field, problem.facts, raw(row)[:RAW]))
        if builder.full:
            yield builder.take()
    if len(builder):
        yield builder.take()
