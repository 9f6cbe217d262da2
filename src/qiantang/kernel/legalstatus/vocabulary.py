"""The words for what became of a patent: status, flags, buckets, and the two ways to date an event."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where an application or a patent stands. ``presumed_lapsed`` and ``unknown`` are honest answers, not errors."""

    FILED = "filed"
    PUBLISHED = "published"
    IN_EXAMINATION = "in_examination"
    REFUSED_PENDING_REEXAM = "refused_pending_reexam"
    GRANTED = "granted"
    PARTIALLY_INVALIDATED = "partially_invalidated"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    DEEMED_ABANDONED_GRANT = "deemed_abandoned_grant"
    LAPSED_FEE = "lapsed_fee"
    ABANDONED = "abandoned"
    EXPIRED = "expired"
    INVALIDATED = "invalidated"
    PRESUMED_LAPSED = "presumed_lapsed"
    UNKNOWN = "unknown"


class Flag(StrEnum):
    """What lies on a living right beside its status."""

    SUSPENDED = "suspended"
    PLEDGED = "pledged"
    PRESERVED = "preserved"
    LICENSED = "licensed"
    OPEN_LICENCE = "open_licence"


class Bucket(StrEnum):
    """The coarse division of statistics: 审中, 有效, 失效, and what cannot be told."""

    PENDING = "pending"
    IN_FORCE = "in_force"
    DEAD = "dead"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """EFFECT dates an event by the day it took effect, GAZETTE by the day it was announced (official statistics)."""

    EFFECT = "effect"
    GAZETTE = "gazette"


_BUCKETS = {
    Status.FILED: Bucket.PENDING,
    Status.PUBLISHED: Bucket.PENDING,
    Status.IN_EXAMINATION: Bucket.PENDING,
    Status.REFUSED_PENDING_REEXAM: Bucket.PENDING,
    Status.GRANTED: Bucket.IN_FORCE,
    Status.PARTIALLY_INVALIDATED: Bucket.IN_FORCE,
    Status.PRESUMED_LAPSED: Bucket.UNKNOWN,  # shown as "to be confirmed": no office has said that it ended
    Status.UNKNOWN: Bucket.UNKNOWN,
}


def bucket(status: Status) -> Bucket:
    """The bucket of a status; a patent invalidated in part is in force, a presumed lapse is not known."""
    return _BUCKETS.get(status, Bucket.DEAD)
