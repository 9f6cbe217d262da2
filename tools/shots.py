"""Pictures of the main pages, in both languages, at two widths: ``./run shots [ADDRESS]`` into ``var/shots``.

ADDRESS   a server that is up, e.g. http://127.0.0.1:8000; without it the demo city is built, served, and stopped again
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "var" / "shots"
PAGES = {
    "search": "/search?q=电池",
    "search-empty": "/search?q=TI%3D%28",
    "coverage": "/coverage",
    "sign-in": "/sign-in",
}
# What operators see; the name and password are those of the demo city.
STAFF_PAGES = {"imports": "/import", "mappings": "/import/mappings", "queue": "/parties/queue"}
OPERATOR, PASSWORD = "operator", "qiantang-demo"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
WIDTHS = {1366: 900, 390: 844}
PATIENCE_SECONDS = 300
# As root, and without reaching for the network.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health/live", timeout=2) as answer:  # noqa: S310  http, built here
            return bool(answer.status == 200)  # noqa: PLR2004 - success of HTTP
    except (urllib.error.URLError, TimeoutError):
        return False


def city_is_built() -> bool:
    command = [sys.executable, "-m", "qiantang.cli", "snapshots", "--json"]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return bool(told and json.loads(told)["snapshots"])


@contextmanager
def demo() -> Iterator[str]:
    """The demo city, served; gives the address. errors: SystemExit 2 where it does not come up in time."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "PORT": str(port)}
    with subprocess.Popen([sys.executable, "-m", "qiantang.cli", "demo"], env=environment) as served:
        try:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not (answers(address) and city_is_built()):
                if served.poll() is not None or time.monotonic() > deadline:
                    print("the demo city did not come up; its own words stand above", file=sys.stderr)
                    raise SystemExit(2)
                time.sleep(2)
            yield address
        finally:
            served.terminate()


def shoot(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def follow(page: Page, address: str, selector: str, name: str) -> None:
    """The picture of the page behind the first such link; none where there is no such link."""
    link = page.locator(selector).first
    if link.count():
        page.goto(address + str(link.get_attribute("href")))
        shoot(page, name)


def signed_in(page: Page, address: str) -> bool:
    """Whether the operator of the demo city could sign in here."""
    page.goto(f"{address}/sign-in")
    page.locator("input[name=username]").fill(OPERATOR)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").click()
    page.wait_for_load_state("networkidle")
    return page.locator("input[name=password]").count() == 0


def shoot_staff(page: Page, address: str, name: str) -> None:
    for told, place in STAFF_PAGES.items():
        page.goto(address + place)
        shoot(page, f"{told}-{name}")
    page.goto(f"{address}/import")
    follow(page, address, "main tbody a[href^='/import/']", f"import-{name}")
    follow(page, address, "main a[href*='/mapping?file=']", f"mapping-{name}")


def shoot_all(browser: Browser, address: str) -> None:
    for language, cookie in LANGUAGES.items():
        for width, height in WIDTHS.items():
            context = browser.new_context(viewport={"width": width, "height": height})
            context.add_cookies([{"name": "qiantang_language", "value": cookie, "url": address}])
            page = context.new_page()
            for name, place in PAGES.items():
                page.goto(address + place)
                shoot(page, f"{name}-{language}-{width}")
            page.goto(address + PAGES["search"])
            follow(page, address, 'a[href^="/patents/"]', f"patent-{language}-{width}")
            follow(page, address, 'a[href^="/parties/"]', f"party-{language}-{width}")
            if signed_in(page, address):
                shoot_staff(page, address, f"{language}-{width}")
            context.close()


def main(arguments: Sequence[str]) -> int:
    SHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ["CHROMIUM"], args=CHROMIUM_ARGUMENTS)
        if arguments:
            shoot_all(browser, arguments[0].rstrip("/"))
        else:
            with demo() as address:
                shoot_all(browser, address)
        browser.close()
    print(f"{len(list(SHOTS.glob('*.png')))} pictures in {SHOTS.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
