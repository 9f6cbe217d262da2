"""A value that is entered; values that are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.commons.rulebook.types import Setting


class ValueForm(forms.Form):
    """Which parameter, its value, from when, on what it rests."""

    parameter = forms.CharField(max_length=60)
    value = forms.IntegerField()
    valid_from = forms.DateField()
    source = forms.CharField(max_length=300)


class TryForm(forms.Form):
    """A year and other values; a value left empty stays as it is."""

    year = forms.IntegerField(min_value=1985, max_value=2200)

    def __init__(self, *given: Any, settings: Sequence[Setting], **named: Any) -> None:
        super().__init__(*given, **named)
        self._keys = [one.key for one in settings]
        for one in settings:
            self.fields[f"p_{one.key}"] = forms.IntegerField(
                required=False, min_value=one.least, max_value=one.most, label=one.key
            )

    def other(self) -> dict[str, int]:
        """The values that were entered, by parameter."""
        told = {key: self.cleaned_data.get(f"p_{key}") for key in self._keys}
        return {key: value for key, value in told.items() if value is not None}
