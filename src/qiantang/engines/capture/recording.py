"""A capture from its fence to its record: visit, judge, write the archive and ``capture.json``."""

from __future__ import annotations

import base64
import json
import ssl
from contextlib import suppress
from hashlib import new, sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, TimeoutError  # noqa: A004 - as the library calls it

from qiantang.engines.capture.archive import masked_cookies, write_wacz
from qiantang.engines.capture.environment import now_told
from qiantang.engines.capture.fence import Fence, Fenced
from qiantang.engines.capture.judging import NEEDED, Seen, judge
from qiantang.engines.capture.port import RECORD, CaptureAsked, Captured, Reason, Verdict
from qiantang.engines.capture.proxy import FencingProxy
from qiantang.engines.capture.visiting import Visit, Visiting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext

SOFTWARE = "Qiantang capture 1"
# What the browser is started with: nothing of its own goes out, and no name is resolved but by the proxy.
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-domain-reliability",
    "--dns-prefetch-disable",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)


def capture_page(
    browser: Browser,
    asked: CaptureAsked,
    folder: Path,
    fence: Fence,
    *,
    surroundings: dict[str, Any],
    tell: Callable[[str], None],
) -> Captured:
    """Capture with a browser that is open, in a context of its own, and write the products. ``surroundings`` go into the record."""
    begun = now_told()
    with FencingProxy(fence) as proxy:
        context = _context(browser, asked, proxy)
        try:
            context.set_default_timeout(10_000)
            visiting = Visiting(context.new_page(), asked, folder, fence, tell)
            visit, seen = _visited(visiting)
        finally:
            with suppress(Error):
                context.close()
        trust = _trust(visit.final_url, fence)
    verdict, reasons = judge(seen)
    visiting.step("archiving")
    if verdict is Verdict.FAILED:
        visit.files.clear()
    else:
        _write_archive(visit, folder)
    record: dict[str, Any] = {
        **_judged(begun, verdict, reasons),
        "asked": _asked_told(asked),
        "environment": surroundings,
        "network": _network(visit, fence, trust),
        "document": _document(visit),
    }
    files = _sealed(folder, visit.files, record)
    told: dict[str, Any] = {"title": visit.title[:300], "final_url": visit.final_url, "facts": visit.facts}
    return Captured(verdict=verdict, reasons=reasons, files=files, record=record, **told)


def _judged(begun: str, verdict: Verdict, reasons: Sequence[tuple[Reason, str]]) -> dict[str, Any]:
    told = [{"reason": reason, "detail": detail} for reason, detail in reasons]
    return {"software": SOFTWARE, "begun_at": begun, "ended_at": now_told(), "verdict": verdict, "reasons": told}


def _context(browser: Browser, asked: CaptureAsked, proxy: FencingProxy) -> BrowserContext:
    """A profile that nobody has used, with one way out."""
    return browser.new_context(
        proxy={"server": proxy.url},
        viewport={"width": asked.width, "height": asked.height},
        locale=asked.language,
        timezone_id="Asia/Shanghai",
        ignore_https_errors=True,  # a bad certificate is on record, not hidden
        accept_downloads=False,
        service_workers="block",
    )


def _sealed(folder: Path, names: list[str], record: dict[str, Any]) -> tuple[str, ...]:
    """Write the record with the digests of all files; the names of all, the record first."""
    record["files"] = [_file_told(folder, name) for name in names]
    if not names:
        return ()
    (folder / RECORD).write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    return RECORD, *names


def _visited(visiting: Visiting) -> tuple[Visit, Seen]:
    time_up, broken = False, None
    try:
        visiting.run()
    except TimeoutError:
        time_up = True
    except Error as fault:
        broken = (Reason.BROWSER, fault.message.splitlines()[0][:200])
    visit, fence = visiting.visit, visiting.fence
    fenced = tuple(dict.fromkeys(f"{one.host}:{one.port}" for one in fence.refused))
    hosts = {one.host for one in fence.refused}
    failed = tuple(one for one in dict.fromkeys(visit.failed) if urlsplit(one).hostname not in hosts)
    return visit, Seen(
        status=visit.status,
        opening=broken or visit.opening,
        text=visit.text,
        has_pictures=visit.has_pictures,
        failed=failed,
        fenced=fenced,
        bodies_missing=visit.bodies_missing,
        pictures_missing=visit.pictures_missing,
        cut_at=visit.cut_at,
        pages=max(1, len(visit.pages)),
        pages_wanted=visiting.asked.pages,
        time_up=time_up,
    )


