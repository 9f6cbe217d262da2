"""When a person wants to be written to."""

from __future__ import annotations

from qiantang.commons.notices.models import Habits
from qiantang.commons.notices.rules import DIGEST_AT
from qiantang.commons.notices.types import Digest, Rhythm


def rhythm_of(person: int) -> Rhythm:
    """What a person has set; at any hour, one by one, where they set nothing."""
    row = Habits.objects.filter(person_id=person).first()
    if row is None:
        return Rhythm(digest_at=DIGEST_AT)
    return Rhythm(
        quiet_from=row.quiet_from, quiet_until=row.quiet_until, digest=Digest(row.digest), digest_at=row.digest_at
    )
