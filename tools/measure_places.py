"""Measure the places of addresses against the labelled set and write ``corpus/places/accuracy.csv``.

python -m tools.measure_places [development]
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from qiantang.corpus.places import api
from qiantang.corpus.places.methods.measuring import measure
from qiantang.corpus.places.types import Accuracy

APP = Path(__file__).parents[1] / "src" / "qiantang" / "corpus" / "places"


def labels() -> list[dict[str, str]]:
    """The labelled addresses, one dict a row."""
    with (APP / "tests" / "labelled.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def measured(half: str | None = None) -> tuple[Accuracy, ...]:
    """All halves, or one."""
    return measure(
        (label for label in labels() if half in {None, label["half"]}), lambda text, day: api.resolve(text, day=day)
    )


def main() -> None:
    rows = measured(sys.argv[1] if len(sys.argv) > 1 else None)
    for row in rows:
        print(*row)
    if len(sys.argv) == 1:
        with (APP / "accuracy.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(Accuracy._fields)
            writer.writerows(rows)


if __name__ == "__main__":
    main()
