"""``qiantang check``: needs neither database nor settings; nothing of a draft is kept."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qiantang.cli.main import DONE, FAILED, FINDINGS
from qiantang.cli.output import print_error, print_json
from qiantang.kernel.errors import DomainError, Invalid

if TYPE_CHECKING:
    import argparse

    from qiantang.scenarios.preexam.types import Report, Wanted


def check_command(asked: argparse.Namespace) -> int:
    """0: no finding but information; 1: findings; 2: a file could not be read."""
    wanted = _wanted(asked)
    if len(asked.paths) == 1:
        report = _checked(asked.paths[0], wanted)
        if asked.json:
            print_json(_told(report))
        else:
            _print(report, asked.language)
        return _code(report)
    return _many(asked, wanted)


def _many(asked: argparse.Namespace, wanted: Wanted) -> int:
    """Several drafts: one that cannot be read does not stop the others."""
    codes, drafts = [], []
    for path in asked.paths:
        try:
            report = _checked(path, wanted)
        except (DomainError, OSError) as error:
            codes.append(FAILED)
            if isinstance(error, DomainError):
                print_error(error, as_json=False)
                drafts.append({"path": path, "error": {"code": error.code}})
            else:
                print(f"qiantang: {error}", file=sys.stderr)
                drafts.append({"path": path, "error": {"code": "file"}})
            continue
        codes.append(_code(report))
        drafts.append({"path": path, **_told(report)})
        if not asked.json:
            print(f"# {path}")
            _print(report, asked.language)
    if asked.json:
        print_json({"drafts": drafts})
    return max(codes)


def _wanted(asked: argparse.Namespace) -> Wanted:
    from qiantang.scenarios.preexam.methods.checks import rulebook
    from qiantang.scenarios.preexam.types import DraftType, Office, Wanted

    try:
        as_of = date.fromisoformat(asked.as_of) if asked.as_of else date.today()  # noqa: DTZ011 - the day of whoever asks
    except ValueError as problem:
        raise Invalid("command.date", given=asked.as_of, expected="YYYY-MM-DD") from problem
    switched = {name: frozenset(filter(None, getattr(asked, name).split(","))) for name in ("without", "including")}
    for rule in sorted(switched["without"] | switched["including"]):
        if rule not in rulebook():
            raise Invalid("preexam.rule", given=rule)
    return Wanted(
        as_of=as_of,
        type=DraftType(asked.type) if asked.type else None,
        office=Office(asked.office.upper()),
        without=switched["without"],
        with_=switched["including"],
    )


def _checked(path: str, wanted: Wanted) -> Report:
    from qiantang.scenarios.preexam.methods.checks import check
    from qiantang.scenarios.preexam.methods.documents import read_draft

    with Path(path).open("rb") as stream:
        return check(read_draft(stream, Path(path).name), wanted)


def _told(report: Report) -> dict[str, Any]:
    from qiantang.scenarios.preexam.methods.telling import described

    return described(report)


def _code(report: Report) -> int:
    return FINDINGS if report.hint != "no_formal_obstacle" else DONE


def _print(report: Report, language: str) -> None:
    from qiantang.scenarios.preexam.methods.checks.citing import in_chinese

    chinese = language.startswith("zh")
    for one in report.findings:
        claim = f" {one.claim}" if one.claim is not None else f" {one.figure}" if one.figure else ""
        place = f":{one.place.paragraph}:{one.place.start + 1}" if one.place.paragraph is not None else ""
        message, advice = (one.message.zh, one.suggestion.zh) if chinese else (one.message.en, one.suggestion.en)
        source = in_chinese(one.source) if chinese else one.source
        print(f"{one.severity.value} {one.rule} {one.part.value}{claim}{place}  {message}  [{source}]\n    {advice}")
    for other in report.not_checked:
        print(f"- {other.rule}  {other.reason.zh if chinese else other.reason.en}")
    told = _told(report)
    counts = ", ".join(f"{name} {count}" for name, count in told["summary"].items())
    print(f"{report.type.value} · {report.rules_version} · {report.as_of.isoformat()} · {counts} · {report.hint}")
