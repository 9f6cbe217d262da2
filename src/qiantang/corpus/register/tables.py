"""What the pages of the register show, row by row: timeline, provenance, coverage."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from qiantang.commons.refdata import api as refdata
from qiantang.commons.ui.api import Bar, Tone, bars, word_for
from qiantang.corpus.register.methods.derive import legal_events
from qiantang.corpus.register.methods.merge import held_slots, unite
from qiantang.corpus.register.methods.tellers import tellers_of
from qiantang.corpus.register.selectors.records import disagreements_on, said_by, shown, statements_of, status_on
from qiantang.kernel.claims import parse_claims
from qiantang.kernel.legalstatus import Basis, EventKind, LegalEvent, event_name, status_asof

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.corpus.register.types import Coverage, PatentRecord, SourceInfo, SourceRow

_HARM = {
    EventKind.REFUSAL,
    EventKind.WITHDRAWAL,
    EventKind.DEEMED_WITHDRAWAL,
    EventKind.DEEMED_ABANDONED,
    EventKind.FEE_LAPSE,
    EventKind.ABANDONED,
    EventKind.EXPIRY,
    EventKind.INVALIDATED,
    EventKind.PARTIALLY_INVALIDATED,
}
_GOOD = {EventKind.GRANT, EventKind.RESTORED}
_LONGEST_VALUE = 300  # characters of a text in the provenance table; the text itself stands above it


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event as published, what it made of the right, and the files that tell of it, each with its as-of day."""

    date: date | None
    title: str
    tone: Tone
    raw: str
    status: str | None
    source: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    number: int
    text: str
    depth: int
    parents: tuple[int, ...]


@dataclass(slots=True)
class ProvenanceRow:
    """One value and who said it; ``others`` are the values that were not taken."""

    field: str
    value: str
    source: str
    row: int
    format: str
    rank: int
    as_of: date | None
    others: list[ProvenanceRow] = attribute(default_factory=list)


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """One row of one file that speaks of the patent."""

    source: str
    row: int
    format: str
    rank: int
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Account:
    """What rows say in the same words, told once: where they stand, and each field of which this word was taken."""

    places: tuple[SourcePlace, ...]
    fields: dict[str, list[str]]


def _tone(kind: EventKind) -> Tone:
    if kind in _GOOD:
        return Tone.GOOD
    return Tone.HARM if kind in _HARM else Tone.PLAIN


def timeline(record: PatentRecord, sources: Mapping[str, SourceInfo], language: str) -> list[TimelineEntry]:
    """Every event, the newest first, with the status it left and the files that tell of it."""
    said = said_by(record)
    statements = statements_of(record)
    entries = []
    for event in legal_events(said["office"], said["type"], said["publications"], said["events"]):
        day = event.effective_date or event.gazette_date
        name = event_name(record.office, event.kind, event.code)
        entries.append(
            TimelineEntry(
                date=day,
                title=name.zh if language.startswith("zh") else name.en,
                tone=_tone(event.kind),
                raw=_raw(event),
                status=status_on(record, day)["status"] if day else None,
                source="; ".join(sorted({_dated_name(s, sources) for s in tellers_of(event, statements)})),
            )
        )
    return sorted(entries, key=lambda entry: entry.date or date.min, reverse=True)


@dataclass(frozen=True, slots=True)
class StatusOnDay:
    """The status on a day that was asked for, and what decides it."""

    day: date
    status: str
    since: date | None
    expiry: date | None
    flags: tuple[str, ...]
    deciding: list[TimelineEntry]


def status_for_day(record: PatentRecord, day: date, sources: Mapping[str, SourceInfo], language: str) -> StatusOnDay:
    """The status on any day, with the event that brought it; none where a date did, or nothing is known."""
    said = said_by(record)
    events = legal_events(said["office"], said["type"], said["publications"], said["events"])
    told = status_asof(
        patent_type=record.type,
        filing_date=record.filing_date,
        events=events,
        day=day,
        basis=Basis.EFFECT,
        office=record.office,
    )
    because = told.because
    brought = (because.effective_date or because.gazette_date, _raw(because)) if because else None
    deciding = [entry for entry in timeline(record, sources, language) if (entry.date, entry.raw) == brought]
    flags = tuple(sorted(str(flag) for flag in told.flags))
    return StatusOnDay(day, str(told.value), told.since, told.expiry, flags, deciding)


@dataclass(frozen=True, slots=True)
class RegionShown:
    """Where a patent belongs. ``names`` from the province down; ``today`` the district of now, where it is another one."""

    code: str
    names: tuple[str, ...]
    district_known: bool
    today: str | None
    confidence: int
    rule: str


def region_shown(record: PatentRecord, language: str) -> RegionShown | None:
    """The region for people; None where nothing is known."""
    code, table = record.region_code, refdata.regions()
    if code is None or code not in table:
        return None
    day = record.grant_date or record.filing_date or record.first_publication_date
    line = [*reversed(table.ancestors(code)), code]
    today = record.region_today if record.region_today != code else None
    return RegionShown(
        code=code,
        names=tuple(table.name(one, language, day) for one in line),
        district_known=not code.endswith("00"),
        today=table.name(today, language) if today else None,
        confidence=round(100 * (record.region_confidence or 0)),
        rule=record.region_rule or "none",
    )


@dataclass(frozen=True, slots=True)
class MediumRow:
    """A figure or page image: where it lies, who told of it, under which licence. ``url`` where it can be shown here."""

    url: str | None
    caption: str
    place: str
    source: str
    licence: str | None


