"""Cubes that follow loads piece by piece hold what a count over all rows gives, whatever the loads did."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantang.corpus.register.methods.frames import FRAMES
from qiantang.corpus.register.selectors.view import Register
from qiantang.corpus.register.services import upkeep
from qiantang.corpus.register.types import OBSERVATION_SCHEMA
from qiantang.engines.lake import cubes, large_pieces
from qiantang.engines.lake.duckdb import DuckdbFrames
from qiantang.engines.lake.port import Cube, Indicator
from qiantang.kernel.errors import Unavailable

from .frames.oracle import frames_in_rows
from .frames.questions import FIELDS
from .frames.shelf import Shelf, city

DIMENSIONS = {"city": pa.string(), "filing_year": pa.int32(), "type": pa.string(), "status": pa.string()}
NUMBERS = pa.Table.from_pylist([{"subclass": s, "field": i} for i, s in enumerate(["A61B", "G06F", "H04L"])], FIELDS)


def _states(t, _):
    p = t.patents.mutate(city=t.patents.region_code.left(4), subclass=t.patents.main_ipc.left(4))
    p = p.left_join(t.fields, "subclass")
    return p.select("patent", "city", "filing_year", "type", "status", "field", "applicant", claims="claim_count")


def _owners(t, _):
    a = t.parties.filter(t.parties.role == "applicant").select("patent", "name").distinct()
    return t.patents.join(a, "patent").select("patent", "filing_year", "name")


STATES = Cube("states", _states, {**DIMENSIONS, "field": pa.int32()}, ("claims",), {"fields": FIELDS})
OWNERS = Cube("owners", _owners, {"filing_year": pa.int32(), "name": pa.string()})
APPLIED = Cube(
    "applied",
    _states,
    {"city": pa.string(), "field": pa.int32()},
    (),
    {"fields": FIELDS},
    distinct={"applicants": "applicant"},
)
OF_TYPE = Cube(
    "of_type",
    _states,
    {"type": pa.string(), "field": pa.int32()},
    ("claims",),
    {"fields": FIELDS},
    "field",
    {"cities": "city"},
)
CUBES = (STATES, OWNERS, APPLIED, OF_TYPE)
CELLS = {cube.name: Indicator(f"cells.{cube.name}", lambda t, _, n=cube.name: getattr(t, n)) for cube in CUBES}


def counted(rows: dict[str, list[dict]]) -> dict[str, Counter]:
    """The cells by hand; (dimensions, claims or distinct values) -> n."""
    field = {row["subclass"]: row["field"] for row in NUMBERS.to_pylist()}
    states, owners, claims = Counter(), Counter(), Counter()
    names: dict[int, set[str]] = {}
    applied: dict[tuple, list] = {}
    of_type: dict[tuple, list] = {}
    for row in rows["parties"]:
        if row["role"] == "applicant":
            names.setdefault(row["patent"], set()).add(row["name"])
    for p in rows["patents"]:
        city = p["region_code"][:4] if p["region_code"] else None
        cell = (city, p["filing_year"], p["type"], p["status"], field.get((p["main_ipc"] or "")[:4]))
        states[cell] += 1
        claims[cell] += p["claim_count"] or 0
        owners.update((p["filing_year"], name) for name in names.get(p["patent"], ()))
        applied.setdefault((city, cell[-1]), []).append(p["applicant"])
        if cell[-1] is not None:
            of_type.setdefault((p["type"], cell[-1]), []).append((city, p["claim_count"] or 0))
    return {
        "states": Counter({(*cell, claims[cell]): n for cell, n in states.items()}),
        "owners": owners,
        "applied": Counter({(*key, len({*values} - {None})): len(values) for key, values in applied.items()}),
        "of_type": Counter(
            {
                (*key, sum(n for _c, n in values), len({c for c, _n in values} - {None})): len(values)
                for key, values in of_type.items()
            }
        ),
    }


def read(view) -> dict[str, Counter]:
    told = {}
    for name, indicator in CELLS.items():
        rows = view.run(indicator).to_pylist()
        told[name] = Counter({tuple(v for k, v in row.items() if k != "n"): row["n"] for row in rows})
        assert len(rows) == len(told[name])
    return told


class World:
    """A register that loads change, with cubes that follow."""

    def __init__(self, home) -> None:
        self.shelf = Shelf(home)
        self.engine = DuckdbFrames(spec=FRAMES, lake=self.shelf.lake, place=home / "frames", options={"threads": 1})

    def folders(self):
        return self.shelf.folders(self.shelf.place.snapshots()[-1])

    def cubes(self, *, make=True):
        return self.engine.cubes(self.folders(), CUBES, {"fields": NUMBERS}, make=make)

    def check(self) -> None:
        view = self.cubes()
        assert read(view) == counted(frames_in_rows(self.shelf.lake, self.folders()))
        view.close()


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return [r for r in city(tmp_path_factory.mktemp("city"), 100).to_pylist() if r["keys"]][:30]


def changed(row: dict, change: str, other: dict, turn: int) -> dict:
    """A newer statement of the same patent."""
    told = {**row, "as_of": date(2026, 1, 1) + timedelta(turn), "row": turn + 1, "digest": f"{turn} {change}"}
    match change:
        case "claims":
            told["claim_count"] = 100 + turn
        case "date":
            told["filing_date"] = date(2001 + turn % 20, 5, 6)
        case "class":
            told["classifications"] = [{"scheme": "ipc", "symbol": "G06F3/01", "edition": None, "first": True}]
        case "family":
            told["simple_family"], told["priorities"] = f"docdb:{turn % 2}", other["priorities"]
        case "owner":
            told["parties"] = [*other["parties"]]
        case "join":
            told["keys"] = [*row["keys"], *other["keys"]]
            told["publications"] = [*row["publications"], *other["publications"]]
    return told


CHANGES = st.sampled_from(["new", "claims", "date", "class", "family", "owner", "join"])
STEPS = st.lists(st.tuples(st.integers(0, 29), CHANGES, st.integers(0, 29)), min_size=1, max_size=8)


@pytest.fixture(params=[0, 16_000_000], ids=["by the database", "by arrays"])
def counted_by(request, monkeypatch):
    """Every layer as a large one, counted a few patents at a time, and as a small one."""
    monkeypatch.setattr(cubes, "_LARGE_BYTES", request.param)
    monkeypatch.setattr(large_pieces, "_PATENTS_AT_ONCE", 9)
    monkeypatch.setattr(large_pieces, "_AT_ONCE", 2)


@pytest.mark.usefixtures("counted_by")
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, min_size=2, max_size=3))
def test_pieces_add_up_to_a_count_over_all_rows(rows, tmp_path_factory, loads):
    world = World(tmp_path_factory.mktemp("home"))
    world.shelf.add("first", pa.Table.from_pylist(rows[:20], OBSERVATION_SCHEMA))
    for turn, steps in enumerate(loads, 1):
        by_place = {place: (change, other) for place, change, other in steps}
        told = [
            changed(rows[place], change, rows[other], turn * 100 + place) for place, (change, other) in by_place.items()
        ]
        world.shelf.add(f"load {turn}", pa.Table.from_pylist(told, OBSERVATION_SCHEMA))
        world.check()


def test_a_merge_of_layers_and_a_removal_leave_the_cubes_true(rows, tmp_path):
    world = World(tmp_path)
    world.shelf.add("first", pa.Table.from_pylist(rows[:20], OBSERVATION_SCHEMA))
    world.shelf.add(
        "more", pa.Table.from_pylist([changed(r, "date", r, i) for i, r in enumerate(rows[10:])], OBSERVATION_SCHEMA)
    )
    world.shelf.add(
        "class", pa.Table.from_pylist([changed(r, "class", r, i) for i, r in enumerate(rows[:12])], OBSERVATION_SCHEMA)
    )
    world.check()
    register = Register(world.shelf.place, world.shelf.lake, None, world.engine)
    gone = sorted(world.shelf.records())[:3]
    upkeep.erase(register, gone, name=None)
    world.check()
    assert not set(gone) & set(world.shelf.records())
    upkeep.compact(register, everything=True)
    assert len(world.folders()) == 1
    world.check()
    place = world.shelf.place
    named = {layer for number in place.snapshots() for layer in place.manifest(number).layers}
    assert {path.name.partition("-")[0] for path in (tmp_path / "frames" / "cubes").glob("*-*-*")} <= named


def test_cubes_that_are_behind_say_so(rows, tmp_path):
    world = World(tmp_path)
    world.shelf.add("first", pa.Table.from_pylist(rows[:20], OBSERVATION_SCHEMA))
    with pytest.raises(Unavailable, match=r"lake\.cubes_behind"):
        world.cubes(make=False)
    world.cubes().close()
    world.cubes(make=False).close()
    world.shelf.add("more", pa.Table.from_pylist(rows[20:], OBSERVATION_SCHEMA))
    with pytest.raises(Unavailable, match=r"lake\.cubes_behind"):
        world.cubes(make=False)
    other = NUMBERS.slice(1)
    world.cubes().close()
    with pytest.raises(Unavailable, match=r"lake\.cubes_behind"):
        world.engine.cubes(world.folders(), CUBES, {"fields": other}, make=False)
