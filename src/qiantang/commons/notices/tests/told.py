"""What was told, for the tests of the rooms that tell it."""

from __future__ import annotations

from qiantang.commons.notices.models import Notice


def notices() -> list[Notice]:
    """Every notice to anybody, in the order of their making."""
    return list(Notice.objects.order_by("id"))
