"""What is asked of a draft: statements, papers, items, answers, conclusions, the filing."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django import forms

from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.types import Part
from qiantang.scenarios.preexam.types.drafts import STATEMENTS, NewItem

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, QueryDict
    from django.utils.datastructures import MultiValueDict

_LARGEST = 100_000


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(allow_empty_file=True)

    @classmethod
    def source(cls, data: QueryDict, files: MultiValueDict[str, UploadedFile[bytes]]) -> tuple[BinaryIO, str]:
        """The file with its name. errors: Invalid ``preexam.no_text``"""
        form = cls(data, files)
        if not form.is_valid():
            raise Invalid("preexam.no_text")
        given = form.cleaned_data["file"]
        return cast("BinaryIO", given.file or io.BytesIO()), given.name or ""


class UntilForm(forms.Form):
    """A day until which the centre may look. What is no day is one long past, which the service refuses."""

    until = forms.DateField()

    def told(self) -> date:
        return cast("date", self.cleaned_data["until"]) if self.is_valid() else date.min


class StatementsForm(forms.Form):
    """Main class, and statements said or not."""

    main_class = forms.CharField(required=False, max_length=30)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        for name in STATEMENTS:
            self.fields[name] = forms.NullBooleanField(required=False)

    def told(self) -> tuple[str, dict[str, bool | None]]:
        """(main class, what was said by name)."""
        kept: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        return kept.get("main_class", ""), {name: kept.get(name) for name in STATEMENTS}


class ItemForm(forms.Form):
    """An item of a notice with its place."""

    part = forms.ChoiceField(choices=[(one.value, one.value) for one in Part])
    claim = forms.IntegerField(required=False, min_value=1, max_value=_LARGEST)
    paragraph = forms.IntegerField(required=False, min_value=1, max_value=_LARGEST)
    rule = forms.CharField(required=False, max_length=12)
    text = forms.CharField(max_length=2000)

    def item(self) -> NewItem:
        """errors: Invalid ``preexam.items_missing``"""
        if not self.is_valid():
            raise Invalid("preexam.items_missing")
        return NewItem(**self.cleaned_data)


class FilingForm(forms.Form):
    """The receipt of the national office."""

    application_number = forms.CharField(max_length=40)
    filed_on = forms.DateField()

    def told(self) -> dict[str, Any]:
        """errors: Invalid ``preexam.application_number``, ``preexam.filed_day``"""
        if "filed_on" in self.errors:
            raise Invalid("preexam.filed_day")
        if not self.is_valid():
            raise Invalid("preexam.application_number", given=str(self.data.get("application_number", ""))[:40])
        return dict(self.cleaned_data)


class EventForm(forms.Form):
    """Something that the national office did."""

    stage = forms.CharField(max_length=16)
    day = forms.DateField()
    source = forms.CharField(required=False, max_length=200)

    def told(self) -> dict[str, Any]:
        """errors: Invalid ``preexam.event_day``"""
        if not self.is_valid():
            raise Invalid("preexam.event_day")
        return dict(self.cleaned_data)


def numbers_of(request: HttpRequest, name: str) -> frozenset[int]:
    """The ticked numbers under a name."""
    return frozenset(int(one) for one in request.POST.getlist(name) if one.isdecimal() and len(one) < 7)  # noqa: PLR2004 - digits of _LARGEST


def answers_of(request: HttpRequest) -> dict[int, str]:
    """Answers by the number of their item: ``answer-3``."""
    found = {key.removeprefix("answer-"): value for key, value in request.POST.items() if key.startswith("answer-")}
    return {int(key): str(value) for key, value in found.items() if key.isdecimal() and len(key) < 7}  # noqa: PLR2004 - digits of _LARGEST
