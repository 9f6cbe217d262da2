"""Public versions: an original is taken in, passages are marked, a second person confirms, a new paper is set and searched.

The original stays as it is in the vault. Nothing of its bytes enters the new file: text, bars and reasons alone.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import policies
from qiantang.commons.casework.models import Redaction
from qiantang.commons.casework.selectors.cases import shown_number
from qiantang.commons.casework.selectors.redactions import (
    belongs,
    digest_of,
    opened,
    readable_case,
    redaction_row,
    told_of,
    wanted_of,
)
from qiantang.commons.casework.services.parties import ensure
from qiantang.commons.casework.types import CASE_TYPES
from qiantang.commons.casework.types.redaction import LONGEST_TITLE, MOST_MB, Preview
from qiantang.commons.documents.methods import redaction as method
from qiantang.commons.files import api as files
from qiantang.commons.files.api import vault
from qiantang.commons.files.types import Limits
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from qiantang.commons.casework.models import Case
    from qiantang.commons.files.types import Opened
    from qiantang.kernel.actor import Actor

    Rest = Sequence[Sequence[Sequence[method.Piece]]]

_LIMITS = Limits(size_bytes=MOST_MB * 2**20, total_bytes=200 * 2**20)
_BODY = Path(__file__).resolve().parent.parent / "templates" / "casework" / "public_version.typ"


@transaction.atomic
def begin_redaction(*, actor: Actor, number: str, title: str, name: str, content: bytes) -> int:
    """Take an original in; returns the key of the public version to be.

    title   printed on the public version
    errors  NotPermitted · NotFound · Invalid ``casework.redaction_untitled``, ``casework.redaction_large``,
            ``casework.redaction_unsafe`` · as ``read_pages``
    """
    case = _handled(actor, number)
    said = " ".join(title.split())
    if not said or len(said) > LONGEST_TITLE or actor.person_id is None:
        raise Invalid("casework.redaction_untitled")
    if not content or len(content) > _LIMITS.size_bytes:
        raise Invalid("casework.redaction_large", most=MOST_MB)
    if content.startswith(b"%PDF"):
        _ensure_safe(content, name)
    method.read_pages(content)
    key = vault.keep(actor=actor, belongs=belongs(case), kind="redaction.original", name=name, content=content)
    row = Redaction.objects.create(
        case=case,
        original_id=key,
        original_sha256=sha256(content).hexdigest(),
        told=_hidden(case, {"title": said, "name": name, "marks": []}),
        begun_at=timezone.now(),
        begun_by_id=actor.person_id,
    )
    _noted(actor, row, "begin", {"original": row.original_sha256})
    return row.pk


def _ensure_safe(content: bytes, name: str) -> None:
    with tempfile.NamedTemporaryFile() as place:
        place.write(content)
        place.flush()
        verdict = files.inspect(Path(place.name), limits=_LIMITS, name=name)
    if not verdict.usable:
        raise Invalid("casework.redaction_unsafe")


@transaction.atomic
def mark_passages(*, actor: Actor, number: str, key: int, code: str, texts: Sequence[str]) -> int:
    """Mark every occurrence of these texts; returns how many passages are new. What is marked already stays as it is.

    errors  NotPermitted · NotFound · Conflict ``casework.redaction_done`` · Invalid ``casework.redaction_reason``,
            ``casework.redaction_empty``, ``documents.redaction_short``, ``documents.redaction_not_found`` with the line
    """
    row = _open(actor, number, key)
    if code not in {one.code for one in method.reasons_on(timezone.localdate())}:
        raise Invalid("casework.redaction_reason")
    lines = [" ".join(one.split()) for one in texts if one.strip()]
    if not lines:
        raise Invalid("casework.redaction_empty")
    method.mark(_pages(actor, row, "mark"), [method.Wanted(code, one) for one in lines])
    told = opened(row)
    known = {(mark[0], method.folded(mark[1])) for mark in told["marks"]}
    fresh = {(code, method.folded(one)): one for one in lines if (code, method.folded(one)) not in known}
    told["marks"] += [[code, one] for one in fresh.values()]
    _changed(actor, row, told)
    _noted(actor, row, "mark", {"code": code, "passages": len(fresh)})
    return len(fresh)


@transaction.atomic
def unmark_passage(*, actor: Actor, number: str, key: int, place: int) -> None:
    """Take a mark back, by its place in the list from 1.

    errors  NotPermitted · NotFound · Conflict ``casework.redaction_done``
    """
    row = _open(actor, number, key)
    told = opened(row)
    if not 1 <= place <= len(told["marks"]):
        raise NotFound("casework.redaction_unknown")
    code, _ = told["marks"].pop(place - 1)
    _changed(actor, row, told)
    _noted(actor, row, "unmark", {"code": code})


@transaction.atomic
def preview_redaction(*, actor: Actor, number: str, key: int) -> Preview:
    """The text with bars in their places, and what lies under them. Opening the original is noted.

    errors  NotPermitted · NotFound
    """
    row = redaction_row(readable_case(actor, number), key)
    pages, wanted = _pages(actor, row, "preview"), wanted_of(row)
    marking = method.mark(pages, wanted)
    return Preview(
        told=told_of(row),
        wanted=wanted,
        counts=marking.counts,
        bars=marking.bars,
        pages=method.rest_of(pages, marking),
        reasons=method.reasons_on(timezone.localdate(row.confirmed_at)),
        digest=digest_of(row),
        marked_by_me=actor.person_id in {row.begun_by_id, *row.marked_by},
    )


@transaction.atomic
def confirm_redaction(*, actor: Actor, number: str, key: int, digest: str) -> str:
    """The second person: set the new paper, search it, keep it beside the original. Returns its SHA-256.

    digest  of the preview that was looked at
    errors  NotPermitted, also ``casework.redaction_own`` · NotFound
            Conflict ``casework.redaction_done``, ``casework.redaction_changed``, ``casework.redaction_leak`` (line, where),
            ``casework.redaction_unprintable`` · Invalid ``casework.redaction_empty``
    """
    row = _open(actor, number, key)
    if actor.person_id is None or actor.person_id in {row.begun_by_id, *row.marked_by}:
        raise NotPermitted("casework.redaction_own")
    if digest != digest_of(row):
        raise Conflict("casework.redaction_changed")
    wanted = wanted_of(row)
    if not wanted:
        raise Invalid("casework.redaction_empty")
    pages = _pages(actor, row, "confirm")
    marking = method.mark(pages, wanted)
    now = timezone.now()
    title, case_number = opened(row)["title"], shown_number(row.case.number)
    content = set_anew(method.rest_of(pages, marking), marking, title=title, number=case_number, moment=now)
    ensure_gone(content, [one.text for one in wanted])
    row.public_id = vault.keep(
        actor=actor, belongs=belongs(row.case), kind="redaction.public", name=f"public-{row.pk}.pdf", content=content
    )
    row.public_sha256, row.bars = sha256(content).hexdigest(), marking.bars
    row.confirmed_at, row.confirmed_by_id = now, actor.person_id
    row.save(update_fields=["public_id", "public_sha256", "bars", "confirmed_at", "confirmed_by"])
    _noted(actor, row, "confirm", {"public": row.public_sha256, "bars": row.bars})
    return row.public_sha256


def ensure_gone(content: bytes, removed: Sequence[str]) -> None:
    """The guard. errors: Conflict ``casework.redaction_leak`` with the passage and the place of the first one found"""
    found = method.leaks(content, removed)
    if found:
        raise Conflict("casework.redaction_leak", line=found[0].index + 1, where=found[0].where)


@transaction.atomic
def read_public(*, actor: Actor, number: str, key: int) -> Opened:
    """The public version; reading is noted. errors: NotPermitted · NotFound, also where it is not confirmed yet"""
    row = redaction_row(readable_case(actor, number), key)
    if row.public_id is None:
        raise NotFound("casework.redaction_unknown")
    allowed = policies.may_read_redactions(actor, row.case)
    found = vault.read(actor=actor, sealed_id=row.public_id, allowed=allowed, read_as="office", why="public version")
    _noted(actor, row, "read", {"public": row.public_sha256})
    return found


def set_anew(rest: Rest, marking: method.Marking, *, title: str, number: str, moment: datetime) -> bytes:
    """The paper from what stays. Its text is read back: what is to stay stands there, in its order.

    errors  Conflict ``casework.redaction_unprintable``
    """
    from qiantang.commons.documents.api import typesetting  # noqa: PLC0415 - brings typst, which no start may

    with override(settings.LANGUAGE_CODE):  # the paper is the house's, whoever confirms
        told = _printed(rest, marking, title, number, moment)
    inputs = {"told": json.dumps(told, ensure_ascii=False)}
    try:
        content = typesetting.compiled(_BODY.read_text(encoding="utf-8"), inputs, moment=moment)
    except Unavailable as fault:
        raise Conflict("casework.redaction_unprintable") from fault
    stays = "".join(
        page["title"] + "".join(one["t"] + one["bar"] for line in page["lines"] for one in line)
        for page in told["pages"]
    )
    if method.folded(stays) not in method.folded(method.printed(content)):
        raise Conflict("casework.redaction_unprintable")
    return content


def _printed(rest: Rest, marking: method.Marking, title: str, number: str, moment: datetime) -> dict[str, Any]:
    chinese = settings.LANGUAGE_CODE.startswith("zh")
    counts = Counter(code for cut in marking.cuts for code in cut.codes)
    return {
        "lang": "zh" if chinese else "en",
        "title": title,
        "kicker": gettext("Public version, case %(number)s") % {"number": number},
        "note": gettext(
            "Set anew from the text of the original. Each bar stands for a passage that was left out; its length says "
            "nothing. Pictures and layout of the original are left out."
        ),
        "heads": [gettext("Code"), gettext("Why it was left out"), gettext("Passages")],
        "reasons": [
            [one.code, f"{one.zh if chinese else one.en}\n{one.source}", str(counts[one.code])]
            for one in method.reasons_on(timezone.localdate(moment))
            if one.code in counts
        ],
        "pages": [
            {
                "title": gettext("Page %(page)s of the original") % {"page": page},
                "lines": [[{"t": piece.text, "bar": piece.bar} for piece in line] for line in lines],
            }
            for page, lines in enumerate(rest, start=1)
        ],
    }


def _handled(actor: Actor, number: str) -> Case:
    case = readable_case(actor, number, lock=True)
    ensure(policies.may_handle(actor, CASE_TYPES[case.kind]))
    return case


def _open(actor: Actor, number: str, key: int) -> Redaction:
    row = redaction_row(_handled(actor, number), key)
    if row.confirmed_at is not None:
        raise Conflict("casework.redaction_done")
    return row


def _pages(actor: Actor, row: Redaction, why: str) -> tuple[str, ...]:
    allowed = policies.may_read_redactions(actor, row.case)
    why = f"public version: {why}"
    found = vault.read(actor=actor, sealed_id=row.original_id, allowed=allowed, read_as="office", why=why)
    return method.read_pages(found.content)


def _changed(actor: Actor, row: Redaction, told: dict[str, Any]) -> None:
    row.told = _hidden(row.case, told)
    row.marked_by = sorted({*row.marked_by, actor.person_id})
    row.save(update_fields=["told", "marked_by"])


def _hidden(case: Case, told: dict[str, Any]) -> str:
    return vault.hide(json.dumps(told, ensure_ascii=False), belongs(case))


def _noted(actor: Actor, row: Redaction, act: str, facts: dict[str, object]) -> None:
    facts = {"redaction": row.pk, **facts}
    audit.record(actor=actor, verb=f"casework.redaction.{act}", subject=f"case:{row.case.number}", facts=facts)
