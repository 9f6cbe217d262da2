"""The rows of one table of a layer, found by key at a cost that follows what is asked for, not what is there.

<table>.rows    the rows in the order of the Parquet file, as an Arrow file of small blocks that are read one by one
<table>.keys    whole-number keys, or 64-bit digests of text keys, sorted; 8 bytes each
<table>.places  for each of those the position of its row; 4 bytes each

All three are caches of the Parquet file and can always be made again from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import local
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qiantang.engines.lake.pages import PAGES

_WIDE_BLOCK, _NARROW_BLOCK = 128, 512  # rows that are read together; wide rows, those with lists, are compressed
_SCANNED_BLOCKS = 32
_SUFFIXES = (".keys", ".places", ".rows")
_HASHED_BYTES = 64  # a longer key is told from others of its beginning when its row is looked at
_GOLDEN, _ONE, _OTHER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)

Numbers = np.ndarray[Any, np.dtype[Any]]
Values = Any  # an Arrow array of texts or whole numbers; its type parameters say nothing here


def _mixed(values: Numbers) -> Numbers:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014): every bit of the input moves half of the output's."""
    values = (values ^ (values >> np.uint64(30))) * _ONE
    values = (values ^ (values >> np.uint64(27))) * _OTHER
    mixed: Numbers = values ^ (values >> np.uint64(31))
    return mixed


def key_digests(keys: Values) -> Numbers:
    """64 bits for each text of an array without nulls, the same in every process and on every machine."""
    starts = np.frombuffer(keys.buffers()[1], np.int32)[keys.offset : keys.offset + len(keys) + 1].astype(np.int64)
    first, last = int(starts[0]), int(starts[-1])
    content = np.zeros(last - first + 8, np.uint8)
    if last > first:
        content[:-8] = np.frombuffer(keys.buffers()[2], np.uint8)[first:last]
    words: Numbers = np.ndarray((len(content) - 7,), "<u8", content.data, 0, (1,))
    begins, lengths = starts[:-1] - first, np.diff(starts)
    digests: Numbers = _mixed(lengths.astype(np.uint64) + _GOLDEN)
    for step in range(0, min(int(lengths.max(initial=0)), _HASHED_BYTES), 8):
        left = np.clip(lengths - step, 0, 8)
        mask = np.where(left > 0, _ALL >> (np.uint64(64) - np.uint64(8) * np.maximum(left, 1).astype(np.uint64)), 0)
        told = words[np.minimum(begins + step, len(words) - 1)] & mask.astype(np.uint64)
        digests = np.where(left > 0, _mixed((digests + _GOLDEN) ^ told), digests)
    return digests


def write_rows(file: Path, key: str, folder: Path | None = None) -> None:
    """Make the three files of a Parquet file that is complete, beside it or in another folder."""
    made = (folder or file.parent) / file.name
    source = pq.ParquetFile(file)
    schema = source.schema_arrow
    wide = any(pa.types.is_nested(field.type) for field in schema)
    size = _WIDE_BLOCK if wide else _NARROW_BLOCK
    options = pa.ipc.IpcWriteOptions(compression="lz4" if wide else None, use_threads=False)
    keys, places, first = [np.empty(0, np.int64)], [np.empty(0, np.int64)], 0
    rest = schema.empty_table()  # what does not fill a block waits for the next row group
    with pa.ipc.new_file(str(made.with_suffix(".rows")), schema, options=options) as writer:
        for group in range(source.num_row_groups):
            rows = source.read_row_group(group, use_threads=False)
            column = pa.concat_arrays([*rows[key].chunks, pa.array([], rows[key].type)])
            known = np.flatnonzero(column.is_valid().to_numpy(zero_copy_only=False))
            keys.append(_numbers(column.drop_null()))
            places.append(known + first)
            first += rows.num_rows
            rows = pa.concat_tables([rest, rows]).combine_chunks()
            full = rows.num_rows - rows.num_rows % size
            writer.write_table(rows.slice(0, full), max_chunksize=size)
            rest = rows.slice(full)
        writer.write_table(rest)
    whole = np.concatenate(keys[1:] or keys)
    order = np.argsort(whole, kind="stable")
    whole[order].tofile(made.with_suffix(".keys"))
    np.concatenate(places)[order].astype(np.uint32).tofile(made.with_suffix(".places"))


def mend_rows(file: Path, key: str) -> None:
    """Make the three files again where one is missing and the Parquet file is there. Others may do the same meanwhile.

    errors  OSError where the folder cannot be written
    """
    if all(file.with_suffix(suffix).exists() for suffix in _SUFFIXES) or not file.exists():
        return
    with TemporaryDirectory(dir=file.parent, prefix="mending-") as folder:
        write_rows(file, key, Path(folder))
        for suffix in _SUFFIXES:
            (Path(folder) / file.name).with_suffix(suffix).replace(file.with_suffix(suffix))


