"""Commands of numbers: metric, metrics, figures, condition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qiantang.cli.house import open_house
from qiantang.cli.main import DONE, FINDINGS
from qiantang.cli.output import print_json, tell
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from qiantang.commons.metrics.types import FigureReport, Measurement, Question

_SHOWN = 20  # records listed without --limit where they are read by people


def metric_command(asked: argparse.Namespace) -> int:
    open_house()
    from qiantang.commons.metrics import api

    question = api.question_from(
        {
            "metric": asked.id,
            "region": asked.region,
            "from": asked.first,
            "to": asked.last,
            "day": asked.day,
            "by": asked.by,
            "only": asked.only,
            "address": asked.address,
            "sharing": asked.sharing,
            "boundaries": asked.boundaries,
            "classes": asked.classes,
            "basis": asked.basis,
            "scheme": asked.scheme,
            "snapshot": asked.snapshot,
        }
    )
    told = api.measure(question)
    if told.reason == "being_made":  # at a command line nobody waits for a worker
        told = _made(told, question)
    found = api.telling.measurement(told)
    if asked.records:
        found |= _records(told, question, asked.limit, asked.page)
    if asked.json:
        print_json(found)
    else:
        _print(told, found)
    return DONE if told.known else FINDINGS


def _made(told: Measurement, question: Question) -> Measurement:
    """The answer once what it is read from was made here."""
    from qiantang.commons.metrics import api
    from qiantang.scenarios.monitoring.api import keep_movements

    tell("Reading the register once for this number …")
    keep_movements(actor=Actor.system("metric", Channel.COMMAND), snapshot=told.question.snapshot, wait=True)
    return api.measure(question)


def _records(told: Measurement, question: Question, limit: int | None, page: str | None) -> dict[str, Any]:
    """All ids of the records, or a page of them where one is asked for."""
    from qiantang.commons.metrics import api

    if limit is None and page is None:
        ids = list(api.all_records(replace(question, snapshot=told.snapshot)))
        return {"record_ids": ids, "records": len(ids), "next": None}
    some = api.records(question, size=limit or _SHOWN, cursor=page)
    return {"record_ids": list(some.ids), "records": some.total, "next": some.next}


def _print(told: Measurement, found: dict[str, Any]) -> None:
    least = "at least " if told.at_least else ""
    value = (
        f"{least}{_number(told.value, told.metric.decimals)} {found['unit']}".rstrip() if told.known else "not known"
    )
    place = f", region {found['region']}" if found["region"] else ""
    when = f", {found['period']['first'] or ''}-{found['period']['last'] or ''}" if found["year"] else ""
    print(f"{found['id']}  {found['name']}{place}{when}: {value}")
    if found["reason_text"]:
        print(f"  {found['reason_text']}")
    print(f"  {found['definition']}")
    print(f"  {found['formula']}; {found['source']}{'; synthetic or sample data' if told.sample else ''}")
    for part in found["parts"]:
        print(f"  {part['name']}: {'not known' if part['value'] is None else part['value']}")
    for point in found["series"]:
        print(f"  {point['label']:24}  {'not known' if point['value'] is None else _number(point['value'], 2)}")
    for one in found.get("record_ids", ()):
        print(f"  {one}")


def _number(value: float | None, decimals: int) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.{decimals or 2}f}"


def metrics_command(asked: argparse.Namespace) -> int:
    open_house()
    from qiantang.commons.metrics import api

    found = [api.telling.definition(one) for one in api.metrics()]
    if asked.json:
        print_json({"metrics": found})
        return DONE
    for one in found:
        print(f"{one['id']:20}  {one['name']}  ({one['name_zh']})")
    return DONE


def figures_command(asked: argparse.Namespace) -> int:
    open_house()
    from qiantang.commons.metrics import api

    return _handed_in(asked, "figures", api.import_figures)


def condition_command(asked: argparse.Namespace) -> int:
    open_house()
    from functools import partial

    from qiantang.corpus.measures.api import import_condition_list
    from qiantang.corpus.measures.types import Listed

    return _handed_in(asked, "condition", partial(import_condition_list, condition=Listed(asked.condition)))


def _handed_in(asked: argparse.Namespace, word: str, keep: Callable[..., FigureReport]) -> int:
    """Keep a table and tell what became of its rows."""
    try:
        as_of = date.fromisoformat(asked.as_of)
    except ValueError:
        raise Invalid("command.date", given=asked.as_of, expected="YYYY-MM-DD") from None
    path = Path(asked.file)
    report = keep(
        actor=Actor.system(word, Channel.COMMAND),
        content=path.read_bytes(),
        title=asked.title or path.name,
        source=asked.source,
        as_of=as_of,
        sample=asked.sample,
    )
    refused = [one._asdict() for one in report.refused]
    if asked.json:
        print_json({"read": report.read, "kept": report.kept, "refused": refused, "already": report.already})
    else:
        tell("Imported before: nothing changed." if report.already else f"Imported {path.name}.")
        print(f"read {report.read}, kept {report.kept}, refused {len(refused)}")
        for one in report.refused:
            print(f"  row {one.row}: {one.reason}")
    return FINDINGS if report.refused else DONE
