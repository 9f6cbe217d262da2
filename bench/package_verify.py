"""Checking a package that holds a large file, beside nothing but SHA-256 and SM3 over the same bytes.

Claim: verification runs at 80 % or more of the speed of both digests alone. CPU time, both in this process, in turn.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

from harness import HOME, asked, tell, timed

from qiantang.cli.house import open_office
from qiantang.commons.evidence import api
from qiantang.commons.evidence.methods.verifier.packages import verify
from qiantang.kernel.actor import Actor

GOAL = 0.8
_CHUNK = 1 << 20


class Noise(io.RawIOBase):
    """So many bytes that look like nothing in particular, without holding them."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.piece = hashlib.shake_256(b"noise").digest(_CHUNK)

    def read(self, most: int = -1) -> bytes:
        given = self.piece[: min(self.left, most if most >= 0 else self.left, _CHUNK)]
        self.left -= len(given)
        return given


def package(size: int) -> Path:
    open_office()
    actor = Actor.system("bench")
    asked_for = api.Asked(name="large.bin", digests={}, size_bytes=0)
    number = api.deposit_file(actor=actor, stream=Noise(size), asked=asked_for)  # type: ignore[arg-type] # reads alike
    api.seal_and_stamp(actor=actor)
    target = HOME / "large.zip"
    api.make_package(actor=actor, number=number, target=target)
    return target


def digested(path: Path) -> None:
    digests = hashlib.sha256(), hashlib.new("sm3")
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            for one in digests:
                one.update(piece)


def run(size: int, rounds: int) -> dict[str, Any]:
    path = package(size)
    bare, whole = [], []
    for _ in range(rounds):
        bare.append(timed(digested, path)[0])
        spent, report = timed(verify, path)
        if not report.valid:
            raise AssertionError(report.told())
        whole.append(spent)
    cpu = min(one.cpu for one in bare), min(one.cpu for one in whole)
    wall = min(one.wall for one in bare), min(one.wall for one in whole)
    return {
        "bytes": path.stat().st_size,
        "digests_mb_a_cpu_second": round(size / 1e6 / cpu[0]),
        "verify_mb_a_cpu_second": round(size / 1e6 / cpu[1]),
        "speed_of_bare_digests_cpu": round(cpu[0] / cpu[1], 3),
        "speed_of_bare_digests_wall": round(wall[0] / wall[1], 3),
    }


def main() -> None:
    wanted = asked()
    result = run(wanted.size(10**9, 8 * 10**6), wanted.size(3, 1))
    tell("package_verify", wanted, result, met=result["speed_of_bare_digests_cpu"] >= GOAL)


if __name__ == "__main__":
    main()
