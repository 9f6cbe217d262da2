"""What is asked of a check: a file or a text, the type, the day, the office."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.types import DraftType, Office, Part, ToldWrong, Wanted

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

TYPES = (
    ("", _("As the draft shows")),
    (DraftType.INVENTION.value, _("Invention")),
    (DraftType.UTILITY_MODEL.value, _("Utility model")),
    (DraftType.DESIGN.value, _("Design")),
)
OFFICES = (
    (Office.CN.value, _("CNIPA (China)")),
    (Office.US.value, _("USPTO, draft in English")),
    (Office.EP.value, _("EPO, draft in English")),
    (Office.PCT.value, _("PCT, draft in English")),
)


class CheckForm(forms.Form):
    """A draft and how it is to be checked."""

    MOST = 700_000  # characters of a pasted text

    text = forms.CharField(required=False, max_length=MOST, strip=False)
    file = forms.FileField(required=False, allow_empty_file=True)
    type = forms.ChoiceField(required=False, choices=TYPES)
    as_of = forms.DateField(required=False)
    office = forms.ChoiceField(required=False, choices=OFFICES)

    def wanted(self) -> Wanted:
        """What is asked of the engine; without a day the rules of today."""
        told = self.cleaned_data
        return Wanted(
            as_of=told["as_of"] or timezone.localdate(),
            type=DraftType(told["type"]) if told["type"] else None,
            office=Office(told["office"] or "CN"),
        )

    def source(self) -> tuple[BinaryIO, str] | str:
        """A file with its name, or the text.

        errors  ``Invalid`` preexam.no_text where there is neither
        """
        given: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if given is not None:
            return cast("BinaryIO", given.file or io.BytesIO()), given.name or ""
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise Invalid("preexam.no_text")
        return text

    def as_typed(self) -> dict[str, Any]:
        """What was typed, to be shown again."""
        return {name: self.data.get(name, "") for name in ("text", "type", "as_of", "office")}


class WrongForm(forms.Form):
    """What a person says of a finding."""

    LARGEST = 10_000_000

    rule = forms.CharField(max_length=12)
    rule_version = forms.CharField(max_length=24)
    rules_version = forms.CharField(max_length=24)
    part = forms.ChoiceField(choices=[(one.value, one.value) for one in Part])
    claim = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    paragraph = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    start = forms.IntegerField(min_value=0, max_value=LARGEST)
    end = forms.IntegerField(min_value=0, max_value=LARGEST)
    publication_number = forms.CharField(required=False, max_length=40)
    excerpt = forms.CharField(required=False, max_length=40, strip=False)
    may_keep_text = forms.BooleanField(required=False)

    def told(self) -> ToldWrong:
        """What was said. Errors: ``Invalid`` preexam.place where the form is damaged."""
        if not self.is_valid():
            raise Invalid("preexam.place")
        return ToldWrong(**{**self.cleaned_data, "part": Part(self.cleaned_data["part"])})
