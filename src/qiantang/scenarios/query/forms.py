"""What may stand in the address bar of the search desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

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
