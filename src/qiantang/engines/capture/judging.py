"""Whether what was seen is the page. Facts in, a verdict with its reasons out; nothing here looks at a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qiantang.engines.capture.port import FATAL, Reason, Verdict

_BLOCKING = frozenset({401, 403, 407, 429, 451, 503})
_FIRST_ERROR = 400
_CHALLENGE_MOST = 1_500  # characters: a page with more to read is a page, whatever words are in it
# words of pages that ask whether somebody is human; lower case
_CHALLENGES = re.compile(
    r"verify(ing)? (that )?you are (a )?human|are you a robot|not a robot|just a moment|checking your browser|captcha"
    r"|unusual traffic|access denied|attention required|enable javascript and cookies to continue"
    r"|验证码|人机验证|安全验证|滑动(滑块|验证)|拖动滑块|访问过于频繁|请完成验证|异常流量|访问受限"
)
# what a page needs to look as it does; a beacon that fails changes nothing
NEEDED = frozenset({"document", "stylesheet", "image", "script", "xhr", "fetch", "font", "media"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of a page.

    status              of the document; None: none came
    opening             why the document could not be opened at all
    text                that can be read on it
    has_pictures        something is drawn that is no text
    failed              addresses of needed parts that did not come
    fenced              parts that lie at addresses which are not public
    bodies_missing      parts that came but could not be read
    pictures_missing    pictures with a place on the page and nothing in it
    cut_at              pixels at which the picture ends before the page does
    pages               opened of a list
    pages_wanted        of it
    time_up             the time ended before the page was read
    """

    status: int | None
    opening: tuple[Reason, str] | None = None
    text: str = ""
    has_pictures: bool = False
    failed: tuple[str, ...] = ()
    fenced: tuple[str, ...] = ()
    bodies_missing: int = 0
    pictures_missing: int = 0
    cut_at: int | None = None
    pages: int = 1
    pages_wanted: int = 1
    time_up: bool = False


def judge(seen: Seen) -> tuple[Verdict, tuple[tuple[Reason, str], ...]]:
    """The verdict, and every reason for it."""
    reasons = tuple(_reasons(seen))
    if any(one in FATAL for one, _ in reasons):
        return Verdict.FAILED, reasons
    return (Verdict.PARTIAL if reasons else Verdict.WHOLE), reasons


def _reasons(seen: Seen) -> list[tuple[Reason, str]]:
    if seen.opening is not None:
        return [seen.opening]
    if seen.time_up:
        return [(Reason.TIME_UP, "")]
    refused = _refused(seen)
    if refused is not None:
        return [refused]
    found = [
        (Reason.RESOURCES_FAILED, _listed(seen.failed), bool(seen.failed)),
        (Reason.RESOURCES_FENCED, _listed(seen.fenced), bool(seen.fenced)),
        (Reason.BODIES_MISSING, str(seen.bodies_missing), seen.bodies_missing > 0),
        (Reason.PICTURES_MISSING, str(seen.pictures_missing), seen.pictures_missing > 0),
        (Reason.TOO_LONG, str(seen.cut_at), seen.cut_at is not None),
        (Reason.PAGES_MISSING, f"{seen.pages}/{seen.pages_wanted}", seen.pages < seen.pages_wanted),
    ]
    return [(reason, detail) for reason, detail, holds in found if holds]


def _refused(seen: Seen) -> tuple[Reason, str] | None:
    if seen.status is None:
        return Reason.UNREACHABLE, ""
    if seen.status in _BLOCKING:
        return Reason.BLOCKED, str(seen.status)
    if seen.status >= _FIRST_ERROR:
        return Reason.HTTP_STATUS, str(seen.status)
    text = " ".join(seen.text.split())
    challenge = _CHALLENGES.search(text.lower()) if len(text) < _CHALLENGE_MOST else None
    if challenge is not None:
        return Reason.CHALLENGE, challenge[0]
    if not text and not seen.has_pictures:
        return Reason.BLANK, ""
    return None


def _listed(addresses: tuple[str, ...]) -> str:
    """How many, and the first."""
    return f"{len(addresses)}: {addresses[0][:160]}" if addresses else "0"
