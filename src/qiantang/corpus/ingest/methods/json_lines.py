"""Lines of JSON, an object a line: each is read alone, so that a damaged one costs itself only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import orjson

from qiantang.corpus.ingest.methods.lines import KEPT, LINE_BYTES, LongLine, bounded_lines
from qiantang.corpus.ingest.types import Refusal

_MARK = b"\xef\xbb\xbf"


def json_lines(stream: BinaryIO, limit: int = LINE_BYTES) -> Iterator[dict[str, Any] | Refusal | None]:
    """For each line its object, or why it is refused, or None where it is blank; ``row`` of a refusal is the line, from 1.

    limit    bytes of a line
    refuses  line_too_long · json_damaged with line and column · number_missing, where the line is another JSON value
    """
    for place, line in enumerate(bounded_lines(stream, limit), 1):
        if isinstance(line, LongLine):
            facts = {"line": place, "bytes": line.length, "limit": limit}
            yield Refusal(place, "line_too_long", facts=facts, raw=line.head.decode("utf-8", "replace"))
        else:
            yield None if line.isspace() else _loaded(place, line)


def _loaded(place: int, line: bytes) -> dict[str, Any] | Refusal:
    raw = line[:KEPT].decode("utf-8", "replace")
    try:
        found = orjson.loads(line.removeprefix(_MARK))
    except orjson.JSONDecodeError as problem:
        facts = {"line": place, "column": problem.colno, "said": problem.msg[:200]}
        return Refusal(place, "json_damaged", facts=facts, raw=raw)
    return found if isinstance(found, dict) else Refusal(place, "number_missing", raw=raw)
