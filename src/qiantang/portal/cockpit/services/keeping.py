"""The key of the feed, kept in the home and in no database."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_bytes

from django.conf import settings

_BYTES = 32


def feed_secret() -> bytes:
    """The secret key of this home, 32 bytes; made when it is first asked for, readable by the platform alone."""
    place = Path(settings.QIANTANG_HOME) / "cockpit" / "feed-key"
    if not place.is_file():
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = place.with_name(f"feed-key.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(token_bytes(_BYTES))
        try:
            os.link(fresh, place)  # of two processes that begin at once one names the key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return place.read_bytes()


def reported() -> str:
    """The month of the last report, ``2026-11``; empty: none yet."""
    place = _report_place()
    return place.read_text().strip() if place.is_file() else ""


def note_reported(period: str) -> None:
    """Keep that the report of a month was sent."""
    place = _report_place()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.write_text(f"{period}\n")


def _report_place() -> Path:
    return Path(settings.QIANTANG_HOME) / "cockpit" / "reported"
