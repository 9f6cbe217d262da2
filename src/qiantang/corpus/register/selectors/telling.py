"""Records, hits and snapshots as plain values for programs: the command line and the open API tell the same."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qiantang.commons.refdata import api as refdata
from qiantang.corpus.register.selectors.coverage import current_snapshot
from qiantang.corpus.register.selectors.records import status_on
from qiantang.corpus.register.selectors.relations import citations, family
from qiantang.corpus.register.types import Part, Role
from qiantang.kernel.claims import parse_claims

if TYPE_CHECKING:
    from datetime import date

    from qiantang.corpus.register.types import (
        CitationLink,
        FacetValue,
        FamilyMember,
        PatentCard,
        PatentRecord,
        SearchResult,
        SnapshotInfo,
    )


def patent(record: PatentRecord, day: date | None = None) -> dict[str, Any]:
    """A patent with its claims, citations and family; its status on a day, that of the record unless given."""
    abstract = record.text(Part.ABSTRACT)
    return {
        "patent_id": record.patent_id,
        "numbers": [
            *([record.application_number] if record.application_number else []),
            *(f"{p.number}{p.kind or ''}" for p in record.publications),
        ],
        "type": record.type,
        "title": record.title,
        "abstract": abstract.text if abstract else None,
        "applicants": list(record.names(Role.APPLICANT)),
        "inventors": list(record.names(Role.INVENTOR)),
        "classifications": [c._asdict() for c in record.classifications],
        "filing_date": record.filing_date,
        "publications": [p._asdict() for p in record.publications],
        "status": status(record, day),
        "region": _region(record),
        "claims": _claims(record),
        "citations": {
            "backward": [link(one) for one in citations(record, "backward")],
            "forward": [link(one) for one in citations(record, "forward")],
        },
        "family": {
            "simple": record.simple_family,
            "extended": record.extended_family,
            "members": [m.number for m in family(record)],
        },
        "disputed": list(record.disputed),
        "sources": [s._asdict() for s in record.sources],
        "snapshot": snapshot_now(),
    }


def status(record: PatentRecord, day: date | None = None) -> dict[str, Any]:
    """The legal status of a patent on a day, that of the record unless given, and the events it follows from."""
    told = status_on(record, day or record.status_as_of)
    return {
        "value": told["status"],
        "since": told["status_date"],
        "as_of": day or record.status_as_of,
        "expiry_date": told["expiry_date"],
        "flags": list(told["flags"]),
        "events": [e._asdict() for e in record.events],
    }


def _region(record: PatentRecord) -> dict[str, Any]:
    code, regions = record.region_code, refdata.regions()
    return {
        "code": code,
        "name": regions.name(code, "zh", record.filing_date) if code and code in regions else None,
        "confidence": record.region_confidence,
    }


def _claims(record: PatentRecord) -> list[dict[str, Any]]:
    claims = record.text(Part.CLAIMS)
    return [
        {"number": c.number, "text": c.text, "refers_to": list(c.refers_to)}
        for c in (parse_claims(claims.text) if claims else ())
    ]


def link(one: CitationLink) -> dict[str, Any]:
    """One end of a citation."""
    return {name: getattr(one, name) for name in ("number", "patent_id", "origin", "category", "date", "text")}


def member(one: FamilyMember) -> dict[str, Any]:
    """One member of a family."""
    return asdict(one)


def hit(one: PatentCard) -> dict[str, Any]:
    """One hit of a search."""
    return {name: getattr(one, name) for name in ("patent_id", "number", "title", "date", "score")}


def facet_value(one: FacetValue) -> dict[str, Any]:
    """One value of a facet."""
    return {"value": one.value, "count": one.count, "label": one.label}


def search_result(result: SearchResult) -> dict[str, Any]:
    """A page of a search."""
    return {
        "query": result.query,
        "canonical": result.canonical,
        "total": result.total,
        "snapshot": result.snapshot,
        "hits": [hit(one) for one in result.hits],
        "facets": {field: [facet_value(one) for one in values] for field, values in result.facets.items()},
        "next": result.next,
    }


def snapshot(one: SnapshotInfo) -> dict[str, Any]:
    """One snapshot."""
    return asdict(one)


def snapshot_now() -> int | None:
    """The number of the newest snapshot, None before the first load."""
    newest = current_snapshot()
    return newest.number if newest else None
