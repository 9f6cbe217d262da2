"""What may stand in the address bar of the search desk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods.columns import COLUMNS
from qiantang.scenarios.query.methods.differences import Change
from qiantang.scenarios.query.methods.exporting.asked import FileFormat
from qiantang.scenarios.query.methods.exporting.columns import BY_KEY as EXPORT_COLUMNS
from qiantang.scenarios.query.methods.exporting.numbers import Spelling
from qiantang.scenarios.query.types import DeskRequest, Layout, SimilarWanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

SORTS = (
    ("relevance", _("Best match")),
    ("-AD", _("Filing date, newest first")),
    ("AD", _("Filing date, oldest first")),
    ("-PD", _("Publication date, newest first")),
    ("PD", _("Publication date, oldest first")),
    ("-GD", _("Grant date, newest first")),
    ("GD", _("Grant date, oldest first")),
    ("-SD", _("Change of status, newest first")),
)
RANKS = (("cited", _("Most cited first")), ("family", _("Largest family first")))
GROUPINGS = (("", _("One by one")), ("simple", _("By simple family")), ("extended", _("By extended family")))
SIZES = (20, 50, 100)


class SearchForm(forms.Form):
    """Query text, refinements (``f`` repeated), order, page, grouping, and how it is shown (``col`` repeated)."""

    q = forms.CharField(required=False, max_length=2000, strip=True)
    sort = forms.ChoiceField(required=False, choices=(*SORTS, *RANKS))
    page = forms.CharField(required=False, max_length=200)
    group = forms.ChoiceField(required=False, choices=GROUPINGS[1:])
    size = forms.TypedChoiceField(required=False, choices=[(one, one) for one in SIZES], coerce=int)
    years = forms.ChoiceField(required=False, choices=[("AY", ""), ("PY", "")])
    view = forms.ChoiceField(required=False, choices=[("cards", ""), ("table", "")])
    col = forms.MultipleChoiceField(required=False, choices=[(one, one) for one in COLUMNS])

    def clean_sort(self) -> str:
        return self.cleaned_data["sort"] or "relevance"


def unknown_names(given: QueryDict) -> tuple[str, ...]:
    """What the address names and the search does not know: to be told, or a filter would seem to have been used."""
    return tuple(name for name in given if name not in SearchForm.base_fields and name not in ("f", "keep"))


def desk_request(given: QueryDict) -> DeskRequest:
    """The address as a request.

    errors  Invalid ``query.address`` naming what is damaged
    """
    form = SearchForm(given)
    if not form.is_valid():
        raise Invalid("query.address", fields=", ".join(sorted(form.errors)))
    told = form.cleaned_data
    layout = Layout(told["view"] == "table", tuple(told["col"])) if told["view"] or told["col"] else None
    return DeskRequest(
        text=told["q"],
        refinements=tuple(given.getlist("f")),
        sort="relevance" if told["sort"] in dict(RANKS) else told["sort"],
        rank=told["sort"] if told["sort"] in dict(RANKS) else "",
        cursor=told["page"],
        grouping=told["group"],
        size=told["size"] or SIZES[0],
        years=told["years"] or "AY",
        layout=layout,
    )


class SavedQueryForm(forms.Form):
    """A query to keep: name, text, refinements (``f`` repeated), order, columns where a table is wanted, what to tell of."""

    name = forms.CharField(required=False, max_length=200, strip=True)
    q = forms.CharField(required=False, max_length=2000, strip=True)
    sort = forms.ChoiceField(required=False, choices=SORTS)
    col = forms.MultipleChoiceField(required=False, choices=[(one, one) for one in COLUMNS])
    watch = forms.MultipleChoiceField(required=False, choices=[(str(kind), str(kind)) for kind in Change])

    def clean_sort(self) -> str:
        return self.cleaned_data["sort"] or "relevance"

    def asked(self, refinements: Sequence[str]) -> DeskRequest:
        """The query as the search desk takes it."""
        told = self.cleaned_data
        layout = Layout(table=True, columns=tuple(told["col"])) if told["col"] else None
        return DeskRequest(told["q"], tuple(refinements), told["sort"], layout=layout)

    def watched(self) -> frozenset[Change]:
        return frozenset(Change(one) for one in self.cleaned_data["watch"])


class NumberListForm(forms.Form):
    """Numbers, pasted or as a file, and a name for them."""

    name = forms.CharField(required=False, max_length=200, strip=True)
    numbers = forms.CharField(required=False, max_length=2_000_000, strip=False)
    file = forms.FileField(required=False)


class ExportForm(forms.Form):
    """What of a result goes into a file: format, columns where the format has some, spelling of numbers."""

    _TABLES = (FileFormat.CSV, FileFormat.XLSX, FileFormat.JSON)

    format = forms.ChoiceField(
        choices=[(one.value, one.name) for one in FileFormat],
        error_messages={"required": _("Choose a format."), "invalid_choice": _("Choose a format.")},
    )
    columns = forms.MultipleChoiceField(required=False, choices=[(key, key) for key in EXPORT_COLUMNS])
    spelling = forms.ChoiceField(required=False, choices=[(one.value, one.name) for one in Spelling])

    def clean_spelling(self) -> str:
        return self.cleaned_data["spelling"] or Spelling.PUBLICATION.value

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        if told.get("format") in self._TABLES and not told.get("columns") and "columns" not in self.errors:
            self.add_error("columns", _("Choose at least one column."))
        return told


class DossierForm(forms.Form):
    """Name of a dossier, what it is for, and what to tell of."""

    name = forms.CharField(required=False, max_length=200, strip=True)
    about = forms.CharField(required=False, max_length=4_000, strip=True)
    watch = forms.MultipleChoiceField(required=False, choices=[(str(one), str(one)) for one in Change])

    def watched(self) -> frozenset[Change]:
        return frozenset(Change(one) for one in self.cleaned_data.get("watch", ()))


class AddForm(forms.Form):
    """What to put into a dossier (one patent, a number list, or the hits of a query), and into which."""

    patent = forms.CharField(required=False, max_length=80)
    list = forms.IntegerField(required=False, min_value=1)
    q = forms.CharField(required=False, max_length=2000, strip=True)
    sort = forms.ChoiceField(required=False, choices=SORTS)
    dossier = forms.IntegerField(required=False, min_value=1)
    name = forms.CharField(required=False, max_length=200, strip=True)


class EntryForm(forms.Form):
    """Rating and tags of a patent in a dossier; tags are parted by commas or semicolons of either script."""

    rating = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, choices=[("", "")] + [(one, one) for one in range(1, 6)]
    )
    tags = forms.CharField(required=False, max_length=1_000)

    def words(self) -> list[str]:
        return [one for one in re.split(r"[,;，；、\n]", self.cleaned_data.get("tags", "")) if one.strip()]


class PlaceForm(forms.Form):
    """Where to put a patent."""

    place = forms.IntegerField(min_value=1, max_value=1_000_000)


class CommentForm(forms.Form):
    text = forms.CharField(required=False, max_length=4_000)


class ShareForm(forms.Form):
    """With whom to share, and whether for writing."""

    username = forms.CharField(max_length=150, strip=True)
    may_write = forms.BooleanField(required=False)


class LinkForm(forms.Form):
    days = forms.IntegerField(required=False, min_value=1, max_value=3650)


class SimilarForm(forms.Form):
    """What similar patents are asked for: a text, or a patent and one of its claims; among which patents."""

    MOST = 20_000  # characters of a text; of a longer one the beginning would decide anyway

    text = forms.CharField(required=False, max_length=MOST, strip=True)
    patent = forms.CharField(required=False, max_length=100, strip=True)
    claim = forms.IntegerField(required=False, min_value=1, max_value=999)
    q = forms.CharField(required=False, max_length=2000, strip=True)
    before = forms.DateField(required=False)
    family = forms.BooleanField(required=False)

    def wanted(self) -> SimilarWanted:
        """What is asked. A text goes before a patent."""
        told = self.cleaned_data
        patent = "" if told["text"] else told["patent"]
        return SimilarWanted(
            told["text"], patent, told["claim"] if patent else None, told["q"], told["before"], told["family"]
        )

    def as_typed(self) -> SimilarWanted:
        """What was typed, where some of it cannot be read."""
        return SimilarWanted(
            text=self.data.get("text", ""), patent=self.data.get("patent", ""), query=self.data.get("q", "")
        )

    def told(self) -> list[dict[str, str]]:
        """What is wrong, each with the field; never with what stands in it."""
        return [
            {"text": str(errors[0]), "href": f"#{name}"} for name, errors in self.errors.items() if name in self.fields
        ]
