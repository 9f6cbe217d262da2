"""Members of an OPS family answer: numbers, priorities and, where asked for, a whole exchange document and legal events.

The answer is INPADOC's extended family, to which the service gives no number; the DOCDB family of each member is stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.cells import Cells
from qiantang.corpus.ingest.methods.readers.epo import exchange, legal
from qiantang.corpus.ingest.methods.readers.epo.numbering import application, day_in, forms_of, publication
from qiantang.corpus.register.types import Observation

if TYPE_CHECKING:
    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.corpus.ingest.methods.trees import Node


def observation(member: Node, row: int, numbers: NumberMemory) -> Observation:
    """Errors  ``CellRefused`` as ``exchange.observation``"""
    whole = member.first("exchange-document")
    said = exchange.observation(whole, row, numbers) if whole is not None else _numbers_only(member, row, numbers)
    cells = Cells(numbers, office=said.office)
    if not said.priorities:
        said.priorities = list(exchange.priorities(member.every("priority-claim"), cells, said.notes))
    happened = member.every("legal")
    if happened:
        said.events += legal.events(happened, cells)
        said.parties += legal.new_owners(happened, cells)
        said.as_of = legal.newest_exchange(happened, cells) or said.as_of
    return said


def _numbers_only(member: Node, row: int, numbers: NumberMemory) -> Observation:
    cells = Cells(numbers, office="EP")
    notes: list[str] = []
    printed = [publication(forms_of([one]), cells) for one in _publications(member)]
    if not printed:
        printed = [publication({}, cells)]  # says that there is none
    filing = forms_of(member.every("application-reference"))
    own = application(filing, notes)
    family = member.get("family-id")
    days = [one.date for one, _ in printed if one.date]
    return Observation(
        row=row,
        office=printed[0][1].office,
        as_of=max(days, default=None),
        type=printed[0][1].type or (own.type if own else None),
        application_number=own.canonical if own else None,
        filing_date=day_in(filing, cells, "application-reference/date"),
        simple_family=f"docdb:{family}" if family else None,
        publications=[one for one, _ in printed],
        notes=notes,
    )


def _publications(member: Node) -> list[Node]:
    """The references of all documents of a member; a form alone in its reference (DOCDB) counts where it is docdb."""
    return [one for one in member.every("publication-reference") if one.get("data-format") in (None, "docdb")]