def _write_archive(visit: Visit, folder: Path) -> None:
    write_wacz(folder / "page.wacz", visit.exchanges, visit.pages, title=visit.title, software=SOFTWARE)
    visit.files.append("page.wacz")
    lines = []
    for origin, chain in visit.certificates.items():
        lines.append(f"# {origin}\n")
        for one in chain:
            body = "\n".join(one[at : at + 64] for at in range(0, len(one), 64))
            lines.append(f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
    if lines:
        (folder / "certificates.pem").write_text("".join(lines), encoding="ascii", errors="replace")
        visit.files.append("certificates.pem")


def _trust(url: str, fence: Fence) -> dict[str, Any] | None:
    """What this machine's own TLS says of the site: protocol, cipher, and whether the certificate leads to a known root."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        return None
    checked = ssl.create_default_context()
    lax = ssl.create_default_context()
    lax.check_hostname, lax.verify_mode = False, ssl.CERT_NONE
    said: str | None = None
    for context in (checked, lax):
        try:
            with (
                fence.connected(parts.hostname, parts.port or 443, timeout=5) as plain,
                context.wrap_socket(plain, server_hostname=parts.hostname) as sealed,
            ):
                cipher = sealed.cipher()
                return {
                    "protocol": sealed.version(),
                    "cipher": cipher[0] if cipher else None,
                    "trusted": said is None,
                    "said": said,
                }
        except ssl.SSLCertVerificationError as fault:
            said = fault.verify_message
        except (OSError, Fenced) as fault:
            said = str(fault)[:200]
    return {"protocol": None, "cipher": None, "trusted": None, "said": said}


def _asked_told(asked: CaptureAsked) -> dict[str, Any]:
    return {
        "url": asked.url,
        "pages": asked.pages,
        "shop": asked.shop,
        "language": asked.language,
        "viewport": {"width": asked.width, "height": asked.height},
        "time_zone": "Asia/Shanghai",
    }


def _network(visit: Visit, fence: Fence, trust: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "resolved": {host: list(addresses) for host, addresses in sorted(fence.resolved.items())},
        "reached": [{"host": host, "port": port, "address": at} for (host, port), at in sorted(fence.reached.items())],
        "refused": [
            {"host": one.host, "port": one.port, "code": one.code, "detail": one.detail} for one in fence.refused
        ],
        "redirects": visit.redirects,
        "tls": trust,
        "certificates": {
            origin: [sha256(base64.b64decode(one)).hexdigest() for one in chain]
            for origin, chain in visit.certificates.items()
        },
        "cookies_masked": True,
        "exchanges": [
            {
                "url": one.url,
                "method": one.method,
                "status": one.status,
                "kind": one.kind,
                "address": one.address,
                "bytes": None if one.body is None else len(one.body),
                "sha256": None if one.body is None else sha256(one.body).hexdigest(),
                "needed": one.kind in NEEDED,
                "headers": [list(pair) for pair in masked_cookies(one.answered)],
            }
            for one in visit.exchanges
        ],
        "failed": visit.failed,
    }


def _document(visit: Visit) -> dict[str, Any]:
    return {
        "title": visit.title,
        "final_url": visit.final_url,
        "status": visit.status,
        "pages": visit.pages,
        "network_was_quiet": visit.idle,
        "scrolled": visit.scrolled,
        "script_errors": visit.script_errors[:50],
        "dialogs_dismissed": visit.dialogs,
        "windows_closed": visit.opened_windows,
        "facts": visit.facts,
        "timeline": visit.timeline,
    }


def _file_told(folder: Path, name: str) -> dict[str, Any]:
    content = (folder / name).read_bytes()
    return {
        "path": name,
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
        "sm3": new("sm3", content).hexdigest(),
    }
