"""Files of every kind that a folder may hold, and a reader that breaks: for the tests of loading."""

from __future__ import annotations

import zipfile
from pathlib import Path

from qiantang.corpus.ingest.methods.readers import READERS
from qiantang.corpus.register.types import SourceRank

from . import readings

MAPPING = (Path(__file__).parent / "mapping_example.toml").read_text("utf-8")


def damaged(count: int) -> list[list[str]]:
    """A table in which row 2 has a wrong check digit, row 3 a day that is none, row 4 no number."""
    rows = readings.rows(count)
    rows[0][4] = rows[0][4][:12] + str((int(rows[0][4][12].replace("X", "1")) + 1) % 10)
    rows[1][5] = "2018.13.45"
    rows[2][2] = "甲乙丙"
    return rows


def reduced() -> bytes:
    """What statisticians make of a gazette: classes in place of values."""
    rows = readings.rows(30)
    for row in rows:
        row[6], row[8], row[9] = "公司", "浙江省", "G"
    return readings.table(rows)


def mixed_folder(files: Path) -> None:
    (files / "a-good.csv").write_bytes(readings.table(readings.rows(30)))
    (files / "b-damaged.csv.gz").write_bytes(readings.packed(readings.table(damaged(40))))
    (files / "c.xml").write_text(readings.document(), "utf-8")
    (files / "d-reduced.csv").write_bytes(reduced())
    (files / "e-unknown.txt").write_text("nothing anybody reads", "utf-8")
    (files / "f-empty.csv").write_bytes(b"")
    (files / "g-cut.csv.gz").write_bytes(readings.packed(readings.table(readings.rows(90)))[:-200])
    with zipfile.ZipFile(files / "h.zip", "w") as archive:
        archive.writestr("inside.xml", readings.document(9_990_777, number=("199990001", "199990777")))
    (files / "i-no-archive.zip").write_bytes(b"PK\x03\x04 and then nothing")
    (files / ".hidden").write_bytes(b"not looked at")


class Faulty:
    """A reader that gives one good batch and then breaks as it is told."""

    name, version, rank = "faulty", 1, SourceRank.CRAWL
    looks_for, cannot_know, synthetic, as_filed = "trouble", (), False, False

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def recognises(self, head, name):
        return True

    def read(self, stream, name):
        yield from READERS["cnipa-gazette-table"].read(stream, name)
        raise self.fault
