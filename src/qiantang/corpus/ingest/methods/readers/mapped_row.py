"""The canonical cells of one mapped row to an observation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.names import agency_name, listed_names, name_and_country
from qiantang.corpus.ingest.methods.readers.mapped_links import citation, events, priority
from qiantang.corpus.ingest.methods.readers.mapped_texts import texts
from qiantang.corpus.ingest.methods.shapes import is_withheld
from qiantang.corpus.register.types import Citation, Event, Observation, Party, Publication

if TYPE_CHECKING:
    from collections.abc import Mapping as Table
    from datetime import date

    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.corpus.ingest.methods.mapping import Mapping
    from qiantang.corpus.register.types import Classification, Priority
    from qiantang.kernel.numbers import PatentNumber

_GRANTED = ("B", "C", "U", "Y", "S")
_ABSENT = frozenset({"", "-", "--", "0"})
# Since 2010 the grant of a Chinese invention carries the serial of its publication (ZC 0007-2012).
_ONE_SERIAL = "CN100000000"
_CITED = (
    ("cited_patents_examiner", "examiner"),
    ("cited_patents_applicant", "applicant"),
    ("cited_patents", None),
)
_LITERATURE = (
    ("cited_literature_examiner", "examiner"),
    ("cited_literature_applicant", "applicant"),
    ("cited_literature", None),
)
_SCHEMES = (("ipc", ("ipc_main", "ipc")), ("cpc", ("cpc",)), ("locarno", ("locarno",)))


class RowReader:
    """Reads the rows of one mapped table."""

    def __init__(self, mapping: Mapping, memory: NumberMemory) -> None:
        self._mapping = mapping
        self._memory = memory
        self._cells = Cells(memory, office=mapping.office, forms=mapping.date_forms)
        self._absent = _ABSENT | set(mapping.absent)
        self._short_years = any("%y" in form for form in mapping.date_forms)

    def observation(self, row: int, values: Table[str, str]) -> Observation:
        """``values`` are the texts of the mapped columns by canonical field.

        errors  ``CellRefused``: number_missing, number_damaged, number_unrecognised, check_digit_wrong, date_impossible,
                date_unrecognised
        """
        said = {**self._mapping.constants, **self._cut(values)}
        notes: list[str] = []
        filing = self._cells.application(said.get("application_number", ""), notes)
        numbers = self._numbers(said)
        if filing is None and not numbers:
            raise _numberless(said, notes)
        office = filing.office if filing else numbers[0].office
        return Observation(
            row=row,
            office=office,
            as_of=self._mapping.as_of,
            type=self._type(said, notes) or next((n.type for n in (*numbers, filing) if n and n.type), None),
            application_number=filing.canonical if filing else None,
            filing_date=self._day(said, "filing_date"),
            page_count=self._pages(said, notes),
            publications=self._publications(said, numbers),
            texts=texts(said, self._mapping, office, notes),
            classifications=self._classes(said, notes),
            parties=self._parties(said, notes),
            priorities=self._priorities(said),
            citations=self._citations(said),
            events=self._events(said, office),
            notes=notes,
        )

    def _cut(self, values: Table[str, str]) -> dict[str, str]:
        """What the cells say once the mapping has taken values out of them; absent ones left out."""
        cut = {}
        for field, whole in values.items():
            text = whole
            if field in self._mapping.between:
                before, after = self._mapping.between[field]
                _, found, behind = text.partition(before) if before else ("", True, text)
                text = (behind.partition(after)[0] if after else behind).strip() if found else ""
            for ending in self._mapping.endings.get(field, ()):
                text = text.removesuffix(ending).rstrip()
            if text not in self._absent:
                cut[field] = text
        return cut

    def _several(self, said: Table[str, str], field: str) -> list[str]:
        return listed_names(said.get(field, ""), self._mapping.separators.get(field))

    def _day(self, said: Table[str, str], field: str) -> date | None:
        day = self._cells.day(said.get(field, ""), field)
        year = said.get("publication_year", "")
        if day and self._short_years and year.isdigit() and day.year > int(year):
            try:
                return day.replace(year=day.year - 100)
            except ValueError:  # 29 February of a year that has none
                raise CellRefused(field, "date_impossible", value=said[field]) from None
        return day

    def _numbers(self, said: Table[str, str]) -> list[PatentNumber]:
        """The publications' numbers, each once; a kind in a column of its own belongs to ``publication_number``."""
        found: list[PatentNumber] = []
        single, kind = said.get("publication_number"), said.get("kind", "")
        spelled = [single] if single else []
        for text in (*spelled, *self._several(said, "publication_numbers")):
            number = self._cells.publication(text)
            if text == single and number.kind is None and kind:
                number = self._with_kind(number, kind)
            if all((number.stem, number.kind) != (known.stem, known.kind) for known in found):
                found.append(number)
        return found

    def _with_kind(self, number: PatentNumber, kind: str) -> PatentNumber:
        """The number read again with its kind, which may tell another series; a kind that does not fit is kept beside it."""
        try:
            return self._cells.publication(number.stem + kind)
        except CellRefused:
            return number._replace(kind=kind)

    def _publications(self, said: Table[str, str], numbers: list[PatentNumber]) -> list[Publication]:
        """The documents. The publication date belongs to ``publication_number``, or to the only number there is."""
        published, granted = self._day(said, "publication_date"), self._day(said, "grant_date")
        found: list[Publication] = []
        for place, number in enumerate(numbers):
            day = published if not place and ("publication_number" in said or len(numbers) == 1) else None
            is_grant = granted is not None and (number.kind or "").startswith(_GRANTED)
            found.append(Publication(number.stem, number.kind, granted if is_grant else day))
            granted = None if is_grant else granted
        one_serial = found and numbers[0].office == "CN" and found[0].number >= _ONE_SERIAL
        if granted and one_serial and found[0].kind == "A" and numbers[0].type == "invention":
            found.append(Publication(found[0].number, "B", granted))
        return found

    def _type(self, said: Table[str, str], notes: list[str]) -> str | None:
        word = said.get("type")
        if word is None:
            return None
        known = self._mapping.types.get(word)
        if known is None:
            notes.append("type_unknown")
        return known

    def _pages(self, said: Table[str, str], notes: list[str]) -> int | None:
        text = said.get("page_count")
        if text is None or (text.isascii() and text.isdigit()):
            return int(text) if text else None
        notes.append("page_count_unrecognised")
        return None

    def _classes(self, said: Table[str, str], notes: list[str]) -> list[Classification]:
        found: list[Classification] = []
        for scheme, fields in _SCHEMES:
            taken: set[str] = set()
            for field in fields:
                read = self._cells.classes(";".join(self._several(said, field)), scheme, notes)
                for one in _without_ancestors(read) if field in self._mapping.ancestors else read:
                    if one.symbol not in taken:
                        found.append(one._replace(first=not taken and field not in self._mapping.unordered))
                        taken.add(one.symbol)
        return found

    def _parties(self, said: Table[str, str], notes: list[str]) -> list[Party]:
        postcode, address = self._cells.address(said.get("address", ""))
        postcode = said.get("postcode", postcode)
        parties: list[Party] = []
        for role, field in (("applicant", "applicants"), ("holder", "holders"), ("inventor", "inventors")):
            named = [name for name in self._several(said, field) if name not in self._absent]
            open_ones = [name for name in named if role != "inventor" or not is_withheld(name)]
            if len(open_ones) < len(named):
                notes.append("inventor_withheld")
            for position, text in enumerate(open_ones, 1):
                name, country = name_and_country(text)
                first = role == "applicant" and position == 1
                at = (country or said.get("country"), address, postcode) if first else (country, None, None)
                parties.append(Party(role, position, name, *at))
        parties += [Party("agency", 1, agency_name(said["agency"]))] if "agency" in said else []
        return parties + [Party("agent", place, name) for place, name in enumerate(self._several(said, "agents"), 1)]

    def _priorities(self, said: Table[str, str]) -> list[Priority]:
        read = (priority(text, self._mapping.date_forms) for text in self._several(said, "priorities"))
        return list(dict.fromkeys(one for one in read if one))

    def _citations(self, said: Table[str, str]) -> list[Citation]:
        found = [
            citation(text, origin, self._memory) for field, origin in _CITED for text in self._several(said, field)
        ]
        found += [
            Citation(None, origin, text=text) for field, origin in _LITERATURE for text in self._several(said, field)
        ]
        return [one for one in dict.fromkeys(found) if one.text not in self._absent]

    def _events(self, said: Table[str, str], office: str) -> list[Event]:
        return events(self._several(said, "events"), office, self._mapping.events, self._mapping.date_forms)


def _without_ancestors(symbols: list[Classification]) -> list[Classification]:
    """Symbols of a list in which each is followed by its main group, subclass, class and section; those are left out.

    A main group behind a subgroup of its own is its ancestor; one that stands by itself is a symbol.
    """
    kept: list[Classification] = []
    group = ""
    for one in symbols:
        whole, slash, subgroup = one.symbol.partition("/")
        if slash and not (subgroup == "00" and whole == group):
            kept.append(one)
        group = whole if slash else ""
    return kept


def _numberless(said: Table[str, str], notes: list[str]) -> CellRefused:
    for note in ("number_damaged", "number_unrecognised"):
        if f"application_{note}" in notes:
            return CellRefused("application_number", note, value=said.get("application_number"))
    return CellRefused("application_number", "number_missing")
