"""What has changed since the capture before on the same schedule; the owner is told where something has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.evidence.methods.page_differences import differences
from qiantang.commons.evidence.models import BatchFile, WebCapture
from qiantang.commons.evidence.rules import CHANGED
from qiantang.commons.evidence.services import custody
from qiantang.commons.evidence.types import Act
from qiantang.commons.notices import api as notices
from qiantang.engines.capture.port import PICTURE, TEXT

if TYPE_CHECKING:
    from pathlib import Path

    from qiantang.kernel.actor import Actor


def compare_with_last(*, actor: Actor, row: WebCapture, folder: Path) -> None:
    """Note the difference on the newer capture; of the older one the deposited text is read, which is a line of custody."""
    if row.schedule is None or row.deposit is None:
        return
    earlier = (
        WebCapture.objects.filter(schedule=row.schedule, ended_at__lt=row.ended_at)
        .exclude(deposit=None)
        .exclude(pk=row.pk)
        .order_by("-ended_at")
        .first()
    )
    if earlier is None or earlier.deposit is None:
        return
    members = {one.name: one for one in BatchFile.objects.filter(batch=earlier.deposit)}
    text = members.get(TEXT)
    before = ""
    if text is not None:
        reason = f"compared with {row.number}"
        place = custody.member_out(actor=actor, deposit=earlier.deposit, member=text, act=Act.ACCESS, reason=reason)
        before = place.read_text("utf-8")
    here = folder / TEXT
    found = differences(
        before, here.read_text("utf-8") if here.is_file() else "", facts=(dict(earlier.facts), dict(row.facts))
    )
    mine = BatchFile.objects.filter(batch=row.deposit, name=PICTURE).values_list("sha256", flat=True).first()
    picture = members.get(PICTURE)
    row.difference = {
        "since": earlier.number,
        "picture_same": mine is not None and picture is not None and picture.sha256 == mine,
        **found,
    }
    row.save(update_fields=["difference"])
    if found["changed"] and row.owner_id is not None:
        _tell(actor, row, row.owner_id)


def _tell(actor: Actor, row: WebCapture, person_id: int) -> None:
    subject = f"capture:{row.number}"
    draft = notices.Draft(
        person_id=person_id,
        kind=CHANGED.code,
        key=subject,
        subject=subject,
        facts={"number": row.number},
        link=f"/evidence/captures/{row.number}",
    )
    notices.send_notice(actor=actor, draft=draft)
