"""Rebuild ``corpus/classes/ipc_titles.csv`` from a table of the titles of the International Patent Classification.

    python -m tools.build_classes HEADINGS_CSV

HEADINGS_CSV  columns code, level, title_zh_short, title_en, en_source: sections, classes, subclasses and main groups of IPC
              2026.01, the Chinese titles as CNIPA published them, the English ones with where each was taken from

English titles are those of WIPO's own pages; where none is at hand the column stays empty. References in brackets
(``edge trimmers for lawns A01G 3/06``) are left out: the picker shows what a class is, not where else to look.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

TABLE = Path(__file__).parents[1] / "src" / "qiantang" / "corpus" / "classes" / "ipc_titles.csv"
COLUMNS = ("code", "title_zh", "title_en")
# WIPO's pages of edition 2023.01 as a public repository keeps them, and what the house wrote itself
_OPEN = ("wipo", "thxare-2023", "hand")
# Subclasses that the edition no longer has, but that stand on most patents of their time; titles by the house.
_FORMER = {
    "F24J": (
        "其他类不包括的热量产生和利用（旧版分类）",
        "Production or use of heat not otherwise provided for (former subclass)",
    ),
    "H01L": (
        "半导体器件；其他类不包括的电固体器件（旧版分类）",
        "Semiconductor devices not otherwise provided for (former subclass)",
    ),
}
_bracketed = re.compile(r"\s*\([^()]*\)")
_edition = re.compile(r"\s*\[[0-9.,，、 -]+\]")  # since when a title stands so: [2], [19740701，20060101]


def _english(title: str) -> str:
    """The title without what stands in brackets, small but for its first letter where it was in capitals."""
    bare = _edition.sub("", title)
    while bare != (shorter := _bracketed.sub("", bare)):
        bare = shorter
    capitals = sum(letter.isupper() for letter in bare)
    return " ".join((bare.capitalize() if capitals > len(bare) / 2 else bare).split())


def _place(row: tuple[str, str, str]) -> tuple[str, int]:
    """The order of the classification: main groups by their number."""
    return row[0][:4], int(row[0][4:] or 0)


def main(headings: str) -> None:
    with Path(headings).open(encoding="utf-8", newline="") as lines:
        rows = [
            (
                row["code"].removesuffix("/00"),
                _edition.sub("", row["title_zh_short"]),
                _english(row["title_en"]) if row["en_source"] in _OPEN else "",
            )
            for row in csv.DictReader(lines)
        ]
    rows += [(code, chinese, english) for code, (chinese, english) in _FORMER.items()]
    rows.sort(key=_place)
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    print(f"{len(rows)} titles written to {TABLE.name}")


if __name__ == "__main__":
    main(sys.argv[1])
