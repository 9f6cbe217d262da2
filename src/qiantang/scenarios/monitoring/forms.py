"""From the address bar to what is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language

from qiantang.commons.metrics.types import AddressOf, Boundaries, Dimension, Question, Sharing, StatusBasis
from qiantang.commons.refdata.api import Level, regions
from qiantang.corpus.measures.methods.holders import HolderKind
from qiantang.corpus.measures.types import Listed
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.monitoring.rules import CITY, FLOW_YEARS, LARGEST_SHEET, LONGEST_TITLE
from qiantang.scenarios.monitoring.types import Ahead, Asked, CitySet, InputSheet, Ranked, Tied, Way

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

_YEARS = range(1985, 2100)
_ENDS = 2  # of a link
_FIELDS = range(1, 36)
_KNOWN = (
    *("region", "year", "metric", "boundaries", "peer", "among", "ranked", "field", "industry", "snapshot", "day"),
    "from",
)


def asked_of(given: QueryDict, path: str, today: date) -> Asked:
    """What the address asks for; what it does not say is as usual.

    errors  Invalid ``monitoring.address`` · ``monitoring.no_city``
    """
    try:
        year, snapshot, field = (str(given.get(name, "")) for name in ("year", "snapshot", "field"))
        asked = Asked(
            region=_city_or_district(given.get("region", "") or CITY),
            year=_whole(year, _YEARS) if year else None,
            metric=given.get("metric", "")[:20],
            boundaries=Boundaries(given.get("boundaries", "") or Boundaries.THEN),
            peers=tuple(dict.fromkeys(_city(code) for code in given.getlist("peer") if code)),
            among=CitySet(given.get("among", "") or CitySet.PICKED),
            ranked=Ranked(given.get("ranked", "") or Ranked.DISTRICT),
            only_field=str(_whole(field, _FIELDS)) if field else "",
            industry=str(given.get("industry", ""))[:40],
            snapshot=_whole(snapshot, range(1, 2**31)) if snapshot else None,
            start=_whole(str(given["from"]), range(1, 2**31)) if given.get("from") else 0,
            today=today,
            day=date.fromisoformat(str(given["day"])) if given.get("day") else None,
            whole=given.get("as") == "csv",
            path=path,
            query=tuple((name, value) for name in _KNOWN for value in given.getlist(name) if value),
        )
    except ValueError as wrong:
        raise Invalid("monitoring.address", given=str(wrong)[:80]) from wrong
    return asked


_ONE_OF = {"boundaries": Boundaries, "basis": StatusBasis, "address": AddressOf, "sharing": Sharing, "classes": Sharing}


def question_of(given: QueryDict) -> Question:
    """The number whose records are asked for.

    errors  Invalid ``monitoring.indicator_wanted`` · ``monitoring.address``
    """
    told = given.dict()
    if not told.get("metric"):
        raise Invalid("monitoring.indicator_wanted", next_url=reverse("measures:indicators"))
    try:
        limits = [one.partition(":")[::2] for one in given.getlist("only")]
        whole = {name: _whole(str(told[name]), _YEARS) for name in ("first", "last") if told.get(name)}
        chosen = {name: kind(str(told[name])) for name, kind in _ONE_OF.items() if told.get(name)}
        asked = Question(
            metric=str(told.get("metric", ""))[:20],
            region=_region(str(told["region"])) if told.get("region") else None,
            day=date.fromisoformat(str(told["day"])) if told.get("day") else None,
            only=tuple((Dimension(name), value[:40]) for name, value in limits),
            snapshot=_whole(str(told["snapshot"]), range(1, 2**31)) if told.get("snapshot") else None,
        )
    except ValueError as wrong:
        raise Invalid("monitoring.address", given=str(wrong)[:80]) from wrong
    return replace(asked, **whole, **chosen)  # type: ignore[arg-type]  # names of Question's fields


def _whole(text: str, among: range) -> int:
    if not text.isascii() or not text.isdecimal() or int(text[:12]) not in among:
        raise ValueError(text)
    return int(text)


def _region(code: str) -> str:
    if code not in regions():
        raise ValueError(code)
    return code


def _city(code: str) -> str:
    """The code of a city; a province is none, nor is a district."""
    row = regions().region(_region(code))
    if row is None or not row.is_city:
        raise Invalid("monitoring.no_city", given=_called(code))
    return code


def _city_or_district(code: str) -> str:
    row = regions().region(_region(code))
    if row is None or not (row.is_city or row.level is Level.COUNTY):
        raise Invalid("monitoring.no_city", given=_called(code))
    return code


def _called(code: str) -> str:
    return f"{regions().name(code, get_language() or '')} ({code})"


def _city_or_unknown(code: str) -> str:
    if code == "unknown":
        return code
    try:
        return _city(code)
    except ValueError as wrong:
        raise Invalid("monitoring.address", given=code[:80]) from wrong


def band_of(given: QueryDict) -> tuple[str, str]:
    """Between which two cities the transfers are, each a code or ``unknown``.

    errors  Invalid ``monitoring.transfers_wanted`` · ``monitoring.address`` · ``monitoring.no_city``
    """
    ends = {name: str(given.get(name, "")) for name in ("origin", "destination")}
    missing = [name for name, code in ends.items() if not code]
    if missing:
        raise Invalid("monitoring.transfers_wanted", missing=", ".join(missing), next_url=reverse("monitoring:flows"))
    return _city_or_unknown(ends["origin"]), _city_or_unknown(ends["destination"])


def way_of(given: QueryDict) -> tuple[Way, str, int]:
    """Which moves of inventors: where they went, the other city (empty: any), how many years together.

    errors  Invalid ``monitoring.moves_wanted`` · ``monitoring.address`` · ``monitoring.no_city``
    """
    way, city, span = (str(given.get(name, "")) for name in ("way", "city", "span"))
    span = span or str(FLOW_YEARS)
    if not way:
        raise Invalid("monitoring.moves_wanted", next_url=reverse("monitoring:moves"))
    if way not in set(Way) or span not in {"1", str(FLOW_YEARS)}:
        raise Invalid("monitoring.address", given=f"{way} {span}"[:80])
    return Way(way), _city_or_unknown(city) if city else "", int(span)


def ahead_of(given: QueryDict) -> tuple[Ahead, int | None, str]:
    """What of the outlook is listed, in which month ahead (None: in all twelve), and of which kind of holder (empty: all).

    errors  Invalid ``monitoring.address``
    """
    what, month = str(given.get("what", "") or Ahead.ENDS), str(given.get("month", ""))
    group = str(given.get("group", ""))
    try:
        return Ahead(what), _whole(month, range(12)) if month else None, HolderKind(group) if group else ""
    except ValueError as wrong:
        raise Invalid("monitoring.address", given=str(wrong)[:80]) from wrong


def tied_of(given: QueryDict) -> tuple[Tied, tuple[str, ...]]:
    """What of the network is listed, and up to two parties to which it is limited.

    errors  Invalid ``monitoring.address``
    """
    what, ends = str(given.get("what", "") or Tied.APPLICATIONS), given.getlist("party")
    if what not in set(Tied) or len(ends) > _ENDS or any(len(one) > LONGEST_TITLE for one in ends):
        raise Invalid("monitoring.address", given=what[:80])
    return Tied(what), tuple(str(one) for one in ends)


def condition_of(given: QueryDict) -> Listed | None:
    """The condition of high value of which a sheet lists patents; None: it is a table of figures.

    errors  Invalid ``monitoring.sheet``
    """
    told = str(given.get("holds", "")) or "figures"
    if told == "figures":
        return None
    try:
        return Listed(told)
    except ValueError as wrong:
        raise Invalid("monitoring.sheet") from wrong


def sheet_of(given: QueryDict, files: MultiValueDict[str, UploadedFile[Any]]) -> InputSheet:
    """The input sheet of the form.

    errors  Invalid ``monitoring.sheet``
    """
    file = files.get("sheet")
    title, source = (str(given.get(name, "")).strip()[:LONGEST_TITLE] for name in ("title", "source"))
    try:
        day = date.fromisoformat(str(given.get("as_of", "")))
    except ValueError as wrong:
        raise Invalid("monitoring.sheet") from wrong
    if file is None or not title or not source or not 0 < (file.size or 0) <= LARGEST_SHEET:
        raise Invalid("monitoring.sheet")
    return InputSheet(file.read(), title, source, day, given.get("sample") == "yes")
