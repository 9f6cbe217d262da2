"""A result of 100,000 patents as a workbook and as a table, against a bare writer of the same ready rows.

Claim: at least 0.4 of the rows per CPU second of bare xlsxwriter, and memory that does not grow with the rows: the peak
of a process that exports all of them is at most 1.25 times that of one that exports a tenth. That is memory of its own, see
``memory``: pages of the register's files that were read are as many as rows are exported, and the system takes them back.

Ours is the way of a job: find all hits, keep them, look their records up in batches, take eleven columns of each, write
them down with a checkpoint after each batch, make the workbook of them. The bare writer is xlsxwriter in its mode of
constant memory, given the same cells ready made and converted before the clock starts; for the table it is the csv module.
In turn, median of the ratios, of CPU time. Memory is looked at in a process that does nothing else.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import xlsxwriter
from django.utils import translation
from harness import HOME, Asked, Spent, asked, tell, timed
from registers import city_register

from qiantang.corpus.register.api import intake, register, results
from qiantang.corpus.register.types import SearchRequest
from qiantang.scenarios.query.methods.exporting.about import About
from qiantang.scenarios.query.methods.exporting.asked import ExportAsked, FileFormat
from qiantang.scenarios.query.methods.exporting.columns import PROPOSED
from qiantang.scenarios.query.services.exporting.folder import ExportFolder
from qiantang.scenarios.query.services.exporting.formats import shape_of

SHARE, MEMORY_GROWTH = 0.4, 1.25
DAY = date(2026, 11, 26)
Rows = list[list[Any]]

MEMORY = """
import json, sys
sys.path.insert(0, sys.argv[1])
from export_xlsx import export
from memory import MemoryWatch
with MemoryWatch() as watch:
    rows = export(sys.argv[2], sys.argv[3]).point().rows
print(json.dumps({"rows": rows, **watch.told()}))
"""


def asked_for(query: str, file_format: str) -> ExportAsked:
    return ExportAsked(query, "-AD", FileFormat(file_format), PROPOSED, "publication", "zh-hans", DAY)


def export(query: str, file_format: str) -> ExportFolder:
    """The whole export, from nothing to the file."""
    place = HOME.with_name("exported")
    shutil.rmtree(place, ignore_errors=True)
    folder = ExportFolder(place, asked_for(query, file_format), "https://ip.example")
    if not folder.make():
        raise AssertionError("an export without an end to its turn is made in one")
    return folder


def ready_rows() -> Rows:
    """The cells of the workbook as our own export has them, days as days."""
    rows: Rows = []
    scan = results.scan(SearchRequest("", sort="-AD"))
    about = About("", "", scan.sort, scan.snapshot, DAY, scan.total, synthetic=True)
    with translation.override("zh-hans"), results.snapshot_reader(scan.snapshot) as reader:
        shape = shape_of(asked_for("", "xlsx"), about)
        for batch in scan.batches:
            found = [row for row in reader.rows(batch.patent_ids, shape.needs) if row is not None]
            lines = shape.lines(found, len(rows)).text.splitlines()
            rows += [[_ready(cell) for cell in json.loads(line)] for line in lines]
    return rows


def _ready(cell: Any) -> Any:
    return date.fromisoformat(cell[0]) if isinstance(cell, list) else cell


def bare_workbook(rows: Rows) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(HOME.with_name("bare.xlsx")), options | {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for line, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, place, value)
            elif isinstance(value, date):
                sheet.write_datetime(line, place, value)
            elif value is not None:
                sheet.write_number(line, place, value)
    book.close()


def bare_table(rows: Rows) -> None:
    with HOME.with_name("bare.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def peak(query: str, file_format: str) -> dict[str, Any]:
    """Rows and the peak of memory of a process that exports and ends."""
    program = [sys.executable, "-c", MEMORY, str(Path(__file__).parent), query, file_format]
    environment = os.environ | {"QIANTANG_BENCH_HOME": str(HOME), "QIANTANG_HOME": str(HOME)}
    told = subprocess.run(program, env=environment, capture_output=True, check=True, text=True)
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def compared(pairs: list[tuple[Spent, Spent]], rows: int) -> dict[str, Any]:
    return {
        "share_of_bare": round(median(bare.cpu / ours.cpu for ours, bare in pairs), 3),
        "share_of_bare_each": [round(bare.cpu / ours.cpu, 3) for ours, bare in pairs],
        "rows_per_cpu_second": {
            "ours": round(rows / median(ours.cpu for ours, _ in pairs)),
            "bare": round(rows / median(bare.cpu for _, bare in pairs)),
        },
        "wall_s": {
            "ours": round(median(ours.wall for ours, _ in pairs), 2),
            "bare": round(median(bare.wall for _, bare in pairs), 2),
        },
    }


def measure(wanted: Asked) -> tuple[dict[str, Any], bool]:
    city_register(HOME.with_name("city"), wanted.size(100_000, 1_000))
    intake.advance_index(register())
    finding, found = timed(lambda: sum(len(one.patent_ids) for one in results.scan("").batches))
    rows = ready_rows()
    if len(rows) != found:
        raise AssertionError(f"{len(rows)} rows were written, {found} patents found")
    repeats = wanted.size(3, 1)
    books = [(timed(export, "", "xlsx")[0], timed(bare_workbook, rows)[0]) for _ in range(repeats)]
    sizes = {"xlsx": export("", "xlsx").file.stat().st_size, "bare_xlsx": HOME.with_name("bare.xlsx").stat().st_size}
    tables = [(timed(export, "", "csv")[0], timed(bare_table, rows)[0]) for _ in range(repeats)]
    sizes["csv"] = export("", "csv").file.stat().st_size
    tenth = "AY>=2023" if not wanted.smoke else "AY>=2020"
    memory = {name: {"all": peak("", name), "part": peak(tenth, name)} for name in ("xlsx", "csv")}
    growth = memory["xlsx"]["all"]["peak_own_mib"] / memory["xlsx"]["part"]["peak_own_mib"]
    workbook = compared(books, found)
    result = {
        "rows": found,
        "columns": len(PROPOSED),
        "repeats": repeats,
        "goal_share_of_bare": SHARE,
        "workbook": workbook,
        "table": compared(tables, found),
        "finding_microseconds_a_hit": round(finding.cpu / found * 1e6, 1),
        "bytes": sizes,
        "memory": memory,
        "memory_growth": round(growth, 3),
        "goal_memory_growth": MEMORY_GROWTH,
    }
    return result, workbook["share_of_bare"] >= SHARE and growth <= MEMORY_GROWTH


if __name__ == "__main__":
    size = asked()
    told, met = measure(size)
    tell("export_xlsx", size, told, met=met)
