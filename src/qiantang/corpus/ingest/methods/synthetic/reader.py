"""The reader of the demo city's files; their form stands in ``form``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from qiantang.corpus.ingest.methods.synthetic.arrow import Schema, pa
from qiantang.corpus.ingest.methods.synthetic.form import FORM_VERSION, FORMAT, METADATA_KEY, STREAM_START
from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
from qiantang.corpus.register.types import OBSERVATION_SCHEMA, SourceRank

_RAW = 4096


class SyntheticReader:
    """Reads the files that ``generate`` writes, and nothing else. A city is no source of media."""

    name = FORMAT
    version = 1
    rank = SourceRank.OFFICE_DATA_SERVICE
    looks_for = "an Arrow stream whose schema names the format qiantang-synthetic"
    cannot_know: tuple[str, ...] = ("media",)
    synthetic = True
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002  # the content says all
        """Whether the head of a file is that of a stream whose schema names our format."""
        return head.startswith(STREAM_START) and f'"format": "{FORMAT}"'.encode() in head

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:
        """Batches of the file, one in memory at a time.

        errors  FileRefused: ``synthetic_version`` (another form), ``synthetic_schema`` (other columns),
                ``file_damaged`` (broken inside), ``file_truncated`` (fewer rows than its header says)
        """
        expected, rows = -1, 0
        try:
            with pa.ipc.open_stream(stream) as batches:
                expected = _promised(batches.schema, name)
                for batch in batches:
                    batch.validate(full=True)
                    rows += batch.num_rows
                    yield Batch(batch.replace_schema_metadata(None))
        except (pa.ArrowException, OSError) as error:
            raise FileRefused(Refusal(rows, "file_damaged", facts={"name": name}, raw=str(error)[:_RAW])) from error
        if rows != expected:
            raise FileRefused(
                Refusal(rows, "file_truncated", facts={"name": name, "expected": expected, "found": rows})
            )


def _promised(schema: Schema, name: str) -> int:
    """How many rows the header promises; the schema must be the one we know."""
    try:
        header = json.loads((schema.metadata or {})[METADATA_KEY])
        version, rows = header["version"], int(header["rows"])
    except (KeyError, TypeError, ValueError) as error:
        raise FileRefused(Refusal(0, "synthetic_schema", facts={"name": name})) from error
    if version != FORM_VERSION:
        raise FileRefused(
            Refusal(0, "synthetic_version", facts={"name": name, "found": version, "known": FORM_VERSION})
        )
    if not schema.remove_metadata().equals(OBSERVATION_SCHEMA):
        raise FileRefused(Refusal(0, "synthetic_schema", facts={"name": name}))
    return rows
