"""Courts and authorities as they are read: the dated table in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from qiantang.scenarios.protection.methods.jurisdiction import seats
from qiantang.scenarios.protection.rules.words import RIGHT_WORDS, SEAT_WORDS
from qiantang.scenarios.protection.types import RightKind


def seats_shown() -> list[dict[str, Any]]:
    """Every line of the table, in its order."""
    return [
        {
            "seat": one,
            "matter": gettext(SEAT_WORDS[one.matter]),
            "rights": gettext(", ").join(gettext(RIGHT_WORDS[RightKind(right)]) for right in one.rights),
            "body": gettext(one.body),
            "source": gettext(one.source),
        }
        for one in seats()
    ]
