"""The command that brings in a list of old case files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from qiantang.cli.house import open_office
from qiantang.cli.main import DONE, FINDINGS
from qiantang.cli.output import print_json, tell
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    import argparse


def old_files_command(asked: argparse.Namespace) -> int:
    """Exit 1 where rows were refused: they are kept, and shown on the desk under the number of the list."""
    try:
        content = Path(asked.path).read_bytes()
    except OSError:
        raise Invalid("casework.old_list_unreadable") from None
    open_office()
    from qiantang.commons.casework.api import old_files

    actor = Actor.system("old files", Channel.COMMAND)
    done = old_files.import_old_files(actor=actor, name=Path(asked.path).name, content=content, origin=asked.origin)
    if asked.json:
        print_json(asdict(done))
    else:
        tell(
            f"list {done.id}: {done.read} rows read, {done.kept} kept, {done.merged} known already, {done.refused} refused"
        )
        for code, count in done.reasons.items():
            tell(f"  {count} refused: {code}")
        if done.ignored:
            tell(f"  columns without a meaning here: {', '.join(done.ignored)}")
    return FINDINGS if done.refused else DONE
