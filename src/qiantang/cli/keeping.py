"""Backups: the whole home into a folder, and back into a new home."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qiantang.cli.house import open_house, open_office
from qiantang.cli.main import DONE, FINDINGS
from qiantang.cli.output import print_json, tell

if TYPE_CHECKING:
    import argparse


def backup_command(asked: argparse.Namespace) -> int:
    """Write a backup, or with ``--check`` hold one against its digests."""
    from qiantang.config import backup

    target = Path(asked.folder)
    if asked.check:
        found = backup.checked(target)
    else:
        open_house()
        from django.conf import settings

        found = backup.back_up(Path(settings.QIANTANG_HOME), settings.DATABASES["default"], target)
    if asked.json:
        print_json(asdict(found))
    else:
        word = "is whole" if asked.check else "is written"
        tell(f"{target} {word}: {found.files} files, {found.size_bytes} bytes, {found.rows} rows")
        tell("it holds the keys of the house: keep it where only operators are")
    return DONE


def restore_command(asked: argparse.Namespace) -> int:
    """Bring a backup into the home of this environment, bring its tables up to date, and prove what was restored."""
    from qiantang.config import backup
    from qiantang.config.env import Environment
    from qiantang.config.settings.parts.database import database_of

    surroundings = Environment.read()
    # Before the house is opened: opening it would write into the home.
    found = backup.restore(Path(asked.folder), surroundings.home, database_of(surroundings))
    proofs = _proved(found)
    if asked.json:
        print_json({**asdict(found), "proofs": proofs})
    else:
        for name, held in proofs.items():
            tell(f"{'right' if held else 'WRONG'}  {name}")
    return DONE if all(proofs.values()) else FINDINGS


def _proved(found: Any) -> dict[str, bool]:
    """Rows before any migration, then the chain of the journal and the root of the evidence log after it."""
    open_house()
    from django.db import connection

    from qiantang.config.backup import state_of

    with connection.cursor() as cursor:

        def ask(sql: str) -> list[tuple[Any, ...]]:
            cursor.execute(sql)
            return list(cursor.fetchall())

        now = state_of(ask, sorted(found.tables))
    open_office()
    from qiantang.commons.audit import api as audit
    from qiantang.commons.evidence import api as evidence

    checkpoint = evidence.log.log().checkpoint
    body: Any = checkpoint["body"] if checkpoint else {"root": ""}
    root = str(body["root"])
    return {
        "rows of every table": now["tables"] == found.tables,
        "journal: its head and its chain": tuple(now["audit"]) == found.audit and audit.verify() is None,
        "evidence log: its newest checkpoint": tuple(now["evidence"]) == found.evidence and root == found.evidence[1],
    }
