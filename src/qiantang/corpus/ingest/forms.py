"""What an operator may upload."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


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
