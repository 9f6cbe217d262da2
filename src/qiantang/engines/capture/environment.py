"""How clean the place was from which a page was captured: what can be known is on record, what cannot is null."""

from __future__ import annotations

import platform
import socket
import struct
import time
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

_NTP_EPOCH = 2_208_988_800  # seconds from 1900 to 1970 (RFC 5905)
_NTP_ANSWER = 48


def _digest_of(path: str) -> str | None:
    try:
        with Path(path).open("rb") as stream:
            found = sha256()
            while piece := stream.read(1 << 20):
                found.update(piece)
            return found.hexdigest()
    except OSError:
        return None


def _name_servers() -> list[str]:
    try:
        lines = Path("/etc/resolv.conf").read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [line.split()[1] for line in lines if line.startswith("nameserver") and len(line.split()) > 1]


def surroundings(*, clocks: tuple[str, ...], region: str) -> dict[str, Any]:
    """The record of the machine before the browser starts. Nothing in it names a file or a person.

    clocks  time servers to compare ours with, ``host`` or ``host:port``
    region  from where the capture is made, as the operator says; empty: not said
    """
    return {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "fresh_profile": True,
        "proxy": "the fence of the capture alone",
        "hosts_file_sha256": _digest_of("/etc/hosts"),
        "name_servers": _name_servers(),
        "clocks": [clock_offset(one) for one in clocks],
        "region": region or None,
        # known to be not done, so that nobody takes silence for a yes
        "malware_scan": None,
        "route_traced": None,
        "screen_recording": None,
    }


def browser_told(process: int, told: str, *, sandbox: bool) -> dict[str, Any]:
    """The browser itself: version, and the digest of the program that runs."""
    return {
        "version": told,
        "program_sha256": _digest_of(f"/proc/{process}/exe"),
        "sandbox": sandbox,
        "playwright": version("playwright"),
        "warcio": version("warcio"),
    }


def clock_offset(server: str, *, timeout: float = 2) -> dict[str, Any]:
    """How far our clock is from a time server (SNTP, RFC 4330), in milliseconds; null where it does not answer."""
    host, _, port = server.rpartition(":") if server.count(":") == 1 else (server, "", "123")
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
            asked.settimeout(timeout)
            asked.connect((host, int(port)))
            sent = time.time()
            asked.send(b"\x23" + bytes(_NTP_ANSWER - 1))  # version 4, a client asks
            answer = asked.recv(512)
            came = time.time()
        received, transmitted = (_instant(answer, at) for at in (32, 40))
    except (OSError, ValueError, struct.error):  # an answer that is too short is none
        return {"server": server, "offset_ms": None}
    offset = ((received - sent) + (transmitted - came)) / 2
    return {"server": server, "offset_ms": round(offset * 1000)}


def _instant(answer: bytes, at: int) -> float:
    seconds, part = struct.unpack_from(">II", answer, at)
    return float(seconds - _NTP_EPOCH + part / 2**32)


def now_told() -> str:
    """The present instant in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
