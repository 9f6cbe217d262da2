"""PDF with text: lines that were broken to fit the page become paragraphs again."""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.methods.documents.building import Line, heading_of, part_of

_PAGE_MARK: Final = re.compile(r"\s*(?:第?\s*\d{1,3}\s*(?:[/／]\s*\d{1,3})?\s*页?|-\s*\d{1,3}\s*-)\s*").fullmatch
_BEGINS: Final = re.compile(
    r"\s*(?:[\[［【]\s*\d{4,5}\s*[\]］】]|\d{1,4}\s*(?:[.．](?!\d)|、)|图\s*\d{1,3}\s*[a-zA-Z]?\s*(?:[:：]|$))"
).match
_LEAST_TEXT: Final = 5


def pdf_lines(stream: BinaryIO, name: str) -> tuple[list[Line], int]:
    """Paragraphs, and the number of pages.

    errors  ``Invalid`` preexam.encrypted, preexam.pdf_broken; preexam.pdf_without_text with the first page that has none
            where a page holds claims or description as a picture
    """
    from pypdf import PdfReader  # noqa: PLC0415 - only who reads a PDF pays for it
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - loaded when asked for, or every start would pay

    locked = False
    pages: list[str] = []
    try:
        document = PdfReader(stream)
        locked = document.is_encrypted and not document.decrypt("")
        if not locked:
            pages = [page.extract_text() or "" for page in document.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError) as problem:
        raise Invalid("preexam.pdf_broken", name=name) from problem
    if locked:
        raise Invalid("preexam.encrypted", name=name, member=name)
    if not any(len(one.strip()) >= _LEAST_TEXT for one in pages):
        raise Invalid("preexam.pdf_without_text", name=name, page=1)
    return [Line(one) for one in _paragraphs(pages)], len(pages)


def _paragraphs(pages: list[str]) -> list[str]:
    paragraphs: list[str] = []
    open_one = False
    for page in pages:
        for line in page.splitlines():
            if not line.strip() or _PAGE_MARK(line):
                continue
            alone = part_of(line) is not None or heading_of(line) is not None
            if alone and paragraphs and part_of(line) is not None and _same_part(paragraphs, line):
                continue  # a running head repeats the name of the part on each page
            if alone or _BEGINS(line) or not open_one:
                paragraphs.append(line.strip())
            else:
                paragraphs[-1] += line.strip()
            open_one = not alone and not line.rstrip().endswith(("。", "；", ";", "："))
    return paragraphs


def _same_part(paragraphs: list[str], line: str) -> bool:
    last = next((found for one in reversed(paragraphs) if (found := part_of(one)) is not None), None)
    return last is part_of(line)
