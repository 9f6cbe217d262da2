"""Commands that read the register: patent, search."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from qiantang.cli.house import open_house
from qiantang.cli.main import DONE, FAILED
from qiantang.cli.output import print_error, print_json
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    import argparse

    from qiantang.corpus.register.types import PatentRecord, SearchResult


def _told(record: PatentRecord, day: date) -> dict[str, Any]:
    from qiantang.corpus.register import api as register
    from qiantang.corpus.register.types import Part, Role

    abstract = record.text(Part.ABSTRACT)
    snapshot = register.current_snapshot()
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
        "status": _status_told(record, day),
        "region": _region_told(record),
        "claims": _claims_told(record),
        "citations": {
            "backward": [link_told(link) for link in register.citations(record, "backward")],
            "forward": [link_told(link) for link in register.citations(record, "forward")],
        },
        "family": {
            "simple": record.simple_family,
            "extended": record.extended_family,
            "members": [m.number for m in register.family(record)],
        },
        "disputed": list(record.disputed),
        "sources": [s._asdict() for s in record.sources],
        "snapshot": snapshot.number if snapshot else None,
    }


def _status_told(record: PatentRecord, day: date) -> dict[str, Any]:
    from qiantang.corpus.register import api as register

    status = register.status_on(record, day)
    return {
        "value": status["status"],
        "since": status["status_date"],
        "as_of": day,
        "expiry_date": status["expiry_date"],
        "flags": status["flags"],
        "events": [e._asdict() for e in record.events],
    }


def _region_told(record: PatentRecord) -> dict[str, Any]:
    from qiantang.commons.refdata import api as refdata

    code, regions = record.region_code, refdata.regions()
    return {
        "code": code,
        "name": regions.name(code, "zh", record.filing_date) if code and code in regions else None,
        "confidence": record.region_confidence,
    }


def _claims_told(record: PatentRecord) -> list[dict[str, Any]]:
    from qiantang.corpus.register.types import Part
    from qiantang.kernel.claims import parse_claims

    claims = record.text(Part.CLAIMS)
    return [
        {"number": c.number, "text": c.text, "refers_to": list(c.refers_to)}
        for c in (parse_claims(claims.text) if claims else ())
    ]


def link_told(link: Any) -> dict[str, Any]:
    return {name: getattr(link, name) for name in ("number", "patent_id", "origin", "category", "date", "text")}


def patent_command(asked: argparse.Namespace) -> int:
    open_house()
    from qiantang.corpus.register import api as register

    record = register.get(" ".join(asked.number))
    try:
        day = date.fromisoformat(asked.as_of) if asked.as_of else record.status_as_of
    except ValueError:
        raise Invalid("command.date", given=asked.as_of, expected="YYYY-MM-DD") from None
    told = _told(record, day)
    if asked.json:
        print_json(told)
    else:
        print(f"{told['patent_id']}  {told['title']}")
        print("  " + ", ".join(told["numbers"]))
        print("  " + "; ".join(told["applicants"]))
        print(f"  filed {told['filing_date'] or 'not known'}; {told['status']['value']} as of {day}")
    return DONE


def _search_told(result: SearchResult) -> dict[str, Any]:
    return {
        "query": result.query,
        "canonical": result.canonical,
        "total": result.total,
        "snapshot": result.snapshot,
        "hits": [
            {"patent_id": h.patent_id, "number": h.number, "title": h.title, "date": h.date, "score": h.score}
            for h in result.hits
        ],
        "facets": {
            field: [{"value": v.value, "count": v.count, "label": v.label} for v in values]
            for field, values in result.facets.items()
        },
        "next": result.next,
    }


def search_command(asked: argparse.Namespace) -> int:
    open_house()
    if asked.export:
        from qiantang.cli.exporting import export_result

        return export_result(asked)
    from qiantang.corpus.register import api as register
    from qiantang.corpus.register.types import SearchRequest

    facets = tuple(name.strip().upper() for name in asked.facets.split(",") if name.strip())
    request = SearchRequest(
        query=asked.query, sort=asked.sort, facets=facets, size=1 if asked.count else asked.limit, cursor=asked.page
    )
    try:
        result = register.search(request)
    except Invalid as error:
        print_error(error, as_json=asked.json)
        return FAILED
    told = _search_told(result)
    if asked.json:
        print_json({**told, "hits": [] if asked.count else told["hits"]})
    elif asked.count:
        print(result.total)
    else:
        print(f"{result.total} patents for {result.canonical or 'everything'} (snapshot {result.snapshot})")
        for hit in result.hits:
            print(f"{hit.number:20}  {hit.date or '-'}  {hit.title}")
        for field, values in result.facets.items():
            print(f"{field}: " + ", ".join(f"{v.label} {v.count}" for v in values))
    return DONE
