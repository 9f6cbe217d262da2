"""A real house for the journeys: home, server, worker and browser, each a process of its own, as in a city."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.starting import furnish

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "var" / "vendor-test" / "axe" / "axe.min.js"
WIDTHS = {"desk": 1366, "phone": 390}
BROWSER = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Colour contrast is judged on the page as drawn; everything else of WCAG 2.1 AA with it.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@dataclass(frozen=True, slots=True)
class House:
    """An open house: where its pages are and where its state is."""

    url: str
    home: Path

    def command(self, *arguments: str, given: str = "") -> str:
        """Run ``qiantang`` in this home; its standard output. Exit code 2 is an error."""
        done = subprocess.run(
            [sys.executable, "-m", "qiantang.cli", *arguments],
            env=environment(self.home),
            input=given,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr
        return done.stdout


def environment(home: Path, port: int = 0, settings: str = "") -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("QIANTANG_", "DJANGO_", "PYTEST_"))}
    if settings:
        kept["DJANGO_SETTINGS_MODULE"] = settings
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "QIANTANG_HOME": str(home),
        "QIANTANG_ENV": "dev",
        "PORT": str(port or 8000),
    }


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


@contextmanager
def opened(home: Path, command: Sequence[str] = ("serve",), settings: str = "") -> Iterator[House]:
    """Server and worker over a home, until the block ends. ``settings``: a module of this folder instead of the usual ones."""
    port = free_port()
    furnish(home)
    log = (home / "server.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "qiantang.cli", *command], env=environment(home, port, settings), stdout=log, stderr=log
    )
    house = House(f"http://127.0.0.1:{port}", home)
    try:
        wait_until_ready(house, server)
        yield house
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def wait_until_ready(house: House, server: subprocess.Popen[bytes], seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert server.poll() is None, (house.home / "server.log").read_text("utf-8", "replace")
        try:
            with urlopen(f"{house.url}/health/live", timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError("the server did not answer in time")
