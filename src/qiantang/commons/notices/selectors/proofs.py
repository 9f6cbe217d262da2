"""Who was told what, and when: for the office that has to prove it."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256

from qiantang.commons.notices.models import Notice, NoticeProof, SharedNotice
from qiantang.commons.notices.selectors.inbox import shown
from qiantang.commons.notices.types import ProofTold, ServiceTold, Step, Way


def service_of(subject: str) -> tuple[ServiceTold, ...]:
    """Every notice about a thing with the way it took, oldest first. Who may see it, the room of the thing decides.

    subject     ``noun:key``, as in ``Draft``
    """
    rows = Notice.objects.filter(subject=subject).select_related("person").order_by("created_at", "pk")
    found = proofs_of([row.pk for row in rows])
    shared = SharedNotice.objects.filter(subject=subject).select_related("organisation")
    told = [(one.created_at, _of_organisation(one)) for one in shared.order_by("created_at", "pk")]
    told += [
        (
            row.created_at,
            ServiceTold(row.pk, row.person.display_name, shown(row).title, row.due_date, found.get(row.pk, ())),
        )
        for row in rows
    ]
    return tuple(one for _, one in sorted(told, key=lambda pair: pair[0]))


def _of_organisation(row: SharedNotice) -> ServiceTold:
    """It lies in the inbox of the organisation from the moment it was sent; who of its people reads it, their copies say."""
    proof = ProofTold(Step.DELIVERED, Way.INBOX, row.created_at, row.language, row.text_sha256)
    return ServiceTold(row.pk, row.organisation.name, shown(row).title, row.due_date, (proof,))


def proofs_of(notices: list[int]) -> dict[int, tuple[ProofTold, ...]]:
    """The proofs of notices, each in the order of time."""
    found: dict[int, list[ProofTold]] = defaultdict(list)
    for row in NoticeProof.objects.filter(notice_id__in=notices).order_by("at", "pk"):
        found[row.notice_id].append(ProofTold(row.step, row.channel, row.at, row.language, row.text_sha256))
    return {key: tuple(rows) for key, rows in found.items()}


def is_text_served(notice: int, text: str) -> bool:
    """Whether a text is one that was there to be read, letter by letter."""
    digest = sha256(text.encode()).hexdigest()
    return NoticeProof.objects.filter(notice_id=notice, text_sha256=digest).exists()
