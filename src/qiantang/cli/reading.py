"""Commands that read the register: patent, search."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qiantang.cli.house import open_house
from qiantang.cli.main import DONE, FAILED
from qiantang.cli.output import print_error, print_json
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    import argparse


def patent_command(asked: argparse.Namespace) -> int:
    open_house()
    from qiantang.corpus.register import api as register

    record = register.get(" ".join(asked.number))
    try:
        day = date.fromisoformat(asked.as_of) if asked.as_of else record.status_as_of
    except ValueError:
        raise Invalid("command.date", given=asked.as_of, expected="YYYY-MM-DD") from None
    told = register.telling.patent(record, day)
    if asked.json:
        print_json(told)
    else:
        print(f"{told['patent_id']}  {told['title']}")
        print("  " + ", ".join(told["numbers"]))
        print("  " + "; ".join(told["applicants"]))
        print(f"  filed {told['filing_date'] or 'not known'}; {told['status']['value']} as of {day}")
    return DONE


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
    told = register.telling.search_result(result)
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
