"""Grants from 2001 to 2004 (``PATDOC``, the SGML of ST.32 with tags by INID code, versions 2.4 and 2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.readers.uspto.values import (
    GAP,
    LINE,
    Address,
    Values,
    claim,
    lines,
    named,
    old_ipc,
    person,
    texts,
    type_of,
)
from qiantang.corpus.ingest.methods.trees import Wording
from qiantang.corpus.register.types import Citation, Classification, Medium, Observation, Party, Priority

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.corpus.ingest.methods.trees import Node

ROOT = "PATDOC"
_SAID = Wording(
    left_out=frozenset({"MATH-US", "MATHEMATICA", "MATHML", "math", "CHEM-US", "CHEMCDX", "CHEMMOL", "SEQLST-US"}),
    lined=frozenset({"PARA", "H", "CLMSTEP", "LI", "row"}),
    spaced=frozenset({"entry"}),
    line=LINE,
    gap=GAP,
)


def observation(document: Node, row: int, values: Values) -> Observation:
    """Errors  ``CellRefused`` with the element in place of a column, as ``Values``"""
    return _Document(document, values).observation(row)


def _printed(element: Node | None, *path: str) -> str | None:
    return element.word(*path, "PDAT") if element else None


class _Document:
    def __init__(self, document: Node, values: Values) -> None:
        self._document = document
        self._values = values
        self._front = document.first("SDOBI") or document

    def observation(self, row: int) -> Observation:
        front, values = self._front, self._values
        day = values.day(_printed(front, "B100", "B140", "DATE"), "B140")
        published, number = values.publication(
            _printed(front, "B100", "B110", "DNUM"), _printed(front, "B100", "B130"), day
        )
        claims = self._document.every("SDOCL", "CL", "CLM")
        counted = _printed(front, "B500", "B570", "B577") or ""
        return Observation(
            row=row,
            office="US",
            as_of=published.date,
            type=type_of(number, None),
            application_number=values.application(
                _printed(front, "B200", "B210", "DNUM"), _printed(front, "B200", "B211US")
            ),
            filing_date=values.day(_printed(front, "B200", "B220", "DATE"), "B220"),
            claim_count=int(counted) if counted.isdecimal() and int(counted) else len(claims) or None,
            publications=[published],
            texts=texts(
                title=self._text(front.first("B500", "B540")),
                abstract=self._text(self._document.first("SDOAB")),
                claims="\n".join(self._claim(one, place) for place, one in enumerate(claims, 1)),
                description=self._text(self._document.first("SDODE")),
            ),
            classifications=self._classes(design=number.type == "design"),
            parties=self._people(),
            priorities=list(self._priorities()),
            citations=list(self._citations()),
            media=list(self._media()),
            notes=values.notes,
        )

    def _text(self, element: Node | None) -> str | None:
        return None if element is None else "\n".join(lines(element.flat(_SAID), self._values))

    def _claim(self, element: Node, place: int) -> str:
        return claim(place, "\n".join(lines(element.flat(_SAID), self._values)))

    def _classes(self, *, design: bool) -> list[Classification]:
        """B511 and B512: IPC, or Locarno for designs, whose edition is not told."""
        found: list[Classification] = []
        block = self._front.first("B500", "B510")
        for name in ("B511", "B512"):
            for one in block.every(name) if block else ():
                if design:
                    self._values.classify(found, "locarno", _printed(one))
                else:
                    self._values.classify(found, "ipc", old_ipc(_printed(one)), _printed(block, "B516"))
        return found

    def _people(self) -> list[Party]:
        people = self._front.first("B700")
        if people is None:
            return []
        inventors = [one for path in (("B720", "B721"), ("B720", "B722")) for one in people.every(*path)]
        representatives = people.every("B740", "B741")
        return [
            *named(self._names(inventors), "applicant"),  # before 2013 an inventor was an applicant
            *named(self._names(people.every("B730", "B731")), "holder"),
            *named(self._names(inventors), "inventor"),
            *named(self._names(representatives, only="ONM"), "agency"),
            *named(self._names(representatives, only="SNM"), "agent"),
        ]

    def _names(self, ones: list[Node], only: str | None = None) -> Iterator[tuple[str, Address]]:
        for one in ones:
            party = one.first("PARTY-US") or one
            name = self._name(party.first("NAM"), only)
            if name:
                yield name, self._address(party.first("ADR"))

    def _name(self, element: Node | None, only: str | None = None) -> str | None:
        if element is None:
            return None
        whole = self._text(element.first("ONM"))
        own = person(_printed(element, "FNM"), self._text(element.first("SNM")), _printed(element, "SFX"))
        return {"ONM": whole, "SNM": own}[only] if only else whole or own

    def _address(self, where: Node | None) -> Address:
        if where is None:
            return Address()
        parts = [_printed(where, part) for part in ("OMC", "STR", "CITY", "STATE")]
        country = _printed(where, "CTRY") or ("US" if _printed(where, "STATE") else None)
        return self._values.address(parts, country, _printed(where, "PCODE"))

    def _priorities(self) -> Iterator[Priority]:
        priority = self._values.priority
        for one in self._front.every("B300"):
            yield from priority(
                _printed(one, "B310", "DNUM"), _printed(one, "B330", "CTRY"), _printed(one, "B320", "DATE")
            )
        related = self._front.first("B600")
        parents = related.inside("PDOC", "PSTA") if related else []
        parents += related.every("B680US") if related else []
        for parent in parents:
            for one in parent.every("DOC"):
                yield from priority(_printed(one, "DNUM"), _printed(one, "CTRY") or "US", _printed(one, "DATE"))
        for one in self._front.every("B800", "B860", "B861", "DOC"):
            yield from priority(_printed(one, "DNUM"), _printed(one, "CTRY"), _printed(one, "DATE"))

    def _citations(self) -> Iterator[Citation]:
        for one in self._front.every("B500", "B560", "B561"):
            document = one.first("PCIT", "DOC")
            country, kind = _printed(document, "CTRY") or "US", _printed(document, "KIND")
            number, day = _printed(document, "DNUM"), _printed(document, "DATE")
            yield self._values.cited(country, number, kind, day, _origin(one))
        for one in self._front.every("B500", "B560", "B562"):
            if said := self._text(one.first("NCIT")):
                yield Citation(None, _origin(one), None, None, said.replace("\n", " "))

    def _media(self) -> Iterator[Medium]:
        files = [one.get("FILE") for one in self._document.every("SDODR", "EMI")]
        yield from (Medium("figure", place, file) for place, file in enumerate((f for f in files if f), 1))


def _origin(one: Node) -> str | None:
    if one.first("CITED-BY-EXAMINER"):
        return "examiner"
    return "other" if one.first("CITED-BY-OTHER") else None
