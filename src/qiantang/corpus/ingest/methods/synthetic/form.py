"""The exchange form of the demo city's files, and how a file says that it is one.

A file is an Arrow IPC stream (zstd inside) of record batches of OBSERVATION_SCHEMA. Its schema carries under the key
``qiantang`` one JSON object, readable in the first bytes of the file: ``{"format": "qiantang-synthetic", "version": 1,
"seed", "patents", "part", "parts", "rows", "notice"}``. ``row`` counts from 1 in each file. The form was chosen because
reading it costs less than a fifteenth of what the same statements cost as gzipped JSON lines, and because nothing can be
mistaken for a date or a number on the way.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from qiantang.corpus.ingest.methods.synthetic.arrow import Schema
from qiantang.corpus.register.types import OBSERVATION_SCHEMA

FORMAT = "qiantang-synthetic"
FORM_VERSION = 2
NOTICE = (
    "SYNTHETIC DATA: invented patents of invented parties for demonstration and tests; no number here was issued by any "
    "office. 合成数据：专利、机构与人员均为虚构，仅供演示与测试。"
)
METADATA_KEY = b"qiantang"
STREAM_START = b"\xff\xff\xff\xff"
"""First bytes of an Arrow IPC stream (continuation mark)."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself. ``part`` counts from 0; ``rows`` are those of this file."""

    seed: int
    patents: int
    part: int
    parts: int
    rows: int

    def schema(self) -> Schema:
        """The schema of the file, with the header in it."""
        told = {"format": FORMAT, "version": FORM_VERSION, **asdict(self), "notice": NOTICE}
        return OBSERVATION_SCHEMA.with_metadata({METADATA_KEY: json.dumps(told, ensure_ascii=False).encode()})


def file_name(part: int) -> str:
    """The name of a part's file."""
    return f"synthetic-patents-{part:03}.arrows"