def media_rows(record: PatentRecord, sources: Mapping[str, SourceInfo]) -> list[MediumRow]:
    """Every medium of the record in the order of kind and place, with the source that was taken."""
    held = [(value, said) for name, value, said in held_slots(statements_of(record)) if name == "media"]
    return [
        MediumRow(
            url=value["place"] if value["place"].startswith("/") else None,
            caption=f"{word_for('medium', value['kind'])} {value['position']}",
            place=value["place"],
            source=_name(said.sources[0], sources),
            licence=value["licence"],
        )
        for value, said in sorted(held, key=lambda pair: (pair[0]["kind"], pair[0]["position"]))
    ]


def _raw(event: LegalEvent) -> str:
    gazette = f"{event.gazette_date:%Y-%m-%d}" if event.gazette_date else ""
    return " ".join(part for part in (event.code, event.text, gazette) if part)


def _name(row: SourceRow, sources: Mapping[str, SourceInfo]) -> str:
    return sources[row.source].name if row.source in sources else row.source[:12]


def _dated_name(row: SourceRow, sources: Mapping[str, SourceInfo]) -> str:
    return f"{_name(row, sources)} ({row.as_of:%Y-%m-%d})" if row.as_of else _name(row, sources)


def claim_rows(text: str) -> list[ClaimRow]:
    """Claims in order, each with its depth below the independent claim it hangs on."""
    depth: dict[int, int] = {}
    rows = []
    for claim in parse_claims(text):
        parents = tuple(number for number in claim.refers_to if number in depth)
        level = 0 if claim.independent else min((depth[parent] for parent in parents), default=-1) + 1
        depth[claim.number] = level
        rows.append(ClaimRow(claim.number, claim.text, level, () if claim.independent else parents))
    return rows


def provenance(record: PatentRecord, sources: Mapping[str, SourceInfo]) -> list[ProvenanceRow]:
    """Every field the register holds, its value and its source; where sources disagree, what else was said."""
    rows: dict[tuple[str, str], ProvenanceRow] = {}
    for name, value, statement in shown(record):
        rows.setdefault((name, value), _row(name, value, statement.sources[0], sources))
    beside: ProvenanceRow | None = None  # the row of the held value: it comes before what was said against it
    for voice in disagreements_on(record):
        if voice.held:
            beside = rows[voice.field, voice.value]
            continue
        if beside is None or beside.field != voice.field:
            beside = next((row for row in rows.values() if row.field == voice.field), None)
        said = _row(voice.field, voice.value, voice.source, sources)
        if beside is None:  # nothing is held: it stands for itself, with no value taken
            beside = rows[voice.field, ""] = _row(voice.field, "—", voice.source, sources)
        beside.others.append(said)
    return list(rows.values())


def accounts(record: PatentRecord, sources: Mapping[str, SourceInfo]) -> list[Account]:
    """Every source row of the patent exactly once, the most credible first, with what was taken from it.

    An account without fields was not needed: others say the same with more credit.
    """
    taken: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for name, value, statement in shown(record):
        taken[statement.digest].setdefault(name, []).append(_cut(value))
    return [
        Account(
            tuple(SourcePlace(_name(r, sources), r.row, r.reader, r.rank, r.as_of) for r in one.sources),
            taken[one.digest],
        )
        for one in unite(statements_of(record))
    ]


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else value[:_LONGEST_VALUE] + "…"


def _row(name: str, value: str, said: SourceRow, sources: Mapping[str, SourceInfo]) -> ProvenanceRow:
    return ProvenanceRow(name, _cut(value), _name(said, sources), said.row, said.reader, said.rank, said.as_of)


# --- coverage --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YearRow:
    year: int | None
    total: int
    share: float
    url: str | None
    counts: list[int]


@dataclass(frozen=True, slots=True)
class OfficeBlock:
    office: str
    total: int
    years: list[YearRow]
    totals: list[int]
    url: str


def _search(query: str) -> str:
    return "/search?" + urlencode({"q": query})


def coverage_types(told: Coverage) -> list[str]:
    order = ("invention", "utility_model", "design", "plant", "other", "unknown")
    present = {cell.type for cell in told.cells}
    return [kind for kind in order if kind in present]


def office_blocks(told: Coverage) -> list[OfficeBlock]:
    """Per office: filing years, newest first, by type; largest office first."""
    types = coverage_types(told)
    cells: dict[str, dict[int | None, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for cell in told.cells:
        cells[cell.office][cell.year][cell.type] = cell.patents
    blocks = []
    for office, by_year in cells.items():
        sums = {year: sum(counts.values()) for year, counts in by_year.items()}
        most = max(sums.values())
        years = [
            YearRow(
                year,
                sums[year],
                100 * sums[year] / most,
                _search(f"CC=={office} AND AY=={year}") if year is not None else None,
                [by_year[year].get(kind, 0) for kind in types],
            )
            for year in sorted(by_year, key=lambda y: (y is None, -(y or 0)))
        ]
        totals = [sum(row.counts[i] for row in years) for i in range(len(types))]
        blocks.append(OfficeBlock(office, sum(sums.values()), years, totals, _search(f"CC=={office}")))
    return sorted(blocks, key=lambda block: -block.total)


def office_bars(told: Coverage) -> list[Bar]:
    return bars([(word_for("office", block.office), block.total, block.url) for block in office_blocks(told)])
