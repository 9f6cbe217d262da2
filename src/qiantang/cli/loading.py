"""Commands of operation: import, snapshots, coverage, reindex."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qiantang.cli.house import open_house, open_office
from qiantang.cli.main import DONE, FAILED, FINDINGS
from qiantang.cli.output import print_json, tell
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from qiantang.corpus.ingest.types import ImportReport

_LOOK_EVERY = 60  # seconds


def _progress(stage: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        share = f" of {total}" if total else ""
        print(f"\r{stage} {done}{share}      ", end="", file=sys.stderr, flush=True)


def _text_of(mapping: Path) -> str:
    try:
        return mapping.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("mapping.encoding", file=str(mapping)) from None


def _words(refusal: Mapping[str, Any]) -> tuple[str, str]:
    from django.utils.translation import override

    from qiantang.corpus.ingest import api as ingest

    with override("en"):
        return ingest.refusal_words(refusal["code"], refusal["facts"] or {})


def _print_files(report: ImportReport) -> None:
    for source in report.sources:
        reasons = ", ".join(f"{code} {count}" for code, count in source.reasons.items())
        print(
            f"{source.path}: {source.format or 'unknown format'}: read {source.read}, kept {source.kept}, "
            f"merged {source.merged}, refused {source.refused}" + (f" ({reasons})" if reasons else "")
        )
        if source.refusal:
            sentence, next_step = _words(source.refusal)
            print(f"  the whole file was refused ({source.refusal['code']}): {sentence}\n  {next_step}")


def _print_folders(report: ImportReport) -> None:
    from qiantang.corpus.ingest.types import by_folder

    for folder, told in by_folder(report.to_json()["sources"]).items():
        print(
            f"{folder}: files {told.files}, read {told.read}, kept {told.kept}, merged {told.merged}, "
            f"refused {told.refused}, files refused whole {told.files_refused}"
        )


def import_command(asked: argparse.Namespace) -> int:
    open_office()
    from qiantang.corpus.ingest import api as ingest
    from qiantang.corpus.ingest.types import Terms
    from qiantang.kernel.actor import Actor, Channel

    report = ingest.import_at_once(
        actor=Actor.system("command line", Channel.COMMAND),
        paths=[Path(path) for path in asked.paths],
        format_name=asked.format or "",
        mapping=_text_of(Path(asked.mapping)) if asked.mapping else "",
        terms=Terms(licence=asked.licence.strip(), published=asked.published),
        told=_progress,
    )
    if asked.json:
        print_json(report.to_json())
    else:
        (_print_folders if asked.by_folder else _print_files)(report)
        told = ", ".join(f"{name} {count}" for name, count in report.totals.items())
        print(f"total: {told}; snapshot {report.snapshot}" + ("" if report.published else " (nothing new)"))
    if all(source.refusal for source in report.sources):  # nothing could be read, whether its format is known or not
        return FAILED
    return FINDINGS if report.has_refusals else DONE


def watch_command(asked: argparse.Namespace) -> int:
    open_office()
    from qiantang.config.env import Environment
    from qiantang.corpus.ingest import api as ingest
    from qiantang.kernel.actor import Actor, Channel

    folder = Path(asked.folder).absolute() if asked.folder else Environment.read().watch_folder
    if folder is None:
        raise Invalid("command.watch", expected="--folder FOLDER, or QIANTANG_WATCH_FOLDER")
    while True:
        done = ingest.watch_folder(actor=Actor.system("watch", Channel.COMMAND), folder=folder)
        if asked.json:
            print_json(asdict(done))
        elif done.loaded or done.failed or asked.once:
            print(f"loaded {len(done.loaded)}, failed {len(done.failed)}, not yet complete {len(done.waiting)}")
        if asked.once:
            return FINDINGS if done.failed else DONE
        time.sleep(_LOOK_EVERY)


def quality_command(asked: argparse.Namespace) -> int:
    open_house()
    from qiantang.corpus.ingest import api as ingest
    from qiantang.kernel.actor import Actor, Channel

    told = ingest.quality_of(Actor.system("command line", Channel.COMMAND), asked.load)
    found = [*told["patents"], *(finding for one in told["formats"] for finding in one["findings"])]
    if asked.json:
        print_json(told)
    else:
        _print_quality(told)
    return FINDINGS if any(one["action"] != "warn" for one in found) else DONE


def _print_quality(told: dict[str, Any]) -> None:
    for one in told["formats"]:
        print(f"load {told['load']}, {one['format']}: {one['rows']} rows taken, {one['refused']} refused")
        for field, count in one["filled"].items():
            print(f"  {field}: {count} of {one['rows']}")
        for outlier in one["outliers"]:
            print(f"  {outlier['field']}: {outlier['count']} above {outlier['fence']}, largest {outlier['largest']}")
        if one["drift"]:
            moved = ", ".join(f"{f['field']} {f['before']:.0%} -> {f['now']:.0%}" for f in one["drift"]["fields"])
            print(f"  since load {one['drift']['load']}: {one['drift']['volume']} rows; {moved or 'fill rates alike'}")
    for finding in [*(f for one in told["formats"] for f in one["findings"]), *told["patents"]]:
        print(f"  {finding['rule']} ({finding['action']}): {finding['count']}")


def snapshots_command(asked: argparse.Namespace) -> int:
    open_house()
    from qiantang.corpus.register import api as register

    found = register.snapshots()
    if asked.json:
        print_json({"snapshots": [asdict(one) for one in found]})
    else:
        for one in found:
            pinned = f"; pinned: {one.pinned or 'no reason given'}" if one.pinned is not None else ""
            layers = f"{one.layers} layer" + ("s" if one.layers != 1 else "")
            print(f"{one.number}  {one.published_at}  {one.patents} patents, {one.touched} changed; {layers}{pinned}")
        if not found:
            tell("nothing was loaded yet: qiantang import PATH")
    return DONE


def coverage_command(asked: argparse.Namespace) -> int:
    open_house()
    from qiantang.corpus.register import api as register

    told = register.coverage()
    if asked.json:
        print_json(asdict(told))
        return DONE
    print(f"snapshot {told.snapshot}: {told.patents} patents, last load {told.last_load_at}")
    for cell in told.cells:
        print(f"{cell.office}  {cell.type:14}  {cell.year or 'year not known'}  {cell.patents}")
    for field, count in told.filled.items():
        print(f"{field}: {count} of {told.patents}")
    for one in told.formats:
        rank = f"rank {one.rank}" if one.rank else "rank not known"
        print(
            f"{one.format} ({rank}): {one.files} files, read {one.read}, refused {one.refused}, last {one.last_load_at}"
        )
    return DONE


def reindex_command(asked: argparse.Namespace) -> int:
    open_house()
    from qiantang.corpus.register import api as register

    opened = register.register()
    snapshot = register.intake.advance_index(opened, _progress, rebuild=True)
    register.intake.forget_meaning(opened, words=True)
    while register.intake.prepare_meaning(opened, _progress):
        """Slice by slice, each kept."""
    if asked.json:
        print_json({"snapshot": snapshot})
    else:
        tell("nothing was loaded yet" if snapshot is None else f"the index holds snapshot {snapshot}")
    return DONE
