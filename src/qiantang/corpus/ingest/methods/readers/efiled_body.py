"""Parts of an application as it was filed electronically with CNIPA: XML with the element ``cn-application-body``.

A document is one part: claims, description, abstract or drawings. It does not say whose it is: the application number is the
name of a folder above it, as the office delivers it (``<number>/100001/…``). Lines are broken as on the form, with ``br``.
These are texts as filed: whether and how they were published they do not know, so every publication is believed first.
A load takes them only on the word of whoever loads that the applications have been published (``Terms.published``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.documents import DocumentCutter, DocumentRefused
from qiantang.corpus.ingest.methods.print_lines import closed_up
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.trees import Node, Wording
from qiantang.corpus.ingest.types import Batch, Refusal
from qiantang.corpus.register.types import Medium, Observation, SourceRank, Text

ELEMENT = "cn-application-body"
_ROOT = re.compile(rb"<cn-application-body[\s>]")
_NUMBER = re.compile(r"(?:\d{12}|\d{8})[0-9Xx]")
_CLAIM_NUMBER = re.compile(r"\s*(\d{1,4})\s*[.、．]\s*(?=\D)")
_SAID = Wording(left_out=frozenset({"maths"}), lined=frozenset({"br"}))


class EfiledBodyReader:
    """The reader of these parts. A row is a document, counted from 1."""

    name = "cnipa-efiled-body"
    version = 1
    rank: SourceRank = SourceRank.OFFICE_DATA_SERVICE
    looks_for = "an XML element cn-application-body in the first 64 KiB"
    cannot_know: tuple[str, ...] = (
        *("publications", "filing_date", "parties", "classifications", "citations", "priorities", "events"),
        *("simple_family", "extended_family"),
    )
    synthetic = False
    as_filed = True

    def __init__(self, parse: trees.Parse = trees.read) -> None:
        self._parse = parse

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return _ROOT.search(head) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:
        builder = BatchBuilder()
        cutter = DocumentCutter(stream, ELEMENT, parse=self._parse)
        cells = Cells(builder.numbers, office="CN")
        for row, cut in enumerate(cutter, 1):
            try:
                builder.add(_observation(row, cutter.parsed(cut), name, cells))
            except DocumentRefused as problem:
                builder.refuse(Refusal(row, problem.code, "", problem.facts, problem.raw))
            except CellRefused as problem:
                builder.refuse(Refusal(row, problem.code, problem.field, problem.facts))
            if builder.full:
                yield builder.take()
        if len(builder):
            yield builder.take()


def _observation(row: int, body: Node, name: str, cells: Cells) -> Observation:
    notes = ["text_as_filed"]
    number = cells.application(_number(name), notes)
    if number is None:
        raise CellRefused("application_number", "path_without_number")
    claims = body.every("cn-claims", "claim")
    return Observation(
        row=row,
        office="CN",
        type=number.type,
        application_number=number.canonical,
        claim_count=len(claims) or None,
        texts=list(_texts(body, claims)),
        media=list(_media(body)),
        notes=notes,
    )


def _number(name: str) -> str:
    """The name of the nearest folder that is an application number; empty where there is none."""
    folders = name.split("/")[:-1]
    return next((folder for folder in reversed(folders) if _NUMBER.fullmatch(folder)), "")


def _texts(body: Node, claims: list[Node]) -> Iterator[Text]:
    title = body.first("description", "invention-title")
    parts = (
        ("title", [title] if title is not None else []),
        ("abstract", body.every("cn-abstract", "p")),
        ("description", [one for one in _children(body.first("description")) if one.name in {"heading", "p"}]),
    )
    for part, elements in parts:
        lines = [said for one in elements if (said := _prose(one))]
        if lines:
            yield Text(part, "zh", "\n".join(lines))
    if claims:
        yield Text("claims", "zh", "\n".join(map(_claim, claims, range(1, len(claims) + 1))))


def _children(node: Node | None) -> list[Node]:
    return node.children() if node is not None else []


def _claim(claim: Node, place: int) -> str:
    """``1. `` and the claim, a line for each of its parts; the number printed in the text is not said twice."""
    counted = claim.get("num") or ""
    number = int(counted) if counted.isdecimal() else place
    lines = [said for one in claim.every("claim-text") if (said := _prose(one))] or [_prose(claim)]
    printed = _CLAIM_NUMBER.match(lines[0])
    if printed and int(printed[1]) == number:
        lines[0] = lines[0][printed.end() :]
    return f"{number}. " + "\n".join(lines)


def _prose(element: Node) -> str:
    return closed_up(element.flat(_SAID))


def _media(body: Node) -> Iterator[Medium]:
    for kind, path in (
        ("abstract_figure", ("cn-abstract", "cn-abst-figure", "figure", "img")),
        ("figure", ("cn-drawings", "figure", "img")),
    ):
        files = [file for one in body.every(*path) if (file := one.get("file"))]
        yield from (Medium(kind, place, file) for place, file in enumerate(files, 1))
