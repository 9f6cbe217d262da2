"""Lists of agencies, and the registration of one."""

from __future__ import annotations

from typing import Any

from django import forms

from qiantang.kernel.errors import Invalid

_LARGEST = 5 * 2**20


class ListForm(forms.Form):
    """An edition: the file, the day from which it holds, its source, and the article that is cited."""

    file = forms.FileField()
    effective_date = forms.DateField()
    source = forms.CharField(max_length=200)
    article = forms.CharField(max_length=200)

    def told(self) -> dict[str, Any]:
        """errors: Invalid ``preexam.list_form``, ``preexam.list_damaged``"""
        if not self.is_valid() or self.cleaned_data["file"].size > _LARGEST:
            raise Invalid("preexam.list_form")
        kept = dict(self.cleaned_data)
        content: bytes = kept.pop("file").read()
        try:
            return {**kept, "text": content.decode("utf-8-sig")}
        except UnicodeDecodeError as fault:
            raise Invalid("preexam.list_damaged", line=1, value="UTF-8") from fault


class RegisterForm(forms.Form):
    """What an agency says of itself."""

    attorneys = forms.IntegerField(min_value=1, max_value=10_000)
    contact = forms.CharField(max_length=80)

    def told(self) -> dict[str, Any]:
        """errors: Invalid ``preexam.register_form``"""
        if not self.is_valid():
            raise Invalid("preexam.register_form")
        return dict(self.cleaned_data)
