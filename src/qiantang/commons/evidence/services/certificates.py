"""The certificate for people: PDF/A by typst, Chinese and English, with QR code, sealed like the documents of the office.

Before the seal the same deposit gives the same bytes everywhere; the seal is added behind them (PAdES), and has a time of its own.
"""

from __future__ import annotations

import json
from datetime import UTC, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext, override

from qiantang.commons.documents.api import sealer, typesetting
from qiantang.commons.evidence.methods.instructions import SCOPE
from qiantang.commons.evidence.methods.records import masked

if TYPE_CHECKING:
    from datetime import datetime

    from qiantang.commons.evidence.models import Checkpoint, Deposit, Stamp

_SOURCE = Path(__file__).resolve().parent.parent / "templates" / "evidence" / "certificate.typ"
_BEIJING = timezone(timedelta(hours=8))
LANGUAGES = {"zh": "zh-hans", "en": "en"}
TITLES = {"zh": "电子数据存证证书", "en": "Electronic data deposit certificate"}  # of the signature, whoever reads it


def certificate(deposit: Deposit, checkpoint: Checkpoint, *, language: str, custody_lines: int) -> bytes:
    """The PDF, signed with the seal of documents; arguments as ``core``."""
    reason = f"{TITLES[language]} {deposit.number}"
    return sealer().seal(core(deposit, checkpoint, language=language, custody_lines=custody_lines), reason=reason)


def core(deposit: Deposit, checkpoint: Checkpoint, *, language: str, custody_lines: int) -> bytes:
    """The PDF before its seal.

    language        ``zh`` or ``en``
    custody_lines   how long the chain of custody is
    """
    with override(LANGUAGES[language]):
        told = _told(deposit, checkpoint, language, custody_lines)
    stamped = max((one.stamped_at for one in checkpoint.stamps.all() if one.stamped_at), default=checkpoint.made_at)
    return typesetting.typeset(_SOURCE.read_text(encoding="utf-8"), told, moment=stamped)


def _both(at: datetime) -> str:
    """Beijing time first, then UTC."""
    return f"{at.astimezone(_BEIJING):%Y-%m-%d %H:%M:%S} (UTC+8) · {at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _told(deposit: Deposit, checkpoint: Checkpoint, language: str, custody_lines: int) -> dict[str, Any]:
    stamps = [one for one in checkpoint.stamps.order_by("authority", "round") if one.stamped_at is not None]
    return {
        "lang": language,
        "number": deposit.number,
        "title": gettext("Electronic data deposit certificate"),
        "city": settings.CITY_NAME_ZH if language == "zh" else settings.CITY_NAME_EN,
        "seal": gettext("Evidence deposit"),
        "demo": "" if any(one.legal for one in stamps) else _not_legal(),
        "rows": _rows(deposit, stamps, custody_lines),
        "exact": _exact(deposit, checkpoint),
        "scope_title": gettext("What this proves, and what not"),
        "scope": SCOPE[language],
        "how_title": gettext("How to check it"),
        "how": gettext(
            "Scan the code, or open the evidence package and run verify.py: it checks file, log, signatures, timestamps and "
            "custody without this platform."
        ),
        "address": f"{settings.PUBLIC_URL}/verify?number={deposit.number}",
        "version": gettext("Certificate format %(version)s") % {"version": "1"},
    }


def _not_legal() -> str:
    return gettext("Not a legal timestamp: demonstration authority")


def _rows(deposit: Deposit, stamps: list[Stamp], custody_lines: int) -> list[tuple[str, str]]:
    custody = gettext("%(lines)s lines, each linked to the one before") % {"lines": custody_lines}
    stamped = [
        f"{_both(one.stamped_at)}\n{one.authority} · {one.policy} · {one.serial}"
        + ("" if one.legal else f"\n{_not_legal()}")
        for one in stamps
        if one.stamped_at
    ]
    return [
        (gettext("Object"), deposit.name),
        (gettext("Size in bytes"), f"{deposit.size_bytes:,}"),
        (gettext("Depositor"), masked(deposit.owner.display_name) if deposit.owner else gettext("the platform itself")),
        (gettext("Received"), _both(deposit.deposited_at)),
        *[(gettext("Timestamp"), one) for one in stamped],
        (gettext("Chain of custody"), custody),
    ]


def _exact(deposit: Deposit, checkpoint: Checkpoint) -> list[tuple[str, str]]:
    place = {"index": (deposit.leaf_index or 0) + 1, "size": checkpoint.size}
    return [
        ("SHA-256", deposit.sha256),
        ("SM3", deposit.sm3),
        (gettext("Log entry"), gettext("no. %(index)s of %(size)s") % place),
        (gettext("Root of the log"), checkpoint.root),
        (gettext("Log key"), json.loads(checkpoint.body)["key"]),
    ]