def _numbers(keys: Values) -> Numbers:
    """The sorted form of keys: digests of texts, whole numbers as they are."""
    if pa.types.is_string(keys.type):
        return key_digests(keys)
    numbers: Numbers = keys.cast(pa.int64()).to_numpy(zero_copy_only=False)
    return numbers


def _mapped(path: Path, kind: Any) -> Numbers:
    content = PAGES.map(path)
    return np.frombuffer(content, kind) if content else np.empty(0, kind)


class RowFile:
    """One table of one layer. Reads may come from several threads.

    errors  OSError, pa.ArrowException where a file is missing or broken
    """

    def __init__(self, file: Path, key: str) -> None:
        self._rows = pa.py_buffer(PAGES.map(file.with_suffix(".rows")))
        self.key = key
        self._local = local()
        self.schema: pa.Schema = self._reader(None).schema
        self._is_text = pa.types.is_string(self.schema.field(key).type)
        wide = any(pa.types.is_nested(field.type) for field in self.schema)
        self._block = _WIDE_BLOCK if wide else _NARROW_BLOCK
        self._keys = _mapped(file.with_suffix(".keys"), np.uint64 if self._is_text else np.int64)
        self._places = _mapped(file.with_suffix(".places"), np.uint32)

    def _reader(self, columns: tuple[str, ...] | None) -> pa.ipc.RecordBatchFileReader:
        """A reader of some columns, kept for this thread."""
        readers: dict[Any, pa.ipc.RecordBatchFileReader] | None = getattr(self._local, "readers", None)
        if readers is None:
            readers = self._local.readers = {}
        if columns not in readers:
            wanted = None if columns is None else [self.schema.get_field_index(name) for name in columns]
            options = pa.ipc.IpcReadOptions(included_fields=wanted, use_threads=False)
            readers[columns] = pa.ipc.open_file(self._rows, options=options)
        return readers[columns]

    def lookup(self, values: Values, columns: Sequence[str]) -> pa.Table:
        """The rows whose key is one of ``values``; ``columns`` must hold the key."""
        found = self._read(self._positions(values), columns)
        if not self._is_text or not found.num_rows:
            return found
        return found.filter(pc.is_in(found[self.key], value_set=values))  # other keys may have the same digest

    def scan(self, columns: Sequence[str]) -> Iterator[pa.Table]:
        """All rows, some thousands at a time."""
        reader, shown = self._reader_of(columns)
        for start in range(0, reader.num_record_batches, _SCANNED_BLOCKS):
            end = min(start + _SCANNED_BLOCKS, reader.num_record_batches)
            yield pa.Table.from_batches([reader.get_batch(i) for i in range(start, end)]).select(shown)
            PAGES.looked(end - start)

    def holds(self, values: Values) -> Numbers:
        """For each value whether it is a key of the table."""
        if not len(self._keys):
            return np.zeros(len(values), bool)
        asked = _numbers(values)
        PAGES.looked(len(asked))
        at = np.minimum(np.searchsorted(self._keys, asked), len(self._keys) - 1)
        held: Numbers = self._keys[at] == asked
        if self._is_text and held.any():
            real = self.lookup(values.filter(pa.array(held)), [self.key])[self.key].combine_chunks()
            is_real: Values = pc.is_in(values, value_set=real)
            held = is_real.to_numpy(zero_copy_only=False)
        return held

    def _positions(self, values: Values) -> Numbers:
        """Where rows with these keys, or with keys of the same digest, stand; in order."""
        asked = np.unique(_numbers(values))
        PAGES.looked(len(asked))
        left, right = np.searchsorted(self._keys, asked), np.searchsorted(self._keys, asked, side="right")
        counts = right - left
        steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        found: Numbers = np.sort(self._places[np.repeat(left, counts) + steps]).astype(np.int64)
        return found

    def _read(self, positions: Numbers, columns: Sequence[str]) -> pa.Table:
        reader, shown = self._reader_of(columns)
        batches = list(self._taken(reader, positions))
        return pa.Table.from_batches(batches, schema=reader.schema).select(shown)

    def _reader_of(self, columns: Sequence[str]) -> tuple[pa.ipc.RecordBatchFileReader, list[str]]:
        """A reader of the columns, and each of them once in the order asked for; the reader has the order of the file."""
        return self._reader(tuple(sorted(set(columns), key=self.schema.get_field_index))), list(dict.fromkeys(columns))

    def _taken(self, reader: pa.ipc.RecordBatchFileReader, positions: Numbers) -> Iterator[pa.RecordBatch]:
        blocks = positions // self._block
        edges = [0, *(np.flatnonzero(np.diff(blocks)) + 1).tolist(), len(positions)]
        for start, end in pairwise(edges):
            if end == start:
                continue
            inside = positions[start:end] - blocks[start] * self._block
            block = reader.get_batch(int(blocks[start]))
            PAGES.looked(1)
            if int(inside[-1] - inside[0]) == end - start - 1:
                yield block.slice(int(inside[0]), end - start)
            else:
                yield block.take(pa.array(inside))
