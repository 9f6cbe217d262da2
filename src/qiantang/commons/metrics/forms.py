"""What a page, a program or a command asks, as a question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from qiantang.commons.metrics.types import AddressOf, Boundaries, Dimension, Question, Sharing, StatusBasis
from qiantang.kernel.errors import Invalid

_E = TypeVar("_E", bound=StrEnum)
SCHEMES = ("city", "sei")
_FIRST_YEAR, _LAST_YEAR = 1500, 2999


def question_from(told: Mapping[str, Any]) -> Question:
    """A question from words: ``metric``, ``region``, ``from``, ``to``, ``day``, ``by`` and ``only`` (parted by commas,
    ``only`` as ``type=invention``), ``address``, ``sharing``, ``boundaries``, ``classes``, ``basis``, ``scheme``, ``snapshot``.

    What is empty or absent is not asked for.
    errors  Invalid ``metrics.choice``
    """
    return Question(
        metric=str(told["metric"]),
        region=_text(told, "region"),
        first=_whole(told, "from", _FIRST_YEAR, _LAST_YEAR),
        last=_whole(told, "to", _FIRST_YEAR, _LAST_YEAR),
        day=_day(told),
        by=tuple(_choice(Dimension, "by", one) for one in _list(told, "by")),
        only=tuple(_only(one) for one in _list(told, "only")),
        address=_chosen(told, "address", AddressOf),
        sharing=_chosen(told, "sharing", Sharing),
        boundaries=_chosen(told, "boundaries", Boundaries),
        classes=_chosen(told, "classes", Sharing),
        basis=_chosen(told, "basis", StatusBasis),
        scheme=_scheme(told),
        snapshot=_whole(told, "snapshot", 1, 2**31 - 1),
    )


def _text(told: Mapping[str, Any], name: str) -> str | None:
    value = told.get(name)
    return str(value).strip() or None if value is not None else None


def _list(told: Mapping[str, Any], name: str) -> list[str]:
    value = told.get(name) or ""
    parts = value if isinstance(value, list | tuple) else [value]
    return [one.strip() for part in parts for one in str(part).split(",") if one.strip()]


def _whole(told: Mapping[str, Any], name: str, least: int, most: int) -> int | None:
    text = _text(told, name)
    if text is None:
        return None
    if not (text.isdecimal() and text.isascii()) or not least <= int(text[:12]) <= most:
        raise Invalid("metrics.choice", name=name, given=text[:40], known=f"{least} … {most}")
    return int(text)


def _day(told: Mapping[str, Any]) -> date | None:
    text = _text(told, "day")
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("metrics.choice", name="day", given=text[:40], known="YYYY-MM-DD") from None


def _choice(kind: type[_E], name: str, given: str) -> _E:
    try:
        return kind(given)
    except ValueError:
        raise Invalid("metrics.choice", name=name, given=given[:40], known=", ".join(kind)) from None


def _chosen(told: Mapping[str, Any], name: str, kind: type[_E]) -> _E | None:
    text = _text(told, name)
    return None if text is None else _choice(kind, name, text)


def _only(given: str) -> tuple[Dimension, str]:
    name, parted, value = given.partition("=")
    if not parted or not value:
        raise Invalid("metrics.choice", name="only", given=given[:40], known="type=invention, field=6 …")
    return _choice(Dimension, "only", name), value


def _scheme(told: Mapping[str, Any]) -> str:
    text = _text(told, "scheme") or SCHEMES[0]
    if text not in SCHEMES:
        raise Invalid("metrics.choice", name="scheme", given=text[:40], known=", ".join(SCHEMES))
    return text
