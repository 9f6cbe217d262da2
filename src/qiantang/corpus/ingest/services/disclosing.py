"""Refused rows with their raw text, shown or handed out: each time a use of personal data that the journal tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.audit import api as audit
from qiantang.corpus.ingest.rules import REFUSED_ROWS
from qiantang.corpus.ingest.selectors.runs import every_refused_row, refused_rows
from qiantang.kernel.paging import PageRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.corpus.ingest.selectors.runs import RefusedRow
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.paging import Page


def show_refused_rows(*, actor: Actor, load: int, page: PageRequest) -> Page[RefusedRow]:
    """One page of the rows a load refused; errors: those of ``selectors.runs.refused_rows``."""
    shown = refused_rows(actor, load, page)
    if shown.items:
        _note(actor, load, "read", len(shown.items))
    return shown


def hand_out_refused_rows(*, actor: Actor, load: int) -> Iterator[RefusedRow]:
    """All of them, read from disk as they are used; the use is noted before the first is given."""
    rows = every_refused_row(actor, load)
    _note(actor, load, "handed_out", refused_rows(actor, load, PageRequest(size=1)).total)
    return rows


def _note(actor: Actor, load: int, how: str, count: int) -> None:
    scope, counts = f"load:{load}", {"rows": count}
    audit.use_data(actor=actor, purpose=REFUSED_ROWS.code, for_whom=f"operator: {how}", scope=scope, counts=counts)
