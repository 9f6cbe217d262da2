"""Reading on when a node is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from qiantang.engines.search.opensearch.client import ViewLost
from qiantang.kernel.errors import Unavailable

T = TypeVar("T")
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 1.0  # seconds


def patiently(read: Callable[[], T], lost: Callable[[], None], seconds: float) -> T:
    """What ``read`` gives. Where no node answers, or the view is lost, it is called again for so many seconds.

    lost    called before, where it is the view: opens another
    errors  those of both; the last one of ``read`` where patience ends
    """
    ends, pause = time.monotonic() + seconds, _FIRST_PAUSE
    while True:
        try:
            return read()
        except Unavailable as error:
            view_is_lost = isinstance(error, ViewLost)
            if not (view_is_lost or error.code == "search.unreachable") or time.monotonic() > ends:
                raise
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)
        if view_is_lost:
            lost()
