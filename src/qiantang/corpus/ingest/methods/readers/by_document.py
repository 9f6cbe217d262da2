"""What all readers of XML documents share: cut, parse, say, and refuse what cannot be trusted, in bounded memory.

A document that speaks of several patents (a family, a list of hits) gives a row for each: rows are counted over the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.cells import CellRefused
from qiantang.corpus.ingest.methods.documents import DocumentCutter, DocumentRefused
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.types import FileRefused, Refusal

if TYPE_CHECKING:
    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.corpus.ingest.methods.trees import Node, Parse
    from qiantang.corpus.ingest.types import Batch
    from qiantang.corpus.register.types import Observation

# One part of a document that speaks of one patent: makes its observation, given its row.
Saying = Callable[[int], "Observation"]
# The parts of one document.
Parts = Callable[["Node", "NumberMemory"], Iterator[Saying]]
_UNDECLARED = "Namespace prefix"


def begins_like_xml(head: bytes) -> bool:
    """Whether a file begins with a tag: a text that only speaks of elements is no document of them."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def read_documents(
    stream: BinaryIO, elements: tuple[str, ...], parts: Parts, looks_for: str, parse: Parse = trees.read
) -> Iterator[Batch]:
    """All documents of a stream, batch by batch.

    elements   local names of the document elements
    parts      what a document says; may raise ``FileRefused``
    parse      makes the tree of a document

    errors  ``FileRefused`` format_unknown where no such element stands in the stream
    """
    builder = BatchBuilder()
    cutter = DocumentCutter(stream, *elements, parse=parse)
    row, documents = 0, 0
    for documents, cut in enumerate(cutter, 1):  # noqa: B007 - counted for the refusal below
        try:
            document = cutter.parsed(cut)
        except DocumentRefused as problem:
            row += 1
            # An element cut out of its file lacks the declarations that stood around it: what its prefixes mean is not sure.
            undeclared = str(problem.facts.get("said", "")).startswith(_UNDECLARED)
            code = "xml_namespace_undeclared" if undeclared else problem.code
            builder.refuse(Refusal(row, code, facts=problem.facts, raw=problem.raw))
        else:
            for saying in parts(document, builder.numbers):
                row += 1
                take(builder, saying, row, {"line": cut.line})
        if builder.full:
            yield builder.take()
    if not documents:
        raise FileRefused(Refusal(0, "format_unknown", facts={"looked_for": [looks_for]}))
    if len(builder):
        yield builder.take()


def take(builder: BatchBuilder, saying: Saying, row: int, place: dict[str, object]) -> None:
    """An observation into the builder, or the refusal of its row; ``place`` says where in the file it stands."""
    try:
        builder.add(saying(row))
    except CellRefused as problem:
        builder.refuse(Refusal(row, problem.code, problem.field, {**place, **problem.facts}))
