"""The command that captures a web page: it visits in the foreground, and writes the package of what it deposited."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from qiantang.cli.evidence import actor_named, keeper, written_package
from qiantang.cli.main import DONE, FINDINGS
from qiantang.cli.output import print_json, tell

if TYPE_CHECKING:
    import argparse

    from qiantang.commons.evidence.types import CaptureTold
    from qiantang.kernel.actor import Actor


def capture_command(asked: argparse.Namespace) -> int:
    """Capture one page; whole is done, partial and failed are findings."""
    from qiantang.cli.house import open_office

    open_office()
    from qiantang.commons.evidence import api as evidence

    actor = actor_named(asked.owner)
    number = evidence.collecting.request_capture(
        actor=actor, url=asked.url, purpose=asked.purpose, pages=asked.pages, shop=asked.shop
    )
    tell(f"{number}: visiting {asked.url}")
    found = _captured(actor, number)
    evidence.seal_and_stamp(actor=keeper())
    package = None
    if found.deposit is not None and not asked.no_package:
        package = written_package(actor, found.deposit, Path(asked.out), None)
    if asked.json:
        print_json({"captures": [_told(found, package)]})
    else:
        print(f"{found.number}  {found.state}  {found.deposit or '-'}  {package or '-'}")
        for reason, detail in found.reasons:
            print(f"  {reason}  {detail}".rstrip())
    return DONE if found.state == "whole" else FINDINGS


def _captured(actor: Actor, number: str) -> CaptureTold:
    """Make the capture here, or, where a worker was quicker, wait for it."""
    from qiantang.commons.evidence import api as evidence

    evidence.collecting.make_capture(actor=keeper(), number=number)
    while not (found := evidence.collected.capture_told(actor, number)).state.ended:
        time.sleep(0.5)
    return found


def _told(found: CaptureTold, package: Path | None) -> dict[str, object]:
    return {
        "number": found.number,
        "url": found.url,
        "final_url": found.final_url,
        "title": found.title,
        "state": found.state,
        "reasons": [{"reason": reason, "detail": detail} for reason, detail in found.reasons],
        "facts": found.facts,
        "deposit": found.deposit,
        "package": package and str(package),
        "files": [{"name": name, "size": size} for name, size in found.files],
    }
