"""Files that can only be understood whole: pages and JSON answers, taken into memory within a bound.

Safety: scripts of a page are never run and nothing it links to is fetched; no external entity is resolved.
"""

from __future__ import annotations

import re
from typing import BinaryIO

import orjson
from lxml import etree, html

from qiantang.corpus.ingest.methods.lines import detect
from qiantang.corpus.ingest.types import FileRefused, Refusal

WHOLE_BYTES = 64 * 2**20
_HEAD = 65_536
_BLANKS = re.compile(r"\s+")
_DEPTH = "depth"


def whole_file(stream: BinaryIO) -> bytes:
    """All bytes. errors ``FileRefused`` file_too_large"""
    content = stream.read(WHOLE_BYTES + 1)
    if len(content) > WHOLE_BYTES:
        raise FileRefused(Refusal(0, "file_too_large", facts={"limit": WHOLE_BYTES}))
    return content


def json_file(stream: BinaryIO) -> object:
    """The value of a JSON text, RFC 8259. errors ``FileRefused`` file_too_large · json_damaged with line and column"""
    content = whole_file(stream).removeprefix(b"\xef\xbb\xbf")
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as problem:
        facts = {"line": problem.lineno, "column": problem.colno, "said": problem.msg[:200]}
        raise FileRefused(Refusal(0, "json_damaged", facts=facts)) from problem


def page(stream: BinaryIO) -> html.HtmlElement:
    """The root of an HTML page, however untidy. errors ``FileRefused`` file_too_large · encoding_unknown · page_too_deep"""
    content = whole_file(stream)
    encoding, _ = detect(content[:_HEAD])
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(content, parser)
    except etree.ParserError:  # nothing but blanks and comments
        return html.Element("html")
    if any(_DEPTH in entry.message.casefold() for entry in parser.error_log):
        raise FileRefused(Refusal(0, "page_too_deep"))
    return root


def said(element: html.HtmlElement | None) -> str:
    """The text of an element and of everything in it, runs of blanks and line breaks as one blank."""
    return "" if element is None else _BLANKS.sub(" ", "".join(element.itertext())).strip()
