"""What a person deposits, or has verified."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms

from qiantang.commons.evidence.types import CAPTURE_PAGES_MOST, SCHEDULE_DAYS_MOST, Kind
from qiantang.engines.notary.port import Digests, checked_digests
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from datetime import datetime

CHOSEN_KINDS = (Kind.FILE, Kind.DESIGN_DRAFT, Kind.SOURCE_CODE, Kind.VIDEO, Kind.CHAT)
_MOST_LISTED = 10_000


class Listed(NamedTuple):
    """A file which the browser has digested and kept to itself."""

    name: str
    digests: Digests


class DepositForm(forms.Form):
    """Name, kind, statement, and the digests of files that stay where they are."""

    name = forms.CharField(required=False, max_length=300)
    kind = forms.ChoiceField(required=False, choices=[(one.value, one.value) for one in CHOSEN_KINDS])
    statement = forms.CharField(required=False, max_length=4_000)
    collected_at = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    keep = forms.BooleanField(required=False)
    digests = forms.CharField(required=False, max_length=8_000_000)

    def chosen_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"] or Kind.FILE)

    def collected(self) -> datetime | None:
        found: datetime | None = self.cleaned_data["collected_at"]
        return found

    def listed(self) -> list[Listed]:
        """The files which the browser digested.

        errors  Invalid ``protection.digests_malformed``, ``notary.digest_malformed``
        """
        text = self.cleaned_data["digests"]
        if not text:
            return []
        try:
            told = json.loads(text)
            return [_listed(one) for one in told[:_MOST_LISTED]]
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise Invalid("protection.digests_malformed") from fault


def _listed(one: dict[str, Any]) -> Listed:
    told = checked_digests({"sha256": one["sha256"], "sm3": one["sm3"]})
    size = int(one["size"])
    if size < 1:
        raise Invalid("evidence.file_empty")
    return Listed(str(one["name"])[:300], Digests(told["sha256"], told["sm3"], size))


class VerifyForm(forms.Form):
    """A number or a digest."""

    number = forms.CharField(required=False, max_length=60)
    sha256 = forms.RegexField(required=False, regex=r"^\s*[0-9A-Fa-f]{64}\s*$", max_length=80)


class Wish(NamedTuple):
    """A capture that somebody wants; ``every_days`` 0: once."""

    url: str
    purpose: str
    pages: int
    shop: bool
    every_days: int


class CaptureForm(forms.Form):
    """Address and purpose, and how much of the page."""

    url = forms.CharField(max_length=2_000)
    purpose = forms.CharField(max_length=300)
    pages = forms.IntegerField(required=False)
    shop = forms.BooleanField(required=False)
    every_days = forms.IntegerField(required=False, min_value=0)

    def wish(self) -> Wish:
        """What was asked for.

        errors  Invalid ``capture.address``, ``evidence.purpose_missing``, ``evidence.pages``, ``evidence.days``
        """
        self.is_valid()
        for name, code in (
            ("url", "capture.address"),
            ("purpose", "evidence.purpose_missing"),
            ("pages", "evidence.pages"),
            ("every_days", "evidence.days"),
        ):
            if name in self.errors:
                raise Invalid(code, given=str(self.data.get(name, ""))[:200], most=_MOST[name])
        found = self.cleaned_data
        return Wish(found["url"], found["purpose"], found["pages"] or 1, found["shop"], found["every_days"] or 0)


_MOST = {"url": 0, "purpose": 0, "pages": CAPTURE_PAGES_MOST, "every_days": SCHEDULE_DAYS_MOST}
