"""What an operator may upload, and how the form of a mapping is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiantang.corpus.ingest.methods.mapping import FIELDS, SEVERAL
from qiantang.corpus.ingest.methods.mapping.draft import Draft
from qiantang.corpus.ingest.types import LICENCE_LENGTH

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django_stubs_ext import StrPromise


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """One or more files; every one must have a name and some bytes."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = (data if isinstance(data, list | tuple) else [data]) or [None]  # none at all is one that is missing
        return [super(_FilesField, self).clean(one, initial) for one in given]


class ImportForm(forms.Form):
    """Files to load and, for tables no reader knows, a mapping from their columns to fields."""

    files = _FilesField(label=_("Files"))  # type: ignore[assignment] # Django takes declared fields off the class
    mapping = forms.FileField(required=False, label=_("Mapping file (optional)"))
    licence = forms.CharField(
        required=False, max_length=LICENCE_LENGTH, label=_("Licence or terms of the files (optional)")
    )
    published = forms.BooleanField(required=False)


# canonical field of a mapping -> what people call it; complete, or the test of the form fails
FIELD_WORDS: Mapping[str, StrPromise] = {
    "application_number": _("Application number"),
    "publication_number": _("Publication number"),
    "publication_numbers": _("Publication numbers (several)"),
    "kind": _("Kind code"),
    "filing_date": _("Filing date"),
    "publication_date": _("Publication date"),
    "grant_date": _("Grant date"),
    "publication_year": _("Year of publication"),
    "title": _("Title"),
    "title_en": _("Title in English"),
    "abstract": _("Abstract"),
    "abstract_en": _("Abstract in English"),
    "claims": _("Claims"),
    "first_claim": _("First claim"),
    "applicants": _("Applicants"),
    "holders": _("Holders"),
    "inventors": _("Inventors"),
    "agency": _("Patent agency"),
    "agents": _("Patent agents"),
    "address": _("Address of the first applicant"),
    "postcode": _("Postcode"),
    "country": _("Country of the first applicant"),
    "type": _("Type of patent"),
    "ipc": _("IPC classes"),
    "ipc_main": _("Main IPC class"),
    "cpc": _("CPC classes"),
    "locarno": _("Locarno classes"),
    "page_count": _("Number of pages"),
    "priorities": _("Priorities"),
    "cited_patents": _("Cited patents"),
    "cited_patents_examiner": _("Patents cited by the examiner"),
    "cited_patents_applicant": _("Patents cited by the applicant"),
    "cited_literature": _("Cited literature"),
    "cited_literature_examiner": _("Literature cited by the examiner"),
    "cited_literature_applicant": _("Literature cited by the applicant"),
    "events": _("Legal events"),
}
GROUP_WORDS: Mapping[str, StrPromise] = {
    "number": _("Numbers"),
    "date": _("Dates"),
    "text": _("Texts"),
    "party": _("Persons and firms"),
    "class": _("Classes"),
    "link": _("References to others"),
    "other": _("Further facts"),
}
RANK_WORDS: Mapping[str, StrPromise] = {
    "official_full_text": _("Official full text"),
    "official_gazette": _("Official gazette"),
    "office_data_service": _("Office data service"),
    "vendor_export": _("Vendor export"),
    "crawl": _("Crawl"),
}
TYPE_WORDS: Mapping[str, StrPromise] = {
    "invention": _("Invention"),
    "utility_model": _("Utility model"),
    "design": _("Design"),
    "plant": _("Plant patent"),
    "other": pgettext_lazy("patent type", "Other"),
}


def draft_from(given: QueryDict, rows: list[list[str]]) -> Draft:
    """The draft of a mapping as the form was sent; whatever is not among the choices counts as not chosen."""
    header_row = given.get("header_row", "1")
    number = int(header_row) if header_row.isdecimal() else 1
    places = range(max(map(len, rows)))
    chosen = {place: given.get(f"column-{place}", "") for place in places}
    words = zip(given.getlist("word"), given.getlist("word-type"), strict=False)
    return Draft(
        name=given.get("name", "").strip().lower(),
        rank=given.get("rank", "vendor_export"),
        office=given.get("office", "CN").strip().upper(),
        language=given.get("language", "zh").strip().lower(),
        date_form=given.get("date_form", "").strip(),
        header_row=min(max(number, 1), len(rows)),
        columns={place: field for place, field in chosen.items() if field in FIELDS},
        separators={
            field: _sign(given.get(f"separator-{place}", "")) for place, field in chosen.items() if field in SEVERAL
        },
        types={word: kind for word, kind in words if kind},
    )


def _sign(text: str) -> str:
    """A separator as typed; blanks around it are of the form, and a line feed cannot be typed."""
    return "\n" if text.strip() == "\\n" else text.strip()
