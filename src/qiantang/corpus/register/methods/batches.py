"""Observations to Arrow and back, their content digests and their identity keys.

The digest covers what is said, not where it stands: the same statement from two rows or two files has one digest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np
import orjson
import pyarrow as pa

from qiantang.corpus.register.types import LIST_FIELDS, OBSERVATION_SCHEMA, SINGLE_FIELDS, Observation

_said: Callable[[Observation], tuple[object, ...]] = attrgetter("as_of", *(name for name, _ in SINGLE_FIELDS))
_listed: Callable[[Observation], tuple[list[tuple[object, ...]], ...]] = attrgetter(*(name for name, _ in LIST_FIELDS))


def content_digest(observation: Observation) -> str:
    """32 hexadecimal digits of BLAKE2b over everything the observation says, row and notes left out."""
    said = orjson.dumps((_said(observation), _listed(observation)), default=tuple)  # named tuples count as plain ones
    return blake2b(said, digest_size=16).hexdigest()


def list_of_structs(values: Sequence[Sequence[tuple[Any, ...]]], kind: Any) -> Any:
    """An Arrow list<struct> column from lists of plain tuples, column by column (ten times faster than from dicts)."""
    offsets = np.zeros(len(values) + 1, np.int32)
    np.cumsum(np.fromiter(map(len, values), np.int32, len(values)), out=offsets[1:])
    flat = list(chain.from_iterable(values))
    struct = kind.value_type
    columns: Iterable[Sequence[Any]] = zip(*flat, strict=True) if flat else [()] * struct.num_fields
    fields = [struct.field(i) for i in range(struct.num_fields)]
    children = [pa.array(column, type=f.type) for column, f in zip(columns, fields, strict=True)]
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.StructArray.from_arrays(children, fields=fields))


def to_arrow(observations: Sequence[Observation], keys: Sequence[Sequence[str]]) -> pa.RecordBatch:
    """A record batch of OBSERVATION_SCHEMA; ``keys`` are the identity keys of each observation."""
    columns: list[Any] = [
        pa.array([o.row for o in observations], pa.int64()),
        pa.array([o.as_of for o in observations], pa.date32()),
        pa.array([content_digest(o) for o in observations], pa.string()),
        pa.array(keys, pa.list_(pa.string())),
        pa.array([o.notes for o in observations], pa.list_(pa.string())),
    ]
    for name, kind in SINGLE_FIELDS:
        get = attrgetter(name)
        columns.append(pa.array([get(o) for o in observations], kind))
    for name, kind in LIST_FIELDS:
        get = attrgetter(name)
        columns.append(list_of_structs([get(o) for o in observations], kind))
    return pa.RecordBatch.from_arrays(columns, schema=OBSERVATION_SCHEMA)
