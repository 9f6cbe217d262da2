"""The words of exports: what columns, formats, spellings and stages are called, and the reader's words for codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from qiantang.commons.refdata import api as refdata
from qiantang.commons.ui.api import word_for
from qiantang.scenarios.query.methods.exporting.about import About
from qiantang.scenarios.query.methods.exporting.asked import FileFormat, Stage
from qiantang.scenarios.query.methods.exporting.numbers import Spelling

# heading -> keys of ``methods.exporting.columns``, as the page shows them
COLUMN_GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("Numbers"), ("number", "application_number", "patent_id", "publications")),
    (_("Texts"), ("title", "title_en", "abstract", "abstract_en", "first_claim", "claims")),
    (_("People and firms"), ("applicants", "holders", "inventors", "agency")),
    (
        _("Days"),
        ("filing_date", "publication_date", "first_publication_date", "grant_date", "expiry_date"),
    ),
    (_("State and kind"), ("type", "office", "status", "status_as_of", "flags", "events", "region", "region_code")),
    (_("Classes"), ("ipc_first", "ipc", "cpc", "locarno")),
    (_("Families and citations"), ("simple_family_id", "extended_family_id", "priorities", "cited")),
    (_("Size"), ("claim_count", "page_count")),
)
COLUMN_WORDS: Mapping[str, str | Promise] = {
    "number": _("Publication number"),
    "application_number": _("Application number"),
    "patent_id": _("Identity on this platform"),
    "title": _("Title"),
    "title_en": _("Title in English"),
    "abstract": _("Abstract"),
    "abstract_en": _("Abstract in English"),
    "first_claim": _("First claim"),
    "claims": _("Claims"),
    "applicants": _("Applicants"),
    "holders": _("Holders"),
    "inventors": _("Inventors"),
    "agency": _("Agency"),
    "filing_date": _("Filing date"),
    "publication_date": _("Date of the publication"),
    "first_publication_date": _("First publication"),
    "grant_date": _("Grant date"),
    "expiry_date": _("End of term"),
    "office": _("Office"),
    "type": _("Type"),
    "status": _("Legal status"),
    "status_as_of": _("Status on the day"),
    "flags": _("Remarks on the right"),
    "ipc_first": _("First IPC"),
    "ipc": _("IPC"),
    "cpc": _("CPC"),
    "locarno": _("Locarno class"),
    "region_code": _("Region code"),
    "region": _("Region"),
    "publications": _("All publications"),
    "priorities": _("Priority"),
    "simple_family_id": _("Simple family"),
    "extended_family_id": _("Extended family"),
    "cited": _("Patents cited"),
    "events": _("Legal events"),
    "claim_count": _("Number of claims"),
    "page_count": _("Number of pages"),
}
FORMAT_WORDS: Mapping[FileFormat, tuple[str | Promise, str | Promise]] = {
    FileFormat.XLSX: (
        _("Excel (XLSX)"),
        _("For reading and working in a spreadsheet; split into sheets where it is long."),
    ),
    FileFormat.CSV: (_("Table (CSV)"), _("For any program; opens in a spreadsheet too.")),
    FileFormat.JSON: (_("JSON"), _("For programs: lists stay lists, codes stay codes.")),
    FileFormat.RIS: (_("References (RIS)"), _("For Zotero, EndNote, NoteExpress.")),
    FileFormat.BIBTEX: (_("References (BibTeX)"), _("For LaTeX.")),
    FileFormat.NUMBERS: (_("List of numbers"), _("One number a line, to go on with in another system.")),
}
SPELLING_WORDS: Mapping[Spelling, str | Promise] = {
    Spelling.PUBLICATION: _("Publication number with kind code"),
    Spelling.PLAIN: _("Publication number without kind code"),
    Spelling.APPLICATION: _("Application number"),
    Spelling.DIGITS: _("Application number, digits only"),
    Spelling.PATENT: _("Patent number (ZL)"),
    Spelling.IDENTITY: _("Identity on this platform"),
}
SPELLING_EXAMPLES: Mapping[Spelling, str] = {
    Spelling.PUBLICATION: "CN107000001B",
    Spelling.PLAIN: "CN107000001",
    Spelling.APPLICATION: "CN201710601862.3",
    Spelling.DIGITS: "2017106018623",
    Spelling.PATENT: "ZL201710601862.3",
    Spelling.IDENTITY: "CN201710601862",
}
STAGE_WORDS: Mapping[Stage, str | Promise] = {
    Stage.FINDING: _("Finding all hits"),
    Stage.WRITING: _("Writing the rows"),
    Stage.BINDING: _("Making the workbook"),
}
SORT_WORDS: Mapping[str, str | Promise] = {
    "id": _("by the identity of the patent"),
    "AD": _("Filing date, oldest first"),
    "-AD": _("Filing date, newest first"),
    "PD": _("Publication date, oldest first"),
    "-PD": _("Publication date, newest first"),
}


def words_now() -> Callable[[str, str], str]:
    """(vocabulary, code) -> word in the language of now, each looked up once."""
    language = get_language() or "zh"
    regions = refdata.regions()

    @cache
    def word(vocabulary: str, code: str) -> str:
        if vocabulary == "region":
            return regions.name(code, language) if code in regions else code
        return word_for(vocabulary, code)

    return word


def about_lines(about: About) -> list[tuple[str, str]]:
    """What a file says of itself, for people; whether the data are invented first."""
    invented = [(__("Invented data"), __("Nothing here is real: made for demonstration"))] if about.synthetic else []
    return [
        *invented,
        (__("Source"), about.place or "Qiantang"),
        (__("Query"), about.query or __("everything")),
        (__("Understood as"), about.canonical or __("everything")),
        (__("Order"), str(SORT_WORDS.get(about.sort, about.sort))),
        (__("Snapshot"), str(about.snapshot)),
        (__("Day"), about.day.isoformat()),
        (__("Patents"), str(about.total)),
        (__("An empty cell"), __("not known, or there is none")),
    ]
