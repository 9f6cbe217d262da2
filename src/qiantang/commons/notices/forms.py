"""What a person may set about notices by mail and text message, and words for states."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from qiantang.commons.notices.rules import DIGEST_AT
from qiantang.commons.notices.types import KINDS, Digest, Rhythm
from qiantang.kernel.errors import Invalid

WAY_WORDS = {"mail": _("E-mail"), "text": _("Text message")}
# state of a message -> words, tone of the pill
STATE_WORDS = {
    "waiting": (_("waits"), "wait"),
    "folded": (_("goes with a digest"), "wait"),
    "taken": (_("taken"), "good"),
    "refused": (_("refused"), "harm"),
    "in_doubt": (_("in doubt"), "harm"),
    "given_up": (_("given up"), "harm"),
    "dropped": (_("not wanted any more"), "plain"),
}


class _KindsForm(forms.Form):
    kinds = forms.MultipleChoiceField(required=False)
    language = forms.CharField(required=False, max_length=20)

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type] # as Django's form takes them
        self.fields["kinds"].choices = [(kind.code, kind.label) for kind in KINDS]  # type: ignore[attr-defined] # a choice field

    def wishes(self) -> dict[str, bool]:
        """Each kind of notice, and whether it was ticked."""
        return {kind.code: kind.code in self.cleaned_data["kinds"] for kind in KINDS}


class MailForm(_KindsForm):
    """Address, language, and the kinds that shall come by mail."""

    address = forms.CharField(required=False, max_length=300, strip=True)


class TextForm(_KindsForm):
    """Number, language, and the kinds that shall come by text message."""

    number = forms.CharField(required=False, max_length=40, strip=True)


class RhythmForm(forms.Form):
    """Quiet hours and digest."""

    quiet_from = forms.TimeField(required=False)
    quiet_until = forms.TimeField(required=False)
    digest = forms.ChoiceField(choices=[(one.value, one.value) for one in Digest])
    digest_at = forms.TimeField(required=False)

    def rhythm(self) -> Rhythm:
        """errors: Invalid ``notices.rhythm_malformed``"""
        if not self.is_valid():
            raise Invalid("notices.rhythm_malformed")
        given = self.cleaned_data
        return Rhythm(
            quiet_from=given["quiet_from"],
            quiet_until=given["quiet_until"],
            digest=Digest(given["digest"]),
            digest_at=given["digest_at"] or DIGEST_AT,
        )
