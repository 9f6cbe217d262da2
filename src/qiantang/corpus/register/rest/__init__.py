"""What the register offers programs."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.catalogue.api import ApiSection, Endpoint
from qiantang.corpus.register.rest import dumps, holdings, patents, shapes

SECTION = ApiSection(
    key="register",
    name=_("The register"),
    summary=_("Patents with their citations, families and legal events; parties; what is loaded."),
    order=10,
    endpoints=(
        Endpoint(
            call=patents.read_patent,
            path="patents/{path:number}",
            answer=shapes.Patent,
            summary=_("One patent by any of its numbers"),
            detail=_("With claims, legal status, family and citations. A wrong check digit is refused, and named."),
            example="patents/CN199000001A?as_of=2024-01-01",
        ),
        Endpoint(
            call=patents.list_citations,
            path="patents/{path:number}/citations",
            answer=shapes.Citations,
            summary=_("What a patent cites, or what cites it"),
            refuses=(409,),
            example="patents/CN199000001A/citations?direction=forward",
        ),
        Endpoint(
            call=patents.list_family,
            path="patents/{path:number}/family",
            answer=shapes.Family,
            summary=_("The family of a patent"),
            refuses=(409,),
            example="patents/CN199000001A/family?scheme=extended",
        ),
        Endpoint(
            call=patents.list_events,
            path="patents/{path:number}/events",
            answer=shapes.Events,
            summary=_("The legal events of a patent, and the status that follows from them"),
            refuses=(409,),
            example="patents/CN199000001A/events",
        ),
        Endpoint(
            call=holdings.find_party,
            path="parties",
            answer=shapes.Party,
            summary=_("The party that has a name"),
            example="parties?name=P1",
        ),
        Endpoint(
            call=holdings.read_party,
            path="parties/{number}",
            answer=shapes.Party,
            summary=_("One party with all its names and what belongs to it"),
            example="parties/1",
        ),
        Endpoint(
            call=holdings.read_coverage,
            path="coverage",
            answer=shapes.Coverage,
            summary=_("What is loaded, by office, type, year and field"),
            example="coverage",
        ),
        Endpoint(
            call=holdings.list_snapshots,
            path="snapshots",
            answer=shapes.Snapshots,
            summary=_("The snapshots of the register, newest first"),
            refuses=(409,),
            example="snapshots?limit=5",
        ),
        Endpoint(
            call=holdings.read_number,
            path="numbers/{path:text}",
            answer=shapes.Number,
            summary=_("What a patent number is: office, kind, canonical spelling, check digit"),
            detail=_("The number need not be on record."),
            example="numbers/ZL201710601862.3",
        ),
        Endpoint(
            call=dumps.list_dumps,
            path="open-data",
            answer=shapes.Dumps,
            summary=_("The register in bulk: dumps of whole snapshots"),
            detail=_("Parquet with a data package, without addresses. Empty where the operator has exported nothing."),
            refuses=(409,),
            example="open-data",
        ),
        Endpoint(
            call=dumps.fetch_dump,
            path="open-data/{dump}/{file}",
            answer=None,
            media=(dumps.JSON, dumps.PARQUET),
            summary=_("One file of a dump"),
            detail=_(
                "Its digest stands in the header `Repr-Digest`. A dump is withdrawn (409) when a name is removed."
            ),
            refuses=(409,),
            example="open-data/snapshot-000001/datapackage.json",
        ),
    ),
)
