"""Reads of number lists, which are their owner's alone; the patents of a set for whoever has its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qiantang.corpus.register import api as register
from qiantang.kernel.errors import NotFound
from qiantang.kernel.paging import Page
from qiantang.scenarios.query import policies
from qiantang.scenarios.query.models import NumberLine, NumberList
from qiantang.scenarios.query.selectors.saved import ensure_may_keep
from qiantang.scenarios.query.types import ListLine, ListVerdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor
    from qiantang.kernel.paging import PageRequest

_AT_ONCE = 2_000
WORDS = {
    ListVerdict.FOUND: _("on record"),
    ListVerdict.UNKNOWN: _("not on record"),
    ListVerdict.CHECK_DIGIT: _("wrong check digit"),
    ListVerdict.AMBIGUOUS: _("several patents"),
    ListVerdict.DUPLICATE: _("given before"),
    ListVerdict.UNREADABLE: _("no patent number"),
}
# why a file is not taken: code of a finding -> words; a code without words stands for itself
FINDINGS = {
    "empty": _("it is empty"),
    "too_large": _("it is too large"),
    "type_unknown": _("it is neither text nor a workbook"),
    "ending_disagrees": _("its content is not what its name says"),
    "macros": _("it carries macros"),
    "document_encrypted": _("it is protected by a password"),
    "virus": _("the virus scanner found something in it"),
    "scanner_unavailable": _("the virus scanner does not answer"),
    "workbook_damaged": _("the workbook is damaged"),
    "sheet_too_large": _("its sheet is too large"),
    "encoding": _("its characters cannot be read"),
}
TONES = {
    ListVerdict.FOUND: "good",
    ListVerdict.UNKNOWN: "wait",
    ListVerdict.CHECK_DIGIT: "harm",
    ListVerdict.AMBIGUOUS: "wait",
    ListVerdict.DUPLICATE: "plain",
    ListVerdict.UNREADABLE: "harm",
}


@dataclass(frozen=True, slots=True)
class ListShown:
    """A number list: ``counts`` by verdict, those with lines only; ``search_url`` searches in exactly the patents found."""

    id: int
    name: str
    made_at: datetime
    checked_at: datetime
    snapshot: int
    total: int
    found: int
    counts: tuple[tuple[ListVerdict, str, int], ...]
    search_url: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line in words; ``title`` and ``number`` of the patent it names, as the register holds it now."""

    line: int
    given: str
    verdict: ListVerdict
    word: str
    tone: str
    said: str
    patent_id: str
    number: str
    title: str


def visible(actor: Actor) -> QuerySet[NumberList]:
    return NumberList.objects.filter(policies.owned_by(actor))


def list_row(actor: Actor, key: int) -> NumberList:
    """errors: NotFound ``query.list_unknown``, also for somebody else's · NotPermitted for the public"""
    ensure_may_keep(actor)
    row = visible(actor).filter(pk=key).first()
    if row is None:
        raise NotFound("query.list_unknown")
    return row


def shown(row: NumberList) -> ListShown:
    """A row as pages show it."""
    counts = tuple((one, str(WORDS[one]), int(row.counts.get(one, 0))) for one in ListVerdict if row.counts.get(one))
    return ListShown(
        id=row.pk,
        name=row.name,
        made_at=row.made_at,
        checked_at=row.checked_at,
        snapshot=row.snapshot,
        total=sum(row.counts.values()),
        found=int(row.counts.get(ListVerdict.FOUND, 0)),
        counts=counts,
        search_url=search_url(row.set_name),
    )


def search_url(set_name: str) -> str:
    """The address of a search in a set."""
    return "/search?" + urlencode({"q": f"SET={set_name}"})


def number_lists(actor: Actor, page: PageRequest) -> Page[ListShown]:
    """One's number lists, newest first.

    errors  NotPermitted ``query.sign_in_first``
    """
    ensure_may_keep(actor)
    rows = visible(actor).order_by("-made_at", "-id")
    total = rows.count()
    items = [shown(row) for row in rows[page.offset : page.offset + page.size]]
    return Page(items=items, total=total, next=page.cursor_after(subject="number-lists", total=total))


