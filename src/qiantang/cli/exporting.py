"""``qiantang search QUERY --export FILE``: all hits, not a page of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qiantang.cli.main import DONE
from qiantang.cli.output import print_json, tell

if TYPE_CHECKING:
    import argparse

    from qiantang.scenarios.query.api import Stage


def export_result(asked: argparse.Namespace) -> int:
    """The house is open already."""
    from django.utils import timezone

    from qiantang.scenarios.query import api as query

    path = Path(asked.export)
    columns = tuple(one.strip() for one in asked.columns.split(",") if one.strip()) or query.PROPOSED
    wanted = query.ExportAsked(
        query=asked.query,
        sort=asked.sort,
        format=query.format_of(path),
        columns=columns,
        spelling=query.spelling_of(asked.spelling).value,
        language=asked.language,
        day=timezone.localdate(),
    )
    about = query.export_to_file(wanted, path, told=_Teller())
    if asked.json:
        print_json({**about.plain(), "file": str(path), "size_bytes": path.stat().st_size})
    else:
        tell(f"{path}: {about.total} patents of snapshot {about.snapshot}")
    return DONE


class _Teller:
    """One line on a terminal that counts on; nothing where nobody watches."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        if self._watched:
            end = "\n" if done >= total else "\r"
            print(f"{stage.value}: {done} / {total}", end=end, file=sys.stderr, flush=True)
