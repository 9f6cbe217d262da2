"""What the register holds of a patent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qiantang.corpus.register.types.observed import (
    Citation,
    Classification,
    Day,
    Event,
    Medium,
    Part,
    Party,
    Priority,
    Publication,
    Role,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


def quoted_number(publications: Sequence[Publication]) -> str | None:
    """The newest publication with its kind code, as people quote it."""
    newest = max(publications, key=lambda p: p.date or date.min, default=None)
    return f"{newest.number}{newest.kind or ''}" if newest else None


class SourceRow(NamedTuple):
    """Where a statement stands: source file digest, row in it, reader name, rank, as-of day, content digest."""

    source: str
    row: int
    reader: str
    rank: int
    as_of: Day | None
    digest: str


@dataclass(frozen=True, slots=True)
class PatentRecord:
    """One patent, from filing to lapse, as the register holds it at one snapshot.

    patent_id               office + application number without check digit where known (``CN201910302430``), else office,
                            ``-P`` and publication serial (``CN-P110083831``)
    application_number      canonical with check digit, or null: not known
    simple_family, extended_family  as a source states them; null: no source does
    simple_family_id, extended_family_id  the family by priorities and by what is stated; null: no member but this one is possible
    region_code             GB/T 2260, the most precise code that is known, valid on the day of the address: that of the first
                            holder of a granted patent, else of the first applicant; null: not known, or not in China
    region_today            the district on today's boundaries; null: not known, or the old district was divided
    status, status_date     derived for the day ``status_as_of``; vocabulary of ``kernel.legalstatus``; never null: ``unknown``
    flags                   ``pledged``, ``licensed``, ``open_licence``, ``preserved``, ``suspended`` in force on that day
    disputed                names of fields in which sources disagree; the losing values are in ``register.api.disagreements``
    """

    patent_id: str
    office: str
    type: str | None
    application_number: str | None
    filing_date: Day | None
    claim_count: int | None
    page_count: int | None
    simple_family: str | None
    extended_family: str | None
    publications: tuple[Publication, ...]
    texts: tuple[Text, ...]
    classifications: tuple[Classification, ...]
    parties: tuple[Party, ...]
    priorities: tuple[Priority, ...]
    citations: tuple[Citation, ...]
    events: tuple[Event, ...]
    media: tuple[Medium, ...]
    keys: tuple[str, ...]
    links: tuple[str, ...]
    simple_family_id: str | None
    extended_family_id: str | None
    region_code: str | None
    region_confidence: float | None
    region_rule: str | None
    region_today: str | None
    first_publication_date: Day | None
    grant_date: Day | None
    status: str
    status_date: Day | None
    status_as_of: Day
    expiry_date: Day | None
    flags: tuple[str, ...]
    notes: tuple[str, ...]
    disputed: tuple[str, ...]
    sources: tuple[SourceRow, ...]

    def text(self, part: Part, language: str | None = None) -> Text | None:
        """The text of a part: in the language asked for, else the original (a human's before a machine's)."""
        found = [t for t in self.texts if t.part == part and (language is None or t.language == language)]
        return min(found, key=lambda t: t.machine, default=None)

    def names(self, role: Role) -> tuple[str, ...]:
        return tuple(p.name for p in self.parties if p.role == role)

    @property
    def title(self) -> str | None:
        found = self.text(Part.TITLE)
        return found.text if found else None

    @property
    def number_shown(self) -> str:
        """The number people quote: of the newest publication with its kind code, else of the application, else the id."""
        return quoted_number(self.publications) or self.application_number or self.patent_id
