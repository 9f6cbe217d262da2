"""The parts of a printed Chinese patent document, put in their places from the fields or blocks that a machine took from it.

Source of the numbers in brackets: WIPO ST.9 (INID codes).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qiantang.corpus.ingest.methods.print_lines import closed_up

_DAY = re.compile(r"\d{4}\.\d{2}\.\d{2}")
_CODED = re.compile(r"\s*\((\d{2})\)\s*(.*)$", re.DOTALL)
_SYMBOL = re.compile(r"[A-H]\d{2}[A-Z]\s*\d{1,4}\s*/\s*\d{2,6}\s*(?:\(\d{4}\.\d{2}\))?")
_PAGES = re.compile(r"权\s*利\s*要\s*求\s*书\s*\d+\s*页")
_CLAIM = re.compile(r"\s*(\d{1,4})\s*[.．、]\s*(?=\D)")
_AGENT = re.compile(r"(?:专利)?代理[人师]")
_AGENCY_CODE = re.compile(r"\s*\d{5}\s*$")
_NAME_LABELS = (
    "申请人",
    "专利权人",
    "发明人",
    "设计人",
    "专利代理机构",
    "申请公布号",
    "授权公告号",
    "申请号",
    "申请日",
)
_SECTIONS = ("技术领域", "背景技术", "发明内容", "实用新型内容", "附图说明", "具体实施方式")
_LISTED = "list_items"


@dataclass(slots=True)
class Printed:
    """One document as printed; empty where nothing was found."""

    publication: str = ""
    publication_date: str = ""
    application: str = ""
    filing_date: str = ""
    title: str = ""
    abstract: str = ""
    address: str = ""
    agency: str = ""
    applicants: list[str] = field(default_factory=list)
    inventors: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    symbols: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    description: list[str] = field(default_factory=list)


def from_fields(fields: Mapping[str, object]) -> Printed:
    """From the named fields of a parsed PDF."""
    said = {name: value for name, value in fields.items() if isinstance(value, str)}
    printed = Printed(
        publication=_glued(said.get("申请公布号") or said.get("授权公告号", "")),
        publication_date=_first_day(said.get("申请公布日") or said.get("授权公告日", "")),
        application=_glued(said.get("申请号", "")),
        filing_date=_first_day(said.get("申请日", "")),
        title=closed_up(said.get("发明名称") or said.get("实用新型名称", "")),
        abstract=closed_up(said.get("摘要", "")),
        inventors=said.get("发明人", "").split(),
        symbols=_SYMBOL.findall(said.get("国际分类号", "")),
        claims=list(_numbered(map(closed_up, _strings(fields.get("权利要求书"))))),
        description=[
            closed_up(text) for name in _SECTIONS for text in (name, *_strings(fields.get(name))) if name in fields
        ],
    )
    _fill_people(printed, said.get("申请人") or said.get("专利权人", ""), said.get("代理机构", ""))
    return printed


def from_blocks(blocks: Sequence[object]) -> Printed:
    """From the blocks of a page layout, in reading order, each with ``type``, ``text`` or ``list_items``, ``page_idx``."""
    pages: dict[int, list[str]] = defaultdict(list)
    headers: dict[int, str] = defaultdict(str)
    for block in blocks:
        match block:
            case {"type": "header", "page_idx": int(place), "text": str(text)} if place:
                headers[place] += _glued(text)
            case {"type": "text" | "list" | "header", "page_idx": int(place), **rest}:
                pages[place] += _strings(rest.get(_LISTED, [rest.get("text")]))
    printed = _front(pages.pop(0, []))
    body: dict[str, list[str]] = defaultdict(list)
    for place in sorted(pages):
        part = next((name for name in ("权利要求书", "说明书附图", "说明书") if name in headers[place]), "")
        body[part] += map(closed_up, pages[place])
    printed.claims = list(_numbered(_joined_claims(body["权利要求书"])))
    printed.description = [text for text in body["说明书"] if text]
    return printed


def _front(lines: Sequence[str]) -> Printed:
    """The front page: each line belongs to the code before it, whatever column it stood in; classes are known by their form."""
    coded: dict[str, list[str]] = defaultdict(list)
    symbols: dict[bool, list[str]] = {True: [], False: []}
    code = ""
    for line in lines:
        found = _CODED.match(line)
        if found:
            code, text = found[1], found[2].strip()
            label = next((name for name in _NAME_LABELS if text.startswith(name)), "")
            coded[code].append(text.removeprefix(label).strip())
        elif classes := _SYMBOL.findall(line):
            symbols["51" in coded].extend(classes)
        elif not _PAGES.search(line):
            coded[code].append(line.strip())
    printed = Printed(
        publication=_glued("".join(coded["10"][:1])),
        publication_date=_first_day(" ".join(coded["43"] or coded["45"])),
        application=_glued("".join(coded["21"][:1])),
        filing_date=_first_day(" ".join(coded["22"])),
        title="".join(coded["54"][1:]),
        abstract="".join(coded["57"][1:]),
        inventors=" ".join(coded["72"]).split(),
        symbols=symbols[True] + symbols[False],
    )
    _fill_people(printed, "\n".join(coded["71"] or coded["73"]), "\n".join(coded["74"]))
    return printed


def _fill_people(printed: Printed, applicant: str, agency: str) -> None:
    """Applicant and agency, with the address and the agents that run into them."""
    name, _, address = applicant.partition("地址")
    printed.applicants = [part for part in map(closed_up, name.split("申请人")) if part]
    printed.address = closed_up(address.partition("申请人")[0])
    firm, *agents = _AGENT.split(agency)
    printed.agency = _AGENCY_CODE.sub("", closed_up(firm))
    printed.agents = " ".join(agents).split()


def _joined_claims(lines: Sequence[str]) -> Iterator[str]:
    """Claims that run over several blocks, each beginning with its number."""
    claim: list[str] = []
    for line in lines:
        if _CLAIM.match(line) and claim:
            yield "\n".join(claim)
            claim = []
        claim.append(line)
    if claim:
        yield "\n".join(claim)


def _numbered(claims: Iterator[str]) -> Iterator[str]:
    """Each claim as ``1. `` and its text, under the number it is printed with."""
    for place, claim in enumerate(filter(None, claims), 1):
        printed = _CLAIM.match(claim)
        yield f"{printed[1]}. {claim[printed.end() :]}" if printed else f"{place}. {claim}"


def _strings(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _glued(text: str) -> str:
    return "".join(text.split())


def _first_day(text: str) -> str:
    found = _DAY.search(text)
    return found[0] if found else ""
