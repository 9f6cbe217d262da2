"""The process of one capture: starts a browser with a fresh profile, captures, ends. What it says comes as lines of JSON.

It is a process of its own, so that a browser that hangs or dies takes nothing else along, and so that the library's event
loop runs where no database is open. Started by ``chromium.py``; reads one line from standard input.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Error, sync_playwright

from qiantang.engines.capture.environment import browser_told, surroundings
from qiantang.engines.capture.fence import Fence
from qiantang.engines.capture.port import CaptureAsked
from qiantang.engines.capture.recording import ARGUMENTS, capture_page


def say(**told: Any) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _end_with_parent(browsers: list[int]) -> None:
    """Whoever asked is gone when standard input ends: nobody wants the capture any more."""
    sys.stdin.read()
    for one in (*browsers, os.getpgid(0)):  # the browser leads a group of its own
        with suppress(ProcessLookupError):
            os.killpg(one, signal.SIGKILL)


def main() -> None:
    wanted = json.loads(sys.stdin.readline())
    browsers: list[int] = []
    Thread(target=_end_with_parent, args=(browsers,), daemon=True).start()
    asked, options = CaptureAsked(**wanted["asked"]), wanted["options"]
    sandbox = os.geteuid() != 0  # as root the browser refuses to start with one
    say(step="environment")
    told = surroundings(clocks=tuple(options["clocks"]), region=options["region"])
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=options["browser"],
                args=list(ARGUMENTS),
                chromium_sandbox=sandbox,
                proxy={"server": "per-context"},
            )
        except Error as fault:
            say(no_browser=fault.message.splitlines()[0][:300])
            return
        session = browser.new_browser_cdp_session()
        process = next(
            one["id"] for one in session.send("SystemInfo.getProcessInfo")["processInfo"] if one["type"] == "browser"
        )
        browsers.append(process)
        say(browser=process)
        told["browser"] = browser_told(process, browser.version, sandbox=sandbox)
        fence = Fence(loopback=options["loopback"])
        captured = capture_page(
            browser, asked, Path(wanted["folder"]), fence, surroundings=told, tell=lambda step: say(step=step)
        )
        browser.close()
        browsers.clear()
        say(captured=asdict(captured))


if __name__ == "__main__":
    main()
