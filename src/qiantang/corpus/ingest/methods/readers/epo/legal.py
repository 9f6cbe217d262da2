"""Legal events of INPADOC as OPS answers carry them (``ops:legal``, fields L001EP to L525EP).

Source: EPO, INPADOC legal status documentation. An event of a European patent in one state is told under the code with the
state behind it (``PG25 NL``), and where the state gave a code of its own, with that (``REG DE R096``): events of several
states on one day are several events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.readers.epo.numbering import real_day
from qiantang.corpus.register.types import Event, Party

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qiantang.corpus.ingest.methods.cells import Cells
    from qiantang.corpus.ingest.methods.trees import Node

_STATE, _OWN_CODE, _EFFECT, _GAZETTE, _EXCHANGED = "L501EP", "L502EP", "L525EP", "L007EP", "L018EP"
_OWNER, _DETAIL = "L509EP", "L500EP"
# Said by the code, or by a field of their own.
_NOT_TOLD = frozenset({_STATE, _OWN_CODE, _EFFECT})
# INPADOC: party data changed, of an application (1, 3) or of a patent (2, 4).
_PARTY_CHANGED = ("RAP1", "RAP2", "RAP3", "RAP4")


def events(entries: Sequence[Node], cells: Cells) -> list[Event]:
    """Each event once, in the order of the answer.

    errors  ``CellRefused`` date_impossible · date_unrecognised
    """
    return united(_event(one, cells) for one in entries)


def united(told: Iterable[Event]) -> list[Event]:
    """Events of one code and one day are one event that says what each of them says: the register knows them by these."""
    texts: dict[Event, list[str]] = {}
    for event in told:
        said = texts.setdefault(event._replace(text=None), [])
        if event.text and event.text not in said:
            said.append(event.text)
    return [event._replace(text=" | ".join(said) or None) for event, said in texts.items()]


def _event(entry: Node, cells: Cells) -> Event:
    fields = _fields(entry)
    codes = [(entry.get("code") or fields.get("L008EP") or "").strip(), fields.get(_STATE), fields.get(_OWN_CODE)]
    effective = real_day(cells, fields.get(_EFFECT), "legal/L525EP")
    announced = real_day(cells, fields.get(_GAZETTE), "legal/L007EP")
    return Event(" ".join(code for code in codes if code), effective, announced, _text(entry))


def _fields(entry: Node) -> dict[str, str]:
    detail = entry.first(_DETAIL)
    inside = [*entry.children(), *(detail.children() if detail is not None else ())]
    return {one.name: text for one in inside if one.name.startswith("L") and (text := one.word())}


def _text(entry: Node) -> str | None:
    """The title of the code, that of the state's own code, and the particulars: ``Free Format Text: …``."""
    told = [" ".join((entry.get("desc") or "").split())]
    detail = entry.first(_DETAIL)
    for one in detail.children() if detail is not None else ():
        if one.name == _OWN_CODE:
            told.append(" ".join((one.get("descData") or "").split()))
        elif one.name not in _NOT_TOLD and (text := one.word()):
            told.append(f"{one.get('desc') or one.name}: {' '.join(text.split())}")
    return "; ".join(part for part in told if part) or None


def newest_exchange(entries: Sequence[Node], cells: Cells) -> date | None:
    """The last day on which the office exchanged any of these events: for that day the answer speaks."""
    days = [real_day(cells, _fields(one).get(_EXCHANGED), "legal/L018EP") for one in entries]
    return max((day for day in days if day), default=None)


def new_owners(entries: Sequence[Node], cells: Cells) -> list[Party]:
    """The owner whom the last change of party data names."""
    named: dict[date, str] = {}
    for one in entries:
        fields = _fields(one)
        day = real_day(cells, fields.get(_GAZETTE), "legal/L007EP")
        if day and _OWNER in fields and (one.get("code") or "").strip() in _PARTY_CHANGED:
            named[day] = " ".join(fields[_OWNER].split())
    return [Party("holder", 1, named[max(named)])] if named else []
