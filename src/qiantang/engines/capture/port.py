"""The port of web capture: what is asked, what comes back, and the words for why a capture is not whole.

A capture visits one public address with a browser that knows nothing of us, behind a fence that lets it reach public
addresses only, and writes what it saw into a folder: archive, pictures, document, print, and a record of how it was done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol


class Verdict(StrEnum):
    """Whether a capture shows the page. A capture that does not is never called one that does."""

    WHOLE = "whole"
    PARTIAL = "partial"
    FAILED = "failed"


class Reason(StrEnum):
    """Why a capture is failed or partial."""

    FENCED = "fenced"  # the address leads to a place that is not public
    UNRESOLVED = "unresolved"  # the name has no address
    UNREACHABLE = "unreachable"
    TIME_UP = "time_up"
    HTTP_STATUS = "http_status"
    BLOCKED = "blocked"  # the site refuses: 401, 403, 407, 429, 451, 503
    CHALLENGE = "challenge"  # the site asks whether somebody is human
    BLANK = "blank"
    DOWNLOAD = "download"  # a file, not a page
    BROWSER = "browser"  # the browser died
    RESOURCES_FAILED = "resources_failed"
    RESOURCES_FENCED = "resources_fenced"
    BODIES_MISSING = "bodies_missing"
    PICTURES_MISSING = "pictures_missing"
    TOO_LONG = "too_long"
    PAGES_MISSING = "pages_missing"


FATAL = frozenset(
    {
        Reason.FENCED,
        Reason.UNRESOLVED,
        Reason.UNREACHABLE,
        Reason.TIME_UP,
        Reason.HTTP_STATUS,
        Reason.BLOCKED,
        Reason.CHALLENGE,
        Reason.BLANK,
        Reason.DOWNLOAD,
        Reason.BROWSER,
    }
)
STEPS = ("environment", "loading", "settling", "reading", "picturing", "archiving")
RECORD, TEXT, PREVIEW, PICTURE = "capture.json", "page.txt", "preview.jpg", "page.png"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureAsked:
    """What to capture.

    url         http or https
    pages       how many pages of a list to follow, the first included
    shop        look for price, seller, licence and comments, and open what hides them
    language    that the browser asks for
    width, height   of the window, in CSS pixels
    seconds     after which it is over
    """

    url: str
    pages: int = 1
    shop: bool = False
    language: str = "zh-CN"
    width: int = 1366
    height: int = 900
    seconds: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What came of it.

    reasons     why it is not whole: (reason, detail)
    files       names in the folder that are the capture's products, in their order; the preview is none of them
    facts       what was read of a shop: price, seller, licence, comments; a fact that was not found is not there
    record      how it was done, as it stands in ``capture.json``
    """

    verdict: Verdict
    title: str
    final_url: str
    reasons: Sequence[tuple[Reason, str]] = ()
    files: Sequence[str] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)


class Capturer(Protocol):
    """What an adapter does. May be called from several threads."""

    def ensure_ready(self) -> None:
        """That there is a browser.

        errors  Unavailable ``capture.no_browser``
        """

    def checked(self, url: str) -> str:
        """An address as it will be visited; what plainly leads to no public place is refused before anything starts.

        errors  Invalid ``capture.address`` · ``capture.inside``
        """

    def capture(self, asked: CaptureAsked, folder: Path, tell: Callable[[str], None]) -> Captured:
        """Visit and write the products into a folder that is there and empty.

        tell    is called with each of ``STEPS`` as it begins
        errors  Unavailable ``capture.no_browser`` · as ``checked``
        """


def load(dotted_path: str, **options: Any) -> Capturer:
    """The adapter named in settings, with its options."""
    module, _, name = dotted_path.rpartition(".")
    capturer: Capturer = getattr(import_module(module), name)(**options)
    return capturer
