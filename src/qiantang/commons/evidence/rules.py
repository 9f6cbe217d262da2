"""Bounds, and what depositors are told. What may change with the times is a dated table."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from qiantang.commons.notices.types import NoticeKind, declare_kind
from qiantang.commons.rulebook.bases import declare_card
from qiantang.commons.rulebook.types.cards import CardKind, ModelCard

SEALED_AT_ONCE = 2_000  # deposits under one checkpoint
MOST_IN_BATCH = 10_000
UPLOAD_BYTES = 2 * 2**30
# A silent authority: pauses before it is asked again; the last one for ever.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 10, 20, 60, 300, 900, 3600))
LEASE = timedelta(minutes=2)  # who asks an authority has so long; then somebody else may
DRIFT_SECONDS = 60  # between the authority's clock and ours, before it is said
PROVED_BACKWARDS = 200  # newest checkpoints for which a package brings the proof that the log extends them


class Ageing(NamedTuple):
    """From a day on an algorithm is no longer used for new stamps, and stamps made with it are renewed.

    source  who says so
    """

    algorithm: str
    since: date
    use: str
    source: str


# The day is of our choosing (to verify yearly against the lists of the authorities); none of the two is in doubt today.
AGEING = (Ageing("sha256", date(2035, 1, 1), "sha512", "NIST SP 800-131A rev. 3 (draft); to verify"),)
RENEWED_BEFORE = timedelta(days=180)  # so long before a certificate ends


def algorithm_of(day: date) -> str:
    """The algorithm for stamps made on a day."""
    return next((one.use for one in AGEING if one.since <= day), "sha256")


ANCHOR_EVERY = timedelta(hours=1)  # the newest checkpoint goes to each calendar; it holds all that were before it
ANCHOR_PAUSE = timedelta(minutes=30)  # between two questions whether a promise was kept

CAPTURES_A_DAY = 50  # of one account; those that failed do not count
CAPTURE_LEASE = timedelta(minutes=6)  # longer than a capture may take; then its worker is taken for dead
CAPTURE_TRIES = 3
SCHEDULES_MOST = 50
SEALED_WITHIN = timedelta(seconds=60)  # of the end of a capture; later is told (W9)

SEALED = declare_kind(
    NoticeKind(
        code="evidence.stamped",
        label=_("Your deposits are in the log and stamped"),
        title=_("Deposit %(number)s is stamped"),
        happened=_(
            "Every timestamp authority has stamped the checkpoint that holds it. The evidence package is ready."
        ),
        details=(("more", _("Together with %(more)s other deposits of yours.")),),
        advice=_("Download the package and keep it with the original: it can be checked without this platform."),
        link_label=_("Show the deposit"),
    )
)
CHANGED = declare_kind(
    NoticeKind(
        code="evidence.page_changed",
        label=_("A page that you have captured on a schedule has changed"),
        title=_("A captured page has changed"),
        happened=_("The newest capture of the schedule differs from the one before it."),
        details=(),
        advice=_("Look at what has changed; both captures are deposited."),
        link_label=_("Show the capture"),
    )
)

declare_card(
    ModelCard(
        key="evidence.admissibility",
        title=_("Checklist of admissibility"),
        kind=CardKind.RULES,
        purpose=_("Holds a deposit against what a court looks at, item by item"),
        used_in=_("Nothing by itself; advice to the depositor"),
        data=_("Written by people after the sources named in each rule; fitted to no data"),
        limits=_("A court weighs evidence by itself"),
        owner=_("Supervisor of rights protection"),
        version="1",
        parts=("qiantang.commons.evidence.methods.admissibility",),
    )
)
