"""A capture of one page beside the bare browser: the same browser opening the page and taking one picture.

The claim is that every capture is whole. A capture also waits until the page is quiet, scrolls it, writes document, print and archive, and digests its
browser. What this tells is how much of the time is that. Wall time, in turn, of a page on loopback.
"""

from __future__ import annotations

import tempfile
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import TYPE_CHECKING, Any

from harness import asked, tell
from playwright.sync_api import sync_playwright

from qiantang.config.env import Environment
from qiantang.engines.capture.chromium import ChromiumCapturer
from qiantang.engines.capture.port import CaptureAsked, Verdict
from qiantang.engines.capture.recording import ARGUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGE = ("<!doctype html><meta charset=utf-8><title>x</title>" + "<p>西湖龙井 ¥199.00</p>" * 300).encode()


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(_PAGE)))
        self.end_headers()
        self.wfile.write(_PAGE)

    def log_message(self, *_told: Any) -> None:
        """Quietly."""


@contextmanager
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def bare(program: str, url: str) -> float:
    begun = time.monotonic()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=[*ARGUMENTS], chromium_sandbox=False, proxy=None
        )
        page = browser.new_page(viewport={"width": 1366, "height": 900})
        page.goto(url, wait_until="load")
        page.screenshot(full_page=True)
        browser.close()
    return time.monotonic() - begun


def captured(capturer: ChromiumCapturer, url: str) -> float:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch) / "products"
        folder.mkdir()
        done = capturer.capture(CaptureAsked(url=url), folder, lambda _step: None)
    if done.verdict is not Verdict.WHOLE:
        raise AssertionError(done.reasons)
    return time.monotonic() - begun


def run(rounds: int) -> dict[str, Any]:
    capturer = ChromiumCapturer(browser=Environment.read().browser or "", loopback=True)
    program = capturer.found()
    with served() as url:
        pairs = [(bare(program, url), captured(capturer, url)) for _ in range(rounds)]
    seconds = median(one for one, _ in pairs), median(one for _, one in pairs)
    return {
        "captures": rounds,
        "bare_browser_seconds": round(seconds[0], 2),
        "capture_seconds": round(seconds[1], 2),
        "times_the_bare_browser": round(seconds[1] / seconds[0], 2),
    }


def main() -> None:
    wanted = asked()
    tell("capture_time", wanted, run(wanted.size(7, 1)), met=True)


if __name__ == "__main__":
    main()
