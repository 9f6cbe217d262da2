"""Commands about the records of cases: what is due, packages, and whether a package is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.cli.main import DONE, FINDINGS
from qiantang.cli.output import print_json, tell
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    import argparse


def archive_command(asked: argparse.Namespace) -> int:
    """``verify FILE`` needs no database; ``due`` proposes and counts; ``export NUMBER --out FILE`` writes a package."""
    if asked.action == "verify":
        return _verified(asked)
    from qiantang.cli.house import open_office

    open_office()
    from qiantang.commons.casework.api import records
    from qiantang.kernel.actor import Actor, Channel

    actor = Actor.system("command line", Channel.COMMAND)
    if asked.action == "due":
        told = {"proposed": records.propose_due(actor=actor), **records.record_counts(actor)}
        if asked.json:
            print_json(told)
        else:
            tell("  ".join(f"{name}: {count}" for name, count in told.items()))
        return DONE
    return _exported(asked, records.make_package(actor=actor, number=_named(asked)))


def _exported(asked: argparse.Namespace, content: bytes) -> int:
    from hashlib import sha256
    from pathlib import Path

    place = Path(asked.out or f"{_named(asked)}.zip")
    place.write_bytes(content)
    told = {"file": str(place), "size_bytes": len(content), "sha256": sha256(content).hexdigest()}
    if asked.json:
        print_json(told)
    else:
        tell(f"{told['file']}  {told['size_bytes']} bytes  sha256 {told['sha256']}")
    return DONE


def _verified(asked: argparse.Namespace) -> int:
    from pathlib import Path

    from qiantang.commons.casework.methods.archive_package import checked

    found = checked(Path(_named(asked)))
    valid = all(one.passed for one in found)
    if asked.json:
        print_json(
            {
                "valid": valid,
                "checks": [{"name": one.name, "passed": one.passed, "detail": one.detail} for one in found],
            }
        )
    else:
        for one in found:
            tell(f"{'ok ' if one.passed else 'BAD'} {one.name}{'' if one.passed else ': ' + one.detail}")
    return DONE if valid else FINDINGS


def _named(asked: argparse.Namespace) -> str:
    if not asked.what:
        raise Invalid("command.archive_what", expected="archive export NUMBER, or archive verify FILE")
    return str(asked.what)
