"""What may stand in the address bar of the search desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from qiantang.scenarios.query.methods.differences import Change
from qiantang.scenarios.query.types import DeskRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

SORTS = (
    ("relevance", _("Best match")),
    ("-AD", _("Filing date, newest first")),
    ("AD", _("Filing date, oldest first")),
    ("-PD", _("Publication date, newest first")),
    ("PD", _("Publication date, oldest first")),
)


class SearchForm(forms.Form):
    """Query text, refinements (``f`` repeated, each ``FIELD==value``), order and page."""

    q = forms.CharField(required=False, max_length=2000, strip=True)
    sort = forms.ChoiceField(required=False, choices=SORTS)
    page = forms.CharField(required=False, max_length=200)

    def clean_sort(self) -> str:
        return self.cleaned_data["sort"] or "relevance"


class SavedQueryForm(forms.Form):
    """A query to keep: name, text, refinements (``f`` repeated), order, and what to tell of."""

    name = forms.CharField(required=False, max_length=200, strip=True)
    q = forms.CharField(required=False, max_length=2000, strip=True)
    sort = forms.ChoiceField(required=False, choices=SORTS)
    watch = forms.MultipleChoiceField(required=False, choices=[(str(kind), str(kind)) for kind in Change])

    def clean_sort(self) -> str:
        return self.cleaned_data["sort"] or "relevance"

    def asked(self, refinements: Sequence[str]) -> DeskRequest:
        """The query as the search desk takes it."""
        return DeskRequest(self.cleaned_data["q"], tuple(refinements), self.cleaned_data["sort"])

    def watched(self) -> frozenset[Change]:
        return frozenset(Change(one) for one in self.cleaned_data["watch"])


class NumberListForm(forms.Form):
    """Numbers, pasted or as a file, and a name for them."""

    name = forms.CharField(required=False, max_length=200, strip=True)
    numbers = forms.CharField(required=False, max_length=2_000_000, strip=False)
    file = forms.FileField(required=False)
