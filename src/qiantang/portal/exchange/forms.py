"""What an operator says of a platform."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from qiantang.portal.exchange.services.platforms import PlatformWanted
from qiantang.portal.exchange.types import PlatformKind

KIND_WORDS = {
    PlatformKind.ENTERPRISE: _("Platform of firms: hears of a matter where its person has agreed"),
    PlatformKind.CITY: _("Data platform of the city: hears of every matter by number and state"),
    PlatformKind.OTHER: _("Court, bank, other office: hears of every matter by number and state"),
}


class PlatformForm(forms.Form):
    """A platform to be entered."""

    key = forms.CharField(max_length=40)
    title = forms.CharField(max_length=120)
    kind = forms.ChoiceField(choices=[(one.value, words) for one, words in KIND_WORDS.items()])
    url = forms.CharField(max_length=500, required=False)
    account = forms.CharField(max_length=150, required=False)
    origin = forms.CharField(max_length=200, required=False)
    issuer = forms.CharField(max_length=300, required=False)
    types = forms.CharField(max_length=600, required=False)
    from_start = forms.BooleanField(required=False)

    def wanted(self) -> PlatformWanted:
        """What was entered, once the form is valid."""
        told = dict(self.cleaned_data)
        told["kind"] = PlatformKind(told["kind"])
        told["types"] = tuple(told["types"].replace(",", " ").split())
        return PlatformWanted(**told)
