"""Web capture: asked for at once, made by the worker, and what it brought deposited as one batch, once."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string

from qiantang.commons.audit import api as audit
from qiantang.commons.events import api as events
from qiantang.commons.evidence import policies
from qiantang.commons.evidence.events import CaptureEnded
from qiantang.commons.evidence.methods.records import deposit_number
from qiantang.commons.evidence.models import BatchFile, WebCapture
from qiantang.commons.evidence.rules import CAPTURE_LEASE, CAPTURE_TRIES, CAPTURES_A_DAY, UPLOAD_BYTES
from qiantang.commons.evidence.selectors.collected.captures import capture_row, preview_path
from qiantang.commons.evidence.services import custody
from qiantang.commons.evidence.services.collecting.comparing import compare_with_last
from qiantang.commons.evidence.services.depositing import deposit_kept_batch
from qiantang.commons.evidence.types import CAPTURE_PAGES_MOST, Act, Asked, CaptureState, Kind
from qiantang.engines.capture.port import PREVIEW, CaptureAsked, Captured, Capturer, Reason, Verdict, load
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import DomainError, Invalid, Limited, NotFound, NotPermitted

if TYPE_CHECKING:
    from qiantang.commons.evidence.models import CaptureSchedule, Deposit

_JOB = "qiantang.commons.evidence.tasks.capture"  # by name: jobs stand above services
_OPEN = (CaptureState.WAITING, CaptureState.RUNNING)


@lru_cache(maxsize=4)
def _capturer(path: str, options: tuple[tuple[str, Any], ...]) -> Capturer:
    return load(path, **dict(options))


def capturer() -> Capturer:
    """The adapter that the settings name."""
    return _capturer(settings.CAPTURE_ADAPTER, tuple(sorted(settings.CAPTURE_OPTIONS.items())))


def ensure_capturing() -> None:
    """That this machine can capture.

    errors  Unavailable ``capture.no_browser``
    """
    capturer().ensure_ready()


@transaction.atomic
def request_capture(
    *,
    actor: Actor,
    url: str,
    purpose: str,
    pages: int = 1,
    shop: bool = False,
    schedule: CaptureSchedule | None = None,
) -> str:
    """Have a page captured by the worker. Returns the number of the capture.

    purpose     what it is for: no capture without one (W1)
    pages       how many pages of a list to follow
    shop        look for price, seller, licence and comments
    errors      NotPermitted ``evidence.sign_in_first`` · Invalid ``evidence.purpose_missing``, ``evidence.pages``,
                ``capture.address``, ``capture.inside`` · Limited ``evidence.captures_today`` ·
                Unavailable ``capture.no_browser``
    """
    decision = policies.may_deposit(actor)
    if not decision:
        raise NotPermitted(decision.code)
    told = checked_wish(url=url, purpose=purpose, pages=pages)
    ensure_capturing()
    now = timezone.now()
    used = Q(owner_id=actor.person_id, asked_at__gt=now - timedelta(days=1)) & ~Q(state=CaptureState.FAILED)
    if actor.person_id is not None and WebCapture.objects.filter(used).count() >= CAPTURES_A_DAY:
        raise Limited("evidence.captures_today", most=CAPTURES_A_DAY)
    row = WebCapture.objects.create(
        number=new_number("WC"),
        owner_id=actor.person_id,
        schedule=schedule,
        state=CaptureState.WAITING,
        asked_at=now,
        shop=shop,
        **told,
    )
    facts = {"host": urlsplit(row.url).hostname, "pages": pages, "shop": shop}
    audit.record(actor=actor, verb="evidence.capture.request", subject=f"capture:{row.number}", facts=facts)
    transaction.on_commit(lambda: import_string(_JOB).enqueue(row.number))
    return row.number


def new_number(head: str) -> str:
    """``WC-20261126-7F3K9Q2M``, as numbers of deposits are made."""
    return deposit_number(timezone.now(), secrets.randbits(40)).replace("EV-", f"{head}-")


def checked_wish(*, url: str, purpose: str, pages: int) -> dict[str, Any]:
    """What somebody wants captured, as it is kept.

    errors  Invalid ``evidence.purpose_missing``, ``evidence.pages``, ``capture.address``, ``capture.inside``
    """
    words = " ".join(purpose.split())[:300]
    if not words:
        raise Invalid("evidence.purpose_missing")
    if not 1 <= pages <= CAPTURE_PAGES_MOST:
        raise Invalid("evidence.pages", most=CAPTURE_PAGES_MOST)
    return {"url": capturer().checked(url), "purpose": words, "pages": pages}


def make_capture(*, actor: Actor, number: str) -> bool:
    """Visit the page and deposit what it brought; False where somebody else is at it, or it is over.

    A worker that dies leaves the capture to the heartbeat; what is deposited is deposited in one transaction, once.
    """
    now = timezone.now()
    open_ones = WebCapture.objects.filter(number=number, state__in=_OPEN)
    free = open_ones.exclude(leased_until__gt=now)
    if not free.update(
        state=CaptureState.RUNNING, leased_until=now + CAPTURE_LEASE, begun_at=now, tried=F("tried") + 1, step=""
    ):
        return False
    row = WebCapture.objects.get(number=number)
    with tempfile.TemporaryDirectory(prefix="capture-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch) / "products"
        folder.mkdir()
        try:
            captured = _visited(row, folder)
        except BaseException:  # a fault of ours, or the worker is being stopped: another turn begins it anew
            WebCapture.objects.filter(pk=row.pk, state=CaptureState.RUNNING).update(leased_until=now)
            raise
        _keep_preview(row, folder)
        _end(actor, row, captured, folder)
    return True


def _visited(row: WebCapture, folder: Path) -> Captured:
    def tell(step: str) -> None:
        WebCapture.objects.filter(pk=row.pk, state=CaptureState.RUNNING).update(step=step)

    try:
        return capturer().capture(CaptureAsked(url=row.url, pages=row.pages, shop=row.shop), folder, tell)
    except DomainError as error:
        told = str(error.facts.get("said") or error.code)[:200]
        return Captured(verdict=Verdict.FAILED, title="", final_url=row.url, reasons=((Reason.BROWSER, told),))


def _keep_preview(row: WebCapture, folder: Path) -> None:
    """A small picture for the page; no product: what is proved lies in the store."""
    if (folder / PREVIEW).is_file():
        place = preview_path(row.number)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(folder / PREVIEW, place)


def _end(actor: Actor, row: WebCapture, captured: Captured, folder: Path) -> None:
    kept = []
    for name in captured.files:
        with (folder / name).open("rb") as stream:
            kept.append((name, custody.keep(stream, most=UPLOAD_BYTES)))
    with transaction.atomic():
        here = WebCapture.objects.select_for_update().filter(pk=row.pk, state=CaptureState.RUNNING).first()
        if here is None:
            return
        deposit = _deposited(actor, here, captured, kept) if kept else None
        here.state = CaptureState(captured.verdict)
        here.reasons = [[reason, detail] for reason, detail in captured.reasons]
        here.title, here.final_url, here.facts = captured.title, captured.final_url, dict(captured.facts)
        here.record = _short(captured.record)
        here.ended_at, here.step, here.leased_until, here.deposit = timezone.now(), "", None, deposit
        here.save()
        compare_with_last(actor=actor, row=here, folder=folder)
        schedule = here.schedule.number if here.schedule else ""
        events.publish(CaptureEnded(number=here.number, state=here.state, schedule=schedule))
        facts = {"verdict": captured.verdict, "reasons": [reason for reason, _ in captured.reasons]}
        audit.record(actor=actor, verb="evidence.capture.end", subject=f"capture:{here.number}", facts=facts)


def _deposited(actor: Actor, row: WebCapture, captured: Captured, kept: list[Any]) -> Deposit:
    owner = actor if row.owner is None else Actor(person_id=row.owner_id, name=row.owner.display_name)
    environment = {
        "capture": row.number,
        "url": row.url,
        "final_url": captured.final_url,
        "verdict": captured.verdict,
        "reasons": [f"{reason}: {detail}".rstrip(": ") for reason, detail in captured.reasons],
        "surroundings": captured.record.get("environment", {}),
    }
    asked = Asked(
        name=captured.title.strip() or row.url[:300],
        digests={},
        size_bytes=0,
        kind=Kind.WEB_PAGE,
        statement=row.purpose,
        collected_at=row.begun_at,
        environment=environment,
    )
    return deposit_kept_batch(actor=owner, asked=asked, files=kept)


def _short(record: Any) -> dict[str, Any]:
    """The record without what is long: the single exchanges stand in the deposited ``capture.json``."""
    told = dict(record)
    if "network" in told:
        network = dict(told["network"])
        network["exchanges"] = len(network["exchanges"])
        told["network"] = network
    told.pop("files", None)
    return told


def tend_captures(*, actor: Actor) -> int:  # noqa: ARG001 - every service knows who acts
    """The heartbeat: captures whose worker died begin again; after so many times they are failed. Returns how many."""
    now = timezone.now()
    waited = now - timedelta(minutes=10)
    lost = WebCapture.objects.filter(
        Q(state=CaptureState.RUNNING, leased_until__lt=now) | Q(state=CaptureState.WAITING, asked_at__lt=waited)
    )
    numbers = list(lost.order_by("pk").values_list("number", "tried")[:20])
    for number, tried in numbers:
        if tried < CAPTURE_TRIES:
            import_string(_JOB).enqueue(number)
        else:
            reasons = [[Reason.BROWSER, f"{tried} times"]]
            WebCapture.objects.filter(number=number).update(
                state=CaptureState.FAILED, reasons=reasons, ended_at=now, leased_until=None, step=""
            )
    return len(numbers)


def open_product(*, actor: Actor, number: str, name: str) -> Path:
    """One product of a capture as it lies in the store; looking at it is a line of custody.

    errors  NotFound ``evidence.capture_unknown``, ``evidence.object_missing`` · Conflict ``evidence.object_changed``
    """
    row = capture_row(actor, number)
    member = BatchFile.objects.filter(batch=row.deposit, name=name).first() if row.deposit else None
    if member is None or row.deposit is None:
        raise NotFound("evidence.object_missing", number=number)
    return custody.member_out(actor=actor, deposit=row.deposit, member=member, act=Act.ACCESS, reason="looked at")
