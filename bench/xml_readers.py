"""Our reader of full texts on the fast XML parser, against the same reader on lxml.

Claim: at least twice as fast. What is timed is the whole reader: a weekly file of grants is cut into documents, each is
checked for being well-formed, parsed, and turned into batches of observations with texts, claims, classes, people and
citations. Both ways give the same batches, or the run is broken off. CPU time, in turn, medians of the repetitions.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

import pyarrow as pa
from grant_documents import grants
from harness import Spent, asked, tell, timed

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.readers.uspto.documents_xml import UsptoDocumentReader

TIMES_LXML = 2.0


class Pair(NamedTuple):
    fast: Spent
    strict: Spent


def batches(content: bytes, parse: trees.Parse) -> list[pa.RecordBatch]:
    found = list(UsptoDocumentReader(parse).read(io.BytesIO(content), "week.xml"))
    if any(batch.refused for batch in found):
        raise AssertionError("refused")
    return [batch.observations for batch in found]


def pair(content: bytes) -> Pair:
    fast, ours = timed(batches, content, trees.read_by_scan)
    strict, theirs = timed(batches, content, trees.read_strictly)
    if ours != theirs:
        raise AssertionError("the two parsers do not give the same records")
    return Pair(fast, strict)


def report(size: int, documents: int, pairs: Sequence[Pair]) -> tuple[dict[str, object], bool]:
    times = median(one.strict.cpu / one.fast.cpu for one in pairs)
    megabytes = size / 1e6
    result = {
        "megabytes": round(megabytes, 1),
        "documents": documents,
        "repeats": len(pairs),
        "times_lxml": round(times, 2),
        "goal_times_lxml": TIMES_LXML,
        "times_lxml_each": [round(one.strict.cpu / one.fast.cpu, 2) for one in pairs],
        "fast_mb_per_cpu_second": round(megabytes / median(one.fast.cpu for one in pairs)),
        "lxml_mb_per_cpu_second": round(megabytes / median(one.strict.cpu for one in pairs)),
    }
    return result, times >= TIMES_LXML


def main() -> None:
    wanted = asked()
    documents, repeats = wanted.size(400, 20), wanted.size(7, 1)
    content = b"".join(grants(documents))
    pair(b"".join(grants(5)))  # what is set up once is not the reader's work
    result, met = report(len(content), documents, [pair(content) for _ in range(repeats)])
    tell("xml_readers", wanted, result, met=met)


if __name__ == "__main__":
    main()
