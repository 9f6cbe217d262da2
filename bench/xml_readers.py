"""Our reader of full texts on the fast XML scan, against the same reader on lxml.

Claim: at least twice as fast. What is timed is the whole reader: a weekly file of grants is cut into documents, each is
checked for being well-formed, and turned into batches of observations with texts, claims, classes, people and citations.
Both ways give the same batches, or the run is broken off. CPU time, in turn, medians of the repetitions; garbage is not
collected in between, as in every load. The scan is machine code: what it costs to get ready (it is loaded where it was
compiled before) is told beside, and a load begins with pugixml until so much has been read that this comes back.

More than half of what is left is the same work on both sides: cutting a file, reading numbers, days and symbols, the digest
of what is said, Arrow. Parsing and looking up alone are several times as fast as on lxml; ``only_parsed`` is that part: the
document parsed, and every text and word of its claims, description and citations taken out.
"""

from __future__ import annotations

import gc
import io
import time
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

import pyarrow as pa
from grant_documents import grants
from harness import Spent, asked, tell, timed

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.readers.uspto.documents_xml import UsptoDocumentReader
from qiantang.corpus.ingest.methods.trees.port import Wording

TIMES_LXML = 2.0


SAID = Wording(frozenset({"maths"}), frozenset({"p", "claim-text"}), frozenset({"entry"}))
CITED = tuple(f"patcit/document-id/{name}" for name in ("country", "doc-number", "kind", "date"))


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


def taken_out(documents: Sequence[bytes], parse: trees.Parse) -> list[object]:
    """Documents parsed, and what is the most in them taken out."""
    found: list[object] = []
    for content in documents:
        root = parse(content[content.index(b"<us-patent-grant") :])
        front = root.first("us-bibliographic-data-grant")
        assert front
        found += root.flats([*root.every("description"), *root.every("claims", "claim")], SAID)
        found += front.rows(front.every("us-references-cited", "us-citation"), "category", *CITED)
    return found


def only_parsed(documents: Sequence[bytes]) -> Pair:
    fast, ours = timed(taken_out, documents, trees.read_by_scan)
    strict, theirs = timed(taken_out, documents, trees.read_strictly)
    if ours != theirs:
        raise AssertionError("the two parsers do not give the same texts")
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
    begun = time.process_time()
    pair(b"".join(grants(5)))
    ready = time.process_time() - begun
    single = list(grants(documents))
    content = b"".join(single)
    pair(content)  # memory is asked for the first time
    gc.disable()
    gc.freeze()
    result, met = report(len(content), documents, [pair(content) for _ in range(repeats)])
    parsed = [only_parsed(single) for _ in range(repeats)]
    result["only_parsed_times_lxml"] = round(median(one.strict.cpu / one.fast.cpu for one in parsed), 2)
    result["ready_cpu_seconds"] = round(ready, 1)
    tell("xml_readers", wanted, result, met=met)


if __name__ == "__main__":
    main()
