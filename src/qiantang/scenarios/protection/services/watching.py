"""Watch lists: a page is captured on schedule; what is new there becomes a draft, which only its owner files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.accounts import api as accounts
from qiantang.commons.audit import api as audit
from qiantang.commons.evidence import api as evidence
from qiantang.commons.notices import api as notices
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import Conflict, Invalid, Limited, NotFound
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.methods.watching import offers, watched_words
from qiantang.scenarios.protection.models import Suspect, Watch
from qiantang.scenarios.protection.rules.watching import DRAFTED_LISTED, PAGE_BYTES, SUSPECTED, WATCHES_MOST
from qiantang.scenarios.protection.selectors.disputes import dispute_row
from qiantang.scenarios.protection.selectors.watching import watch_row
from qiantang.scenarios.protection.services.disputes import add_exhibit, open_dispute, save_intake
from qiantang.scenarios.protection.services.steps import ensure
from qiantang.scenarios.protection.types import Intake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.commons.evidence.types import CaptureTold
    from qiantang.scenarios.protection.methods.watching import Offer


@transaction.atomic
def add_watch(
    *,
    actor: Actor,
    address: str,
    words: str,
    every_days: int,
    pages: int = 1,
    first_known: bool = True,
    right: Intake | None = None,
) -> int:
    """Have a page captured now and every so many days, and be told of offers there that have one of the words.

    words       one a line or between commas
    first_known what stands there today is known; False: it makes a draft as well
    right       kind, number and name of the right, for the drafts
    returns     the key of the watch
    errors      NotPermitted ``protection.sign_in_first``, ``accounts.mandate_missing`` · Invalid ``protection.watch_words`` ·
                Limited ``protection.watches``; those of ``evidence.collecting.schedule_capture``
    """
    ensure(policies.may_bring(actor))
    assert actor.person_id is not None
    wanted, told = watched_words(words), right or Intake()
    _ensure_room(actor, wanted)
    purpose = gettext("Watch list: %(words)s") % {"words": "、".join(wanted)}
    schedule = evidence.collecting.schedule_capture(
        actor=actor, url=address, purpose=purpose[:300], every_days=every_days, pages=pages, shop=True
    )
    row = Watch.objects.create(
        owner_id=actor.person_id,
        organisation_id=actor.organisation_id,
        schedule=schedule,
        address=address.strip(),
        words=list(wanted),
        first_known=first_known,
        made_at=timezone.now(),
        **{name: getattr(told, name) for name in ("right_kind", "right_number", "right_title")},
    )
    facts = {"schedule": schedule, "words": len(wanted), "days": every_days}
    audit.record(actor=actor, verb="protection.watch.add", subject=f"watch:{row.pk}", facts=facts)
    return row.pk


def _ensure_room(actor: Actor, wanted: Sequence[str]) -> None:
    if not wanted:
        raise Invalid("protection.watch_words")
    if Watch.objects.filter(owner_id=actor.person_id, stopped_at=None).count() >= WATCHES_MOST:
        raise Limited("protection.watches", most=WATCHES_MOST)


@transaction.atomic
def stop_watch(*, actor: Actor, key: int) -> None:
    """Watch no more; what was found stays. errors: NotFound ``protection.watch_unknown``"""
    row = watch_row(actor, key, own=True)
    if row.stopped_at is None:
        evidence.collecting.stop_schedule(actor=actor, number=row.schedule)
        row.stopped_at = timezone.now()
        row.save(update_fields=["stopped_at"])
        audit.record(actor=actor, verb="protection.watch.stop", subject=f"watch:{row.pk}", facts={})


@transaction.atomic
def clear_suspect(*, actor: Actor, key: int, suspect: int) -> None:
    """Say that an offer hurts no right; it stays known. errors: NotFound ``protection.watch_unknown``"""
    row = watch_row(actor, key, own=True)
    if not row.suspects.filter(pk=suspect).update(cleared_at=timezone.now()):
        raise NotFound("protection.watch_unknown")
    audit.record(actor=actor, verb="protection.suspect.clear", subject=f"watch:{row.pk}", facts={"suspect": suspect})


@transaction.atomic
def draft_of_suspect(*, actor: Actor, key: int, suspect: int) -> str:
    """Begin a draft of an offer for which there is none; returns its number.

    errors  NotFound ``protection.watch_unknown`` · NotPermitted · Conflict ``protection.suspect_drafted``
    """
    row = watch_row(actor, key, own=True)
    found = row.suspects.select_for_update().filter(pk=suspect).first()
    if found is None:
        raise NotFound("protection.watch_unknown")
    if found.dispute_id is not None:
        raise Conflict("protection.suspect_drafted")
    told = evidence.collected.capture_told(actor, found.last_capture)
    return _drafted(_owner_of(row, actor.channel), row, told, [found])


@transaction.atomic
def look_through(*, actor: Actor, capture: str, schedule: str) -> int:
    """Look through a capture that has ended; returns how many suspects are new. Done again it finds nothing new.

    A capture that shows no page tells nothing: neither that an offer is gone nor that it is new.
    """
    row = Watch.objects.select_for_update().filter(schedule=schedule).first() if schedule else None
    if row is None:
        return 0
    told = evidence.collected.capture_told(actor, capture)
    owner = _owner_of(row, actor.channel)
    pages = _pages(owner, told)
    if told.deposit is None or told.ended_at is None or not pages:
        return 0
    if not row.first_capture:
        row.first_capture = told.number
    new = _noted(row, told, offers(pages, base=told.final_url or row.address, words=row.words))
    row.looked_at = max(row.looked_at or told.ended_at, told.ended_at)
    row.save(update_fields=["first_capture", "looked_at"])
    facts = {"capture": told.number, "new": len(new)}
    audit.record(actor=actor, verb="protection.watch.look", subject=f"watch:{row.pk}", facts=facts)
    if new:
        number = _drafted(owner, row, told, new) if policies.may_bring(owner) else ""
        _tell(actor, row, told, len(new), number)
    return len(new)


def _owner_of(row: Watch, channel: Channel) -> Actor:
    person = accounts.people_by_key([row.owner_id])[row.owner_id]
    return Actor(
        person_id=person.id,
        name=person.display_name,
        roles=person.roles,
        channel=channel,
        organisation_id=row.organisation_id,
    )


def _pages(owner: Actor, told: CaptureTold) -> list[str]:
    """The documents that a capture brought, the first page first; reading one is a line of its custody."""
    found = []
    for name, _size in told.files:
        if name.startswith("page") and name.endswith(".html"):
            place = evidence.collecting.open_product(actor=owner, number=told.number, name=name)
            with place.open("rb") as stream:
                found.append(stream.read(PAGE_BYTES).decode("utf-8", errors="replace"))
    return found


def _noted(row: Watch, told: CaptureTold, found: Sequence[Offer]) -> list[Suspect]:
    """Note what was found; returns what is new and not known from the first capture."""
    assert told.ended_at is not None
    there = {one.key: one for one in row.suspects.all()}
    known = row.first_known and told.number == row.first_capture
    new = []
    for offer in found:
        before = there.get(offer.key)
        if before is None:
            made = Suspect.objects.create(
                watch=row,
                key=offer.key,
                address=offer.address,
                text=offer.text,
                words=list(offer.words),
                first_capture=told.number,
                first_seen_at=told.ended_at,
                last_capture=told.number,
                last_seen_at=told.ended_at,
                known=known,
            )
            new += [] if known else [made]
        elif before.last_seen_at < told.ended_at:
            before.last_capture, before.last_seen_at = told.number, told.ended_at
            before.save(update_fields=["last_capture", "last_seen_at"])
    return new


def _drafted(owner: Actor, row: Watch, told: CaptureTold, found: Sequence[Suspect]) -> str:
    """An intake that is begun, with the capture as evidence. It is a draft: filing it is for its owner alone."""
    number = open_dispute(actor=owner).number
    day = timezone.localdate(told.ended_at)
    lines = [f"- {one.text} {one.address}" for one in found[:DRAFTED_LISTED]]
    seller = told.facts.get("seller")
    head = gettext("Found by the watch list on %(address)s on %(day)s (capture %(capture)s):") % {
        "address": row.address,
        "day": day.isoformat(),
        "capture": told.number,
    }
    intake = Intake(
        right_kind=row.right_kind,
        right_number=row.right_number,
        right_title=row.right_title,
        respondent=seller[:200] if isinstance(seller, str) else "",
        happened_on=day,
        known_on=day,
        description="\n".join([head, *lines])[:8_000],
        online=True,
    )
    save_intake(actor=owner, number=number, told=intake)
    if told.deposit is not None:
        shows = gettext("The page as it was captured, with the offers found")
        add_exhibit(actor=owner, number=number, deposit=told.deposit, shows=shows)
    dispute = dispute_row(owner, number)
    Suspect.objects.filter(pk__in=[one.pk for one in found]).update(dispute=dispute)
    return number


def _tell(actor: Actor, row: Watch, told: CaptureTold, count: int, number: str) -> None:
    facts: dict[str, str | int | None] = {"count": count, **({"number": number} if number else {})}
    draft = notices.Draft(
        person_id=row.owner_id,
        kind=SUSPECTED.code,
        key=f"watch:{told.number}",  # evidence tells of the same capture under its own key
        subject=f"watch:{row.pk}",
        facts=facts,
        link=f"/protection/watches/{row.pk}",
    )
    notices.send_notice(actor=actor, draft=draft)
