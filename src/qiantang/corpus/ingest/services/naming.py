"""After a load: its names reach the parties. A failure here undoes nothing; the next load, or the job again, catches up."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.naming import COLUMNS, names_in
from qiantang.corpus.parties import api as parties
from qiantang.corpus.register.api import register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.corpus.parties.types import NameSeen
    from qiantang.kernel.actor import Actor

_BATCHES_AT_ONCE = 10  # of four thousand records: names of one portion are gathered before they are learnt


def learn_new_names(*, actor: Actor) -> int:
    """Learn the names of everything loaded since names were learnt last; returns how many new ones there were.

    Doing it twice changes nothing.
    """
    here = register()
    manifest = here.manifest()
    if manifest is None:
        return 0
    since, upto = parties.learnt_snapshot(), manifest.snapshot
    if since > upto:
        since = 0  # another register than the one these names came from
    learnt = parties.learn_names(actor=actor, names=_portions(since), snapshot=upto) if since < upto else None
    return learnt.new if learnt else 0


def _portions(since: int) -> Iterator[NameSeen]:
    batches = register().changes(since, COLUMNS)
    while some := list(islice(batches, _BATCHES_AT_ONCE)):
        yield from names_in(row for batch in some for row in batch.to_pylist())