def lines_subject(key: int, verdict: ListVerdict | None) -> str:
    return f"number-list|{key}|{verdict}"


def lines(actor: Actor, key: int, verdict: ListVerdict | None, page: PageRequest) -> Page[LineShown]:
    """Lines of a list in their order, all or those of one verdict.

    errors  those of ``list_row``
    """
    rows = list_row(actor, key).lines.order_by("place")
    if verdict is not None:
        rows = rows.filter(verdict=verdict)
    total = rows.count()
    found = list(rows[page.offset : page.offset + page.size])
    subject = lines_subject(key, verdict)
    return Page(items=_in_words(found), total=total, next=page.cursor_after(subject=subject, total=total))


def every_line(actor: Actor, key: int) -> Iterator[LineShown]:
    """All lines of a list, read in portions. The errors of ``list_row``, at once."""
    return _every(list_row(actor, key))


def _every(row: NumberList) -> Iterator[LineShown]:
    place = 0
    while some := list(row.lines.filter(place__gt=place).order_by("place")[:_AT_ONCE]):
        yield from _in_words(some)
        place = some[-1].place


def _in_words(rows: Collection[NumberLine]) -> list[LineShown]:
    ids = {row.patent_id for row in rows if row.patent_id}
    records = register.get_many(ids) if ids else {}
    told = []
    for row in rows:
        record = records.get(row.patent_id)
        verdict = ListVerdict(row.verdict)
        told.append(
            LineShown(
                line=row.line,
                given=row.given,
                verdict=verdict,
                word=str(WORDS[verdict]),
                tone=TONES[verdict],
                said=_said(verdict, row.detail),
                patent_id=row.patent_id,
                number=record.number_shown if record else "",
                title=(record.title or "") if record else "",
            )
        )
    return told


def _said(verdict: ListVerdict, detail: str) -> str:
    match verdict:
        case ListVerdict.UNKNOWN:
            return gettext("Read as %(number)s.") % {"number": detail}
        case ListVerdict.CHECK_DIGIT:
            return gettext("By the rule it should be %(number)s.") % {"number": detail} if detail else ""
        case ListVerdict.AMBIGUOUS:
            return gettext("It may be any of: %(numbers)s.") % {"numbers": detail}
        case ListVerdict.DUPLICATE:
            return gettext("The same as line %(line)s.") % {"line": detail}
        case ListVerdict.UNREADABLE if detail:
            return gettext("A spreadsheet or a wrong encoding has changed it; take it from its source again.")
        case _:
            return ""


# --- the register ----------------------------------------------------------------------------------------------------


def patents_by_key(keys: Collection[str]) -> dict[str, str]:
    """Identity keys to the patents on record that have them, looked up together; nothing before the first load."""
    if not keys or register.register().manifest() is None:
        return {}
    _manifest, view = register.register().current()
    found = view.lookup("aliases", sorted(keys), ["key", "patent_id"]).to_pydict()
    return dict(zip(found["key"], found["patent_id"], strict=True))


def found_in(row: NumberList) -> list[str]:
    """The patents which a list found, in its order, each once."""
    return list(row.lines.filter(verdict=ListVerdict.FOUND).order_by("place").values_list("patent_id", flat=True))


def patents_of_set(name: str) -> tuple[str, ...] | None:
    """The patents of a number list under the name of its set: whoever has that may search in it."""
    row = NumberList.objects.filter(set_name=name).first()
    return None if row is None else tuple(found_in(row))


def stored_lines(row: NumberList) -> list[ListLine]:
    """The lines as they were read, for checking them again."""
    told = row.lines.order_by("place").values_list("line", "given", "verdict", "detail", "patent_id")
    return [ListLine(line, given, ListVerdict(verdict), detail, one) for line, given, verdict, detail, one in told]
