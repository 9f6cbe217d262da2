"""The content of a draft: text beside findings, items, answers, changes. Each time it is opened a line is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.claims import differences
from qiantang.scenarios.preexam.forms.drafts import ItemForm, answers_of, numbers_of
from qiantang.scenarios.preexam.selectors import drafts as reads
from qiantang.scenarios.preexam.selectors.checking import PART_NAMES, laid_out
from qiantang.scenarios.preexam.selectors.prior_art import cited_documents
from qiantang.scenarios.preexam.services import answering, concluding, examining, reading
from qiantang.scenarios.preexam.types import Part
from qiantang.scenarios.preexam.views.acting import acted

if TYPE_CHECKING:
    from qiantang.scenarios.preexam.methods.changes import TextChange
    from qiantang.scenarios.preexam.methods.documents import Draft
    from qiantang.scenarios.preexam.selectors.drafts import DraftShown
    from qiantang.scenarios.preexam.services.reading import OpenedVersion

_HERE = "preexam:draft-text"


@never_cache
@require_GET
def text_show(request: HttpRequest, number: str) -> HttpResponse:
    """``?version=`` opens an earlier one, the newest by default."""
    return page_of(request, number, [])


@require_POST
def items_write(request: HttpRequest, number: str) -> HttpResponse:
    """Write an item, take the last one back, note which are settled, send the notice."""
    actor = actor_of(request)
    act = request.POST.get("act", "")

    def do() -> object:
        if act == "add":
            return examining.add_item(actor=actor, number=number, item=ItemForm(request.POST).item())
        if act == "drop":
            last = max(numbers_of(request, "item"), default=0)
            return examining.drop_item(actor=actor, number=number, item=last)
        if act == "settle":
            return examining.settle_items(actor=actor, number=number, settled=numbers_of(request, "settled"))
        return examining.request_amendment(actor=actor, number=number)

    return acted(request, number, do, page_of, to="preexam:draft-show" if act == "send" else _HERE)


@require_POST
def answers_write(request: HttpRequest, number: str) -> HttpResponse:
    """Keep answers, declare changes, hand the answer in."""
    actor = actor_of(request)
    act = request.POST.get("act", "")

    def do() -> object:
        if act == "declare":
            places, why = numbers_of(request, "declared"), request.POST.get("why", "")
            return answering.declare_changes(actor=actor, number=number, places=places, why=why)
        answering.answer_items(actor=actor, number=number, answers=answers_of(request))
        return answering.resubmit_draft(actor=actor, number=number) if act == "resubmit" else None

    return acted(request, number, do, page_of, to="preexam:draft-show" if act == "resubmit" else _HERE)


def page_of(request: HttpRequest, number: str, errors: list[dict[str, str]]) -> HttpResponse:
    """The page of the content, with what was refused on top."""
    actor = actor_of(request)
    asked = request.GET.get("version", "")
    version = int(asked) if asked.isdecimal() and len(asked) < 4 else None  # noqa: PLR2004 - three digits at most
    opened = reading.open_version(actor=actor, number=number, version=version)
    shown = reads.draft(actor, number)
    items = reading.items_of(actor, shown.row, sent_only=not shown.sheet.internal)
    if shown.reads_as == "second_reader":
        items = ()
    context: dict[str, Any] = {
        "shown": shown,
        "state": shown.sheet.card.state,
        "opened": opened,
        "result": laid_out(opened.draft, opened.report),
        "downloads": [],
        "items": [(one, PART_NAMES[Part(one.part)]) for one in items],
        "open_round": shown.row.rounds,
        "unsent": [one.number for one in items if not one.round],
        "parts": [(part.value, PART_NAMES[part]) for part in Part],
        "changes": _changes(request, number, shown, opened),
        "cited": cited_documents(shown.row, reads_as=shown.reads_as),
        "words": concluding.opened_words(actor, shown.row) if reads.sees_words(shown) else "",
        "errors": errors,
    }
    return render(request, "preexam/draft_text.html", context, status=422 if errors else 200)


def _changes(request: HttpRequest, number: str, shown: DraftShown, opened: OpenedVersion) -> list[dict[str, object]]:
    """The changes of the version against the one handed in before, word by word."""
    actor = actor_of(request)
    version = next(one for one in shown.versions if one.number == opened.number)
    before = [one.number for one in shown.versions if one.number < opened.number]
    if not before or shown.reads_as == "second_reader":
        return []
    former = reading.open_version(actor=actor, number=number, version=before[-1], why="comparison").draft
    found = version.changes
    declared = {(one.part, one.old, one.new) for one in found if one.declared}
    if version.handed_in is None:
        found = answering.changes_between(actor, shown.row, former, opened.draft)
    return [
        {
            "place": place,
            "change": one,
            "declared": one.declared or (one.part, one.old, one.new) in declared,
            "part": PART_NAMES[Part(one.part)],
            "pieces": differences(_text(former, one, old=True), _text(opened.draft, one, old=False)),
            "where": ", ".join(map(str, one.new or one.old)),
        }
        for place, one in enumerate(found)
    ]


def _text(draft: Draft, change: TextChange, *, old: bool) -> str:
    section = draft.section(Part(change.part))
    wanted = set(change.old if old else change.new)
    return "\n".join(one.text for one in section.paragraphs if one.number in wanted) if section else ""
