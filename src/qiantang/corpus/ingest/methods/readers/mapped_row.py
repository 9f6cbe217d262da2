"""The canonical cells of one mapped row to an observation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.register.types import Observation, Party, Publication, Text

if TYPE_CHECKING:
    from collections.abc import Mapping as Table
    from datetime import date

    from qiantang.corpus.ingest.methods.mapping import Mapping
    from qiantang.corpus.register.types import Classification

_GRANTED = ("B", "C", "U", "Y", "S")
_ABSENT = frozenset({"", "-", "--", "0"})
# Since 2010 the grant of a Chinese invention carries the serial of its publication (ZC 0007-2012).
_ONE_SERIAL = "CN100000000"


class RowReader:
    """Reads the rows of one mapped table."""

    def __init__(self, mapping: Mapping, cells: Cells) -> None:
        self._mapping = mapping
        self._cells = cells

    def observation(self, row: int, values: Table[str, str]) -> Observation:
        """``values`` are the texts of the mapped columns by canonical field.

        errors  ``CellRefused``: number_missing, number_damaged, number_unrecognised, check_digit_wrong, date_impossible,
                date_unrecognised
        """
        said = {**self._mapping.constants, **{field: text for field, text in values.items() if text not in _ABSENT}}
        notes: list[str] = []
        filing = self._cells.application(said.get("application_number", ""), notes)
        publications, kind_of_right = self._publications(said)
        if filing is None and not publications:
            raise _numberless(said, notes)
        return Observation(
            row=row,
            office=self._mapping.office,
            as_of=self._mapping.as_of,
            type=self._type(said, notes) or kind_of_right or (filing.type if filing else None),
            application_number=filing.canonical if filing else None,
            filing_date=self._day(said, "filing_date"),
            publications=publications,
            texts=self._texts(said),
            classifications=self._classes(said, notes),
            parties=self._parties(said, notes),
            notes=notes,
        )

    def _several(self, said: Table[str, str], field: str) -> list[str]:
        text = said.get(field, "")
        separator = self._mapping.separators.get(field)
        parts = text.split(separator) if separator else self._cells.names(text)
        return [part.strip() for part in parts if part.strip()]

    def _day(self, said: Table[str, str], field: str) -> date | None:
        return self._cells.day(said.get(field, ""), field)

    def _publications(self, said: Table[str, str]) -> tuple[list[Publication], str | None]:
        """Publications and the type their numbers tell. The date belongs to the single number of ``publication_number``."""
        published, granted = self._day(said, "publication_date"), self._day(said, "grant_date")
        found: list[Publication] = []
        kinds: list[str | None] = []
        spelled = [(said["publication_number"], published)] if "publication_number" in said else []
        spelled += [(text, None) for text in self._several(said, "publication_numbers")]
        for text, day in spelled:
            number = self._cells.publication(text)
            kind = number.kind or (said.get("kind") if text == said.get("publication_number") else None)
            kinds.append(number.type)
            is_grant = granted is not None and (kind or "").startswith(_GRANTED)
            if all((number.stem, kind) != known[:2] for known in found):
                found.append(Publication(number.stem, kind, granted if is_grant else day))
            granted = None if is_grant else granted
        if granted and found and found[0].kind == "A" and found[0].number >= _ONE_SERIAL and kinds[0] == "invention":
            found.append(Publication(found[0].number, "B", granted))
        return found, next((kind for kind in kinds if kind), None)

    def _type(self, said: Table[str, str], notes: list[str]) -> str | None:
        word = said.get("type")
        if word is None:
            return None
        known = self._mapping.types.get(word)
        if known is None:
            notes.append("type_unknown")
        return known

    def _texts(self, said: Table[str, str]) -> list[Text]:
        language = self._mapping.language
        parts = (
            ("title", "title", language),
            ("title_en", "title", "en"),
            ("abstract", "abstract", language),
            ("abstract_en", "abstract", "en"),
            ("claims", "claims", language),
        )
        return [Text(part, tongue, said[field]) for field, part, tongue in parts if field in said]

    def _classes(self, said: Table[str, str], notes: list[str]) -> list[Classification]:
        found: list[Classification] = []
        for scheme, fields in (("ipc", ("ipc_main", "ipc")), ("cpc", ("cpc",)), ("locarno", ("locarno",))):
            spelled = [part for field in fields for part in self._several(said, field)]
            found += self._cells.classes(";".join(spelled), scheme, notes)
        return found

    def _parties(self, said: Table[str, str], notes: list[str]) -> list[Party]:
        postcode, address = self._cells.address(said.get("address", ""))
        postcode, country = said.get("postcode", postcode), said.get("country")
        applicants = ";".join(self._several(said, "applicants"))
        parties = self._cells.applicants(applicants, address, postcode, country)
        parties += self._cells.inventors(";".join(self._several(said, "inventors")), notes)
        parties += [Party("agency", 1, said["agency"])] if "agency" in said else []
        return parties + [Party("agent", place, name) for place, name in enumerate(self._several(said, "agents"), 1)]


def _numberless(said: Table[str, str], notes: list[str]) -> CellRefused:
    for note in ("number_damaged", "number_unrecognised"):
        if f"application_{note}" in notes:
            return CellRefused("application_number", note, value=said.get("application_number"))
    return CellRefused("application_number", "number_missing")
