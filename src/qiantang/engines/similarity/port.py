"""The similarity port: vectors under ids, and which of them lie nearest to a vector.

An index holds vectors of one *space*: vectors of different spaces say nothing of each other. A space is named by its
maker; an index made for another space must be begun afresh. Nearness is the cosine, so vectors are taken at length one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # one row a vector


@dataclass(frozen=True, slots=True)
class Space:
    """What the numbers of a vector mean: a name that changes with their meaning, and how many there are."""

    name: str
    dimensions: int


class Neighbour(NamedTuple):
    """``nearness`` is the cosine: 1 the same direction, 0 nothing in common."""

    id: str
    nearness: float


@dataclass(frozen=True, slots=True)
class VectorState:
    """What was committed last: its space and stamp (a snapshot number), both None where nothing ever was."""

    space: Space | None
    stamp: int | None
    vectors: int


class VectorWriter(Protocol):
    """One at a time. What it did is seen after ``commit``; leaving the context without it undoes all."""

    def put(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Add vectors, replacing those of the same id. A vector of length zero is taken for none: its id is dropped.

        errors  ValueError (not one row an id, or not of the space's dimensions)
        """

    def drop(self, ids: Sequence[str]) -> None:
        """Remove vectors; unknown ids are no error."""

    def commit(self, stamp: int) -> None:
        """Make the changes lasting and visible, and remember the stamp with them."""


class VectorIndex(Protocol):
    """What an adapter does. All methods may be called from several threads.

    errors of ``nearest``
            Unavailable ``similarity.missing`` (nothing was ever committed) · ``similarity.failed``
            ValueError (the vector is not of the space's dimensions)
    """

    def nearest(self, vector: Vectors, *, size: int, among: Collection[str] | None = None) -> tuple[Neighbour, ...]:
        """The ids nearest to one vector, nearest first, ``size`` at most; equal ones by ascending id.

        among   only these ids; None: all. An adapter may miss a few of the nearest where it holds very many.
        """

    def writer(self, space: Space, *, fresh: bool = False) -> AbstractContextManager[VectorWriter]:
        """The single writer. Where the index is of another space, there is none, or ``fresh`` is asked, it begins empty.

        errors  Conflict ``similarity.writer_busy`` · Unavailable ``similarity.write_failed``
        """

    def state(self) -> VectorState: ...

    def refresh(self) -> None:
        """See what other processes have committed."""


def at_length_one(vectors: Vectors) -> tuple[Vectors, NDArray[np.bool_]]:
    """The vectors at length one, and which of them have a direction at all."""
    lengths = np.linalg.norm(vectors, axis=1)
    directed = lengths > 0
    return np.asarray(vectors / np.where(directed, lengths, 1)[:, None], np.float32), directed


def check_rows(ids: Sequence[str], vectors: Vectors, space: Space) -> None:
    """Errors: ValueError."""
    if vectors.shape != (len(ids), space.dimensions):
        raise ValueError(f"{len(ids)} ids of {space.dimensions} dimensions do not fit vectors of {vectors.shape}")


def check_one(vector: Vectors, space: Space) -> None:
    """Errors: ValueError."""
    if vector.shape != (space.dimensions,):
        raise ValueError(f"a vector of shape {vector.shape} does not fit a space of {space.dimensions} dimensions")


def load(dotted_path: str, *, place: Path | None) -> VectorIndex:
    """The adapter named in settings, e.g. ``qiantang.engines.similarity.faiss.FaissIndex``.

    place   its folder; None keeps it in memory
    """
    module, _, name = dotted_path.rpartition(".")
    index: VectorIndex = getattr(import_module(module), name)(place=place)
    return index
