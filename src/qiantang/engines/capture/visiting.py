"""One visit of a page: open it, wait, scroll, follow a list, read and picture it. Drives a browser, judges nothing."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, TimeoutError  # noqa: A004 - as the library calls it

from qiantang.engines.capture.archive import Exchange
from qiantang.engines.capture.environment import now_told
from qiantang.engines.capture.judging import NEEDED
from qiantang.engines.capture.port import PICTURE, PREVIEW, TEXT, CaptureAsked, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Request, Response

    from qiantang.engines.capture.fence import Fence

_SHOP_FACTS = (Path(__file__).parent / "shop.js").read_text("utf-8")
_OPEN_SECONDS, _IDLE_SECONDS, _PICTURES_SECONDS = 30, 6, 5
_TILE, _TILES_MOST = 8_000, 8  # pixels of one picture of a long page, and how many pictures
_SCROLLS_MOST = 80
_BODIES_MOST = 200 * 2**20
_REDIRECTS = range(300, 400)
# words of what leads to the next page, and of what opens licence and comments of a shop
_NEXT = "a[rel=next], link[rel=next], .next > a, a.next, li.next a"
_NEXT_WORDS = ("下一页", "下页", "Next", "Next page", "›", "»")
_SHOP_WORDS = ("商品评价", "累计评价", "用户评价", "评价", "评论", "Reviews", "Comments")
_LICENCE_WORDS = ("营业执照", "证照信息", "经营证照", "店铺资质", "Business licence")
_SIZES = "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
_PICTURED = """() => [...document.querySelectorAll('img,svg,canvas,video,object,embed,iframe')].some(e => {
  const r = e.getBoundingClientRect(); return r.width > 8 && r.height > 8; })"""
_WAIT_FOR_PICTURES = """ms => { const wanted = [...document.images].filter(i => i.getClientRects().length);
  const there = () => wanted.filter(i => !(i.complete && i.naturalWidth)).length;
  return new Promise(done => { const end = Date.now() + ms;
    const look = () => { const open = wanted.some(i => !i.complete);
      if (!open || Date.now() > end) done(there()); else setTimeout(look, 50); }; look(); }); }"""


@dataclass(slots=True)
class Visit:
    """What a visit gathers."""

    opening: tuple[Reason, str] | None = None
    status: int | None = None
    title: str = ""
    final_url: str = ""
    text: str = ""
    has_pictures: bool = False
    redirects: list[dict[str, Any]] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    pages: list[dict[str, Any]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    bodies_missing: int = 0
    pictures_missing: int = 0
    cut_at: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    scrolled: list[dict[str, int]] = field(default_factory=list)
    script_errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    opened_windows: int = 0
    idle: bool = False
    tls: dict[str, Any] = field(default_factory=dict)
    certificates: dict[str, list[str]] = field(default_factory=dict)
    timeline: list[dict[str, str]] = field(default_factory=list)


class Visiting:
    """A visit under way, in a page of its own context."""

    def __init__(
        self, page: Page, asked: CaptureAsked, folder: Path, fence: Fence, tell: Callable[[str], None]
    ) -> None:
        self.page, self.asked, self.folder, self.fence, self._tell = page, asked, folder, fence, tell
        self.visit = Visit()
        self.ends = time.monotonic() + asked.seconds
        self._answers: list[tuple[Response, datetime]] = []
        self._held = 0
        # Chromium tells the certificates only of pages that it opened while somebody listened to its network.
        self._line = page.context.new_cdp_session(page)
        self._line.send("Network.enable")
        page.on("response", lambda one: self._answers.append((one, datetime.now(UTC))))
        page.on("requestfailed", self._note_failure)
        page.on("pageerror", lambda one: self.visit.script_errors.append(str(one)[:300]))
        page.on("dialog", self._dismiss)
        page.on("popup", self._close)

    def step(self, name: str) -> None:
        self.visit.timeline.append({"step": name, "at": now_told()})
        self._tell(name)

    def run(self) -> Visit:
        """The whole visit; what it could not do is in what it gathered.

        errors  TimeoutError where the time is up
        """
        self.step("loading")
        answer = self._opened()
        if answer is None:
            return self.visit
        self.step("settling")
        self._settle()
        self.step("reading")
        self._read(answer)
        if self.asked.shop:
            self._look_into_shop()
        self.step("picturing")
        self._picture(PICTURE.removesuffix(".png"))
        self._documents()
        self._harvest()
        self._follow()
        self._certify()
        self.visit.failed = list(dict.fromkeys(self.visit.failed))
        return self.visit

    # -- opening -------------------------------------------------------------------------------------------------

    def _opened(self) -> Response | None:
        try:
            answer = self.page.goto(self.asked.url, wait_until="load", timeout=min(_OPEN_SECONDS, self._left()) * 1000)
        except TimeoutError:
            self.visit.opening = (Reason.TIME_UP, "")
            return None
        except Error as fault:
            self.visit.opening = self._why(fault.message)
            return None
        if answer is None:
            self.visit.opening = (Reason.UNREACHABLE, "")
            return None
        if answer.headers.get("x-qiantang-fence"):
            self.visit.opening = self._why("fence")
            return None
        return answer

    def _why(self, said: str) -> tuple[Reason, str]:
        """Why nothing could be opened: the fence knows best, then what the browser says."""
        if self.fence.refused:
            last = self.fence.refused[-1]
            return (Reason.UNRESOLVED if last.code == "unresolved" else Reason.FENCED), last.detail
        first = said.splitlines()[0].removeprefix("Page.goto: ")[:200]
        return (Reason.DOWNLOAD, "") if "ownload is starting" in said else (Reason.UNREACHABLE, first)

    def _left(self) -> float:
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time of the capture is up")
        return left

    def _settle(self) -> None:
        """Until the network is quiet, then down the whole page, so that what loads late loads, and up again."""
        self.visit.idle = self._quiet()
        for _ in range(_SCROLLS_MOST):
            at, height, window = self.page.evaluate(
                "() => [Math.round(scrollY), document.documentElement.scrollHeight, innerHeight]"
            )
            self.visit.scrolled.append({"y": at, "height": height})
            if at + window >= height - 1:
                break
            self.page.evaluate("() => scrollBy({top: innerHeight * 0.9, behavior: 'instant'})")
            self.page.wait_for_timeout(120)
            self._left()
        self.page.evaluate("() => scrollTo({top: 0, behavior: 'instant'})")
        self._quiet()
        self.visit.pictures_missing += int(self.page.evaluate(_WAIT_FOR_PICTURES, _PICTURES_SECONDS * 1000))

    def _quiet(self) -> bool:
        try:
            self.page.wait_for_load_state("networkidle", timeout=min(_IDLE_SECONDS, self._left()) * 1000)
        except TimeoutError:
            self._left()
            return False  # a page that polls is never quiet; that alone makes it no less whole
        return True

    # -- reading -------------------------------------------------------------------------------------------------

    def _read(self, answer: Response) -> None:
        visit = self.visit
        visit.status, visit.title, visit.final_url = answer.status, self.page.title(), self.page.url
        visit.text = self.page.evaluate("() => document.body ? document.body.innerText : ''")
        visit.has_pictures = self.page.evaluate(_PICTURED)
        visit.redirects = _redirects(answer.request)
        self.page.screenshot(path=self.folder / PREVIEW, type="jpeg", quality=60, timeout=self._left() * 1000)
        self._page_opened()

    def _page_opened(self) -> None:
        self.visit.pages.append(
            {
                "id": f"page-{len(self.visit.pages) + 1}",
                "url": self.page.url,
                "title": self.page.title(),
                "ts": now_told(),
            }
        )

    def _look_into_shop(self) -> None:
        """Open comments and licence where a shop hides them behind a word, and read what it says of itself."""
        for words in (_SHOP_WORDS, _LICENCE_WORDS):
            self._click(words)
        found = self.page.evaluate(_SHOP_FACTS)
        self.visit.facts = {name: value for name, value in found.items() if value}
        self.visit.text = self.page.evaluate("() => document.body.innerText")

    def _click(self, words: tuple[str, ...]) -> bool:
        """Click the first thing whose whole text is one of the words, where that leads to no other page."""
        for word in words:
            found = self.page.locator("a[href^='#'], button, [role=tab], summary, li, span").get_by_text(
                word, exact=True
            )
            found = found.or_(self.page.get_by_role("tab", name=word)).or_(self.page.get_by_role("button", name=word))
            if found.count():
                with suppress(Error):
                    found.first.click(timeout=1_500, no_wait_after=True)
                    self.page.wait_for_timeout(200)
                    self._quiet()
                    return True
        return False

    def _documents(self) -> None:
        """Document, archive of the browser, print and text."""
        told = self.visit.text
        self._write("page.html", self.page.content().encode())
        session = self.page.context.new_cdp_session(self.page)
        with suppress(Error):
            self._write("page.mhtml", session.send("Page.captureSnapshot", {"format": "mhtml"})["data"].encode())
        session.detach()
        self.page.emulate_media(media="screen")
        self._write("page.pdf", self.page.pdf(print_background=True, format="A4"))
        self.page.emulate_media(media="null")
        self._write(TEXT, told.encode())

    def _write(self, name: str, content: bytes) -> None:
        if content:
            (self.folder / name).write_bytes(content)
            self.visit.files.append(name)

    def _picture(self, name: str) -> None:
        """The whole page, in pieces where it is long."""
        width, height = self.page.evaluate(_SIZES)
        tiles = max(1, -(-height // _TILE))
        for place in range(min(tiles, _TILES_MOST)):
            called = f"{name}.png" if place == 0 else f"{name}-{place + 1}.png"
            top = place * _TILE
            clip = {"x": 0, "y": top, "width": max(1, width), "height": max(1, min(_TILE, height - top))}
            self._write(
                called,
                self.page.screenshot(full_page=True, clip=clip, timeout=self._left() * 1000),  # type: ignore[arg-type] # four floats
            )
        if tiles > _TILES_MOST:
            self.visit.cut_at = _TILE * _TILES_MOST

    # -- a list of pages -----------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """The next pages of a list, each pictured and read."""
        for number in range(2, self.asked.pages + 1):
            before = self.page.url, self.page.content()
            if not self._next():
                return
            self._quiet()
            if (self.page.url, self.page.content()) == before:
                return
            self._settle()
            self._page_opened()
            text = self.page.evaluate("() => document.body ? document.body.innerText : ''")
            self._write(f"page-{number:02}.txt", text.encode())
            if self.asked.shop:
                self._more_facts()
            self._picture(f"page-{number:02}")
            self._write(f"page-{number:02}.html", self.page.content().encode())
            self._harvest()

    def _more_facts(self) -> None:
        for name, value in self.page.evaluate(_SHOP_FACTS).items():
            if isinstance(value, list) and value:
                self.visit.facts[name] = [*self.visit.facts.get(name, []), *value]

    def _next(self) -> bool:
        """Go to the next page; False where nothing leads there."""
        found = self.page.locator(_NEXT)
        for word in _NEXT_WORDS:
            if found.count():
                break
            found = self.page.locator("a, button").get_by_text(word, exact=True)
        if not found.count():
            return False
        address = found.first.evaluate("e => e.href || ''")
        try:
            if address.startswith("http") and not address.endswith("#"):
                answer = self.page.goto(address, wait_until="load", timeout=min(_OPEN_SECONDS, self._left()) * 1000)
                return answer is not None and answer.ok
            found.first.click(timeout=3_000)
        except Error:
            self._left()
            return False
        self.page.wait_for_timeout(300)
        return True

    # -- what came over the network ------------------------------------------------------------------------------

    def _harvest(self) -> None:
        """Take the bodies while the browser still has them."""
        answers, self._answers = self._answers, []
        for answer, at in answers:
            request = answer.request
            if not answer.url.startswith("http"):
                continue
            if answer.headers.get("x-qiantang-fence"):
                continue  # our own refusal; the fence has it on record
            body = self._body(answer)
            if body is None and answer.status not in _REDIRECTS:
                self.visit.bodies_missing += 1
            if answer.status >= 400 and request.resource_type in NEEDED and not request.is_navigation_request():  # noqa: PLR2004 - errors of HTTP
                self.visit.failed.append(answer.url)
            self.visit.exchanges.append(
                Exchange(
                    url=answer.url,
                    method=request.method,
                    status=answer.status,
                    reason=answer.status_text,
                    asked=_fields(request),
                    answered=_fields(answer),
                    body=body,
                    address=self._address(answer.url),
                    kind=request.resource_type,
                    at=at,
                )
            )

    def _body(self, answer: Response) -> bytes | None:
        if answer.status in _REDIRECTS or self._held > _BODIES_MOST:
            return None
        try:
            body = answer.body()
        except Error:
            return None
        self._held += len(body)
        return body

    def _address(self, url: str) -> str | None:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return self.fence.reached.get((parts.hostname or "", port))

    def _certify(self) -> None:
        """Certificates of the sites that were reached over TLS, as far as the browser tells them."""
        origins = {"/".join(one.url.split("/")[:3]) for one in self.visit.exchanges if one.url.startswith("https:")}
        for origin in sorted(origins):
            with suppress(Error):
                found = list(self._line.send("Network.getCertificate", {"origin": origin})["tableNames"])
                if found:  # of other sites than the page's own it tells none: then none is on record
                    self.visit.certificates[origin] = found
        with suppress(Error):
            self._line.detach()

    def _note_failure(self, request: Request) -> None:
        fault = request.failure or ""
        if request.resource_type in NEEDED and request.url.startswith("http") and "ERR_ABORTED" not in fault:
            self.visit.failed.append(request.url)

    def _dismiss(self, dialog: Any) -> None:
        self.visit.dialogs.append(dialog.message[:200])
        dialog.dismiss()

    def _close(self, page: Page) -> None:
        self.visit.opened_windows += 1
        with suppress(Error):
            page.close()


def _fields(told: Request | Response) -> list[tuple[str, str]]:
    try:
        return [(one["name"], one["value"]) for one in told.headers_array()]
    except Error:
        return list(told.headers.items())


def _redirects(request: Request) -> list[dict[str, Any]]:
    """The way from the address that was asked for to the one that answered."""
    chain: list[dict[str, Any]] = []
    before = request.redirected_from
    while before is not None:
        answer = before.response()
        chain.insert(0, {"url": before.url, "status": answer.status if answer else None})
        before = before.redirected_from
    return chain
