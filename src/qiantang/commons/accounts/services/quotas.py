"""Writes: how many requests a caller has made. Kept in the database, so that all processes count together."""

from __future__ import annotations

import logging
import math
import time
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.utils.crypto import salted_hmac

from qiantang.commons.accounts.models import RequestCount
from qiantang.commons.accounts.services.patience import brief_write
from qiantang.commons.accounts.types import Spent

if TYPE_CHECKING:
    from qiantang.commons.accounts.types import Quota

_log = logging.getLogger(__name__)
_KEPT_SECONDS = 3_600
_REST_SECONDS = 1.0  # after a failure nothing is counted for so long
_COUNT = (
    "INSERT INTO accounts_requestcount (caller, window_start, requests) VALUES (%s, %s, 1) "
    "ON CONFLICT (caller, window_start) DO UPDATE SET requests = accounts_requestcount.requests + 1 RETURNING requests"
)


class _Memory:
    """What this process remembers between two counts."""

    rests_until = 0.0
    swept = 0


def caller_by_address(address: str | None, window_start: int) -> str:
    """A caller without a token: a keyed digest of the address, another one in each window, so that windows tell nothing.

    Of an IPv6 address the first 64 bits count: the rest is the caller's own choice.
    """
    told = address or "unknown"
    try:
        parsed = ip_address(told)
        if isinstance(parsed, IPv6Address):
            told = str(parsed.ipv4_mapped or int(parsed) >> 64)
    except ValueError:
        told = "unknown"
    return salted_hmac("qiantang.accounts.caller", f"{told}|{window_start}", algorithm="sha256").hexdigest()[:40]


def spend(*, quota: Quota, token: str | None, address: str | None, now: float | None = None) -> Spent | None:
    """Count one request of a caller: of a token where there is one, else of an address.

    now     seconds since 1970; default the present
    returns None where it could not be counted (the database is busy or away): then the request is answered all the same
    """
    moment = time.time() if now is None else now
    window_start = int(moment) - int(moment) % quota.seconds
    caller = token or caller_by_address(address, window_start)
    requests = _counted(caller, window_start)
    if requests is None:
        return None
    return Spent(
        quota=quota,
        remaining=max(0, quota.requests - requests),
        resets_in=max(1, math.ceil(window_start + quota.seconds - moment)),
        exceeded=requests > quota.requests,
    )


def _counted(caller: str, window_start: int) -> int | None:
    if time.monotonic() < _Memory.rests_until:
        return None
    try:
        with brief_write(), connection.cursor() as cursor:
            cursor.execute(_COUNT, [caller, window_start])
            (requests,) = cursor.fetchone()
            if window_start > _Memory.swept:
                RequestCount.objects.filter(window_start__lt=window_start - _KEPT_SECONDS).delete()
                _Memory.swept = window_start
    except DatabaseError as busy:
        _Memory.rests_until = time.monotonic() + _REST_SECONDS
        _log.warning("requests are not counted for a moment: %s", type(busy).__name__)
        return None
    return int(requests)
