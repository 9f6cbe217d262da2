"""The demo city: the same from the same seed, sound in itself, and true to the truth written beside it."""

from __future__ import annotations

import atexit
import io
import json
from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from qiantang.corpus.ingest.methods.synthetic import SyntheticReader, Truth, generate
from qiantang.corpus.ingest.methods.synthetic.days import CUTOFF, day
from qiantang.corpus.ingest.methods.synthetic.draws import Draws
from qiantang.corpus.ingest.types import FileRefused
from qiantang.corpus.register.types import OBSERVATION_SCHEMA
from qiantang.kernel.errors import Invalid

pytestmark = pytest.mark.feature("X-32")

SIZE = 2_000


@cache
def _folder() -> Path:
    made = TemporaryDirectory()
    atexit.register(made.cleanup)
    return Path(made.name)


@cache
def _city() -> Truth:
    return generate(_folder(), patents=SIZE, parts=3)


@cache
def _batches() -> tuple[pa.RecordBatch, ...]:
    reader, found = SyntheticReader(), []
    for part in _city().parts:
        with (_city().folder / part.name).open("rb") as stream:
            for batch in reader.read(stream, part.name):
                assert batch.refused == ()
                found.append(batch.observations)
    return tuple(found)


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    return tuple(row for batch in _batches() for row in batch.to_pylist())


@cache
def _truth(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(pq.read_table(_city().folder / f"ground-truth-{name}.parquet").to_pylist())


def _chinese() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(row, truth) for row, truth in zip(_rows(), _truth("patents"), strict=True) if row["office"] == "CN"]


def _text(row: dict[str, Any], part: str, language: str) -> str | None:
    return next((t["text"] for t in row["texts"] if t["part"] == part and t["language"] == language), None)


def _applicant(row: dict[str, Any]) -> dict[str, Any]:
    return next(p for p in row["parties"] if p["role"] == "applicant")


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    again = generate(tmp_path, patents=SIZE, parts=3)
    names = [*(part.name for part in again.parts), *again.truths]
    assert len(names) == 3 + 7
    for name in names:
        assert (tmp_path / name).read_bytes() == (_city().folder / name).read_bytes(), name


def test_another_seed_gives_another_city_and_parts_change_nothing_but_the_files(tmp_path: Path) -> None:
    other = generate(tmp_path / "other", patents=1000, seed=1)
    one = generate(tmp_path / "one", patents=1000, seed=2, parts=1)
    many = generate(tmp_path / "many", patents=1000, seed=2, parts=4)

    def statements(truth: Truth) -> list[dict[str, Any]]:
        found = []
        for part in truth.parts:
            with (truth.folder / part.name).open("rb") as stream:
                for batch in SyntheticReader().read(stream, part.name):
                    found += batch.observations.drop_columns(["row"]).to_pylist()
        return found

    assert statements(one) == statements(many)
    assert not {row["digest"] for row in statements(one)} & {row["digest"] for row in statements(other)}


def test_the_files_say_what_they_are_and_the_truth_names_them_with_their_digests() -> None:
    told = json.loads((_city().folder / "ground-truth.json").read_text(encoding="utf-8"))
    assert told["notice"].startswith("SYNTHETIC DATA")
    for entry in told["files"]:
        content = (_city().folder / entry["name"]).read_bytes()
        assert (len(content), sha256(content).hexdigest()) == (entry["bytes"], entry["sha256"])
    assert sum(part.rows for part in _city().parts) == SIZE == len(_rows())


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    generate(tmp_path, patents=1000, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (1000, 1000)


@pytest.mark.parametrize(("patents", "parts"), [(10, None), (3_000_000, None), (1000, 2000)])
def test_a_size_out_of_bounds_is_refused(tmp_path: Path, patents: int, parts: int | None) -> None:
    with pytest.raises(Invalid, match="synthetic_size"):
        generate(tmp_path, patents=patents, parts=parts)


def test_the_reader_knows_its_files_by_content_only() -> None:
    part = _city().parts[0]
    head = (_city().folder / part.name).read_bytes()[:65536]
    reader = SyntheticReader()
    assert reader.recognises(head, "anything.bin")
    assert not reader.recognises(b"<?xml version='1.0'?>", part.name)
    assert reader.synthetic
    assert all(batch.schema.equals(OBSERVATION_SCHEMA) for batch in _batches())


def _read_all(content: bytes) -> int:
    return sum(batch.observations.num_rows for batch in SyntheticReader().read(io.BytesIO(content), "cut"))


def test_a_damaged_or_cut_file_is_refused() -> None:
    content = (_city().folder / _city().parts[0].name).read_bytes()
    assert _read_all(content) == _city().parts[0].rows
    with pytest.raises(FileRefused, match="file_damaged"):
        _read_all(content[: len(content) // 2])
    with pytest.raises(FileRefused, match="file_damaged"):
        _read_all(b"\xff\xff\xff\xff" + b"nothing")


def _verdict(content: bytes) -> int | str:
    """Rows read, or the code of the refusal; any other error is a fault of the reader."""
    try:
        return _read_all(content)
    except FileRefused as refused:
        return refused.refusal.code


@pytest.mark.parametrize("place", range(200, 60_000, 2_993))
def test_a_flipped_byte_is_refused_or_harmless(place: int) -> None:
    part = _city().parts[0]
    content = bytearray((_city().folder / part.name).read_bytes())
    content[place] ^= 0xFF
    codes = {"file_damaged", "file_truncated", "synthetic_schema", "synthetic_version"}
    assert _verdict(bytes(content)) in {part.rows, *codes}


def test_a_stream_that_ends_early_but_cleanly_is_refused() -> None:
    with pa.ipc.open_stream((_city().folder / _city().parts[0].name).read_bytes()) as stream:
        sink = io.BytesIO()
        with pa.ipc.new_stream(sink, stream.schema):
            pass
    with pytest.raises(FileRefused, match="file_truncated"):
        _read_all(sink.getvalue())


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        (None, "synthetic_schema"),
        ({b"qiantang": b'{"version": 0, "rows": 0}'}, "synthetic_version"),
        ({b"qiantang": b"{}"}, "synthetic_schema"),
    ],
)
def test_another_form_is_refused(metadata: dict[bytes, bytes] | None, code: str) -> None:
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, OBSERVATION_SCHEMA.with_metadata(metadata)):
        pass
    with pytest.raises(FileRefused, match=code):
        _read_all(sink.getvalue())


def test_rows_count_from_one_in_each_file() -> None:
    for part in _city().parts:
        with (_city().folder / part.name).open("rb") as stream:
            found = [
                n for batch in SyntheticReader().read(stream, part.name) for n in batch.observations["row"].to_pylist()
            ]
        assert found == list(range(1, part.rows + 1))


def test_draws_are_pinned() -> None:
    draws = Draws(20210415)
    assert draws.below("x", np.arange(6), 10).tolist() == [9, 0, 4, 3, 7, 5]
    assert draws.below("x", [3], 10).tolist() == [3]  # a draw does not depend on its neighbours
    assert set(draws.below("y", np.arange(1000), 7).tolist()) == set(range(7))
    share = draws.pick("z", np.arange(20_000), [1, 2, 7])
    assert Counter(share.tolist())[2] / 20_000 == pytest.approx(0.7, abs=0.02)


def test_the_last_day_is_the_last_of_2025() -> None:
    assert day(2025, 12, 31) == CUTOFF
