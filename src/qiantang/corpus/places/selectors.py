"""Reads: the tables, loaded when first asked for, and the resolver built of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from qiantang.commons.refdata import api as refdata
from qiantang.corpus.places.methods.resolver import Resolver
from qiantang.corpus.places.types import Accuracy, Kind, LocalityRow, PostcodeRow, SuccessionRow

_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def localities() -> tuple[LocalityRow, ...]:
    return tuple(
        LocalityRow(
            row["city"],
            row["name"],
            Kind(row["kind"]),
            tuple(row["codes"].split()),
            _day(row["valid_from"]),
            _day(row["valid_to"]),
            row["source"],
        )
        for row in _rows("localities.csv")
    )


@lru_cache(maxsize=1)
def successions() -> tuple[SuccessionRow, ...]:
    return tuple(
        SuccessionRow(row["old"], row["new"], date.fromisoformat(row["day"]), row["share"] == "whole", row["source"])
        for row in _rows("successions.csv")
    )


@lru_cache(maxsize=1)
def postcodes() -> tuple[PostcodeRow, ...]:
    return tuple(
        PostcodeRow(
            row["prefix"], tuple(row["codes"].split()), _day(row["valid_from"]), _day(row["valid_to"]), row["source"]
        )
        for row in _rows("postcodes.csv")
    )


@lru_cache(maxsize=1)
def accuracy() -> tuple[Accuracy, ...]:
    """What ``tools/measure_places.py`` measured and wrote."""
    return tuple(
        Accuracy(
            row["half"],
            row["level"],
            int(row["right"]),
            int(row["wrong"]),
            int(row["unknown"]),
            float(row["low"]),
            float(row["high"]),
            float(row["sure_low"]),
            float(row["sure_high"]),
        )
        for row in _rows("accuracy.csv")
    )


@lru_cache(maxsize=1)
def resolver() -> Resolver:
    offices = refdata.offices()
    countries = {
        offices[code].name_zh: code for code in offices.codes() if offices[code].kind == "country" and code != "CN"
    }
    return Resolver(refdata.regions().rows(), localities(), successions(), postcodes(), countries)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
