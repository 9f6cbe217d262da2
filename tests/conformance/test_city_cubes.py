"""The cubes of a city equal a count over its patents, follow loads by a job, and are never old."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest

from qiantang.commons.events.api import deliver_pending
from qiantang.corpus.classes.api import field_of
from qiantang.corpus.ingest import api as ingest
from qiantang.corpus.ingest.methods.synthetic import generate
from qiantang.corpus.measures import api
from qiantang.corpus.measures.methods.cubes import CUBES
from qiantang.corpus.register import api as register
from qiantang.corpus.register.selectors import view
from qiantang.corpus.register.types import Indicator
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Unavailable

CELLS = {cube.name: Indicator(f"cells.{cube.name}", lambda t, _, n=cube.name: getattr(t, n)) for cube in CUBES}


@pytest.fixture
def home(tmp_path, settings):
    settings.QIANTANG_HOME = tmp_path / "home"
    yield tmp_path / "home"
    view._opened.cache_clear()


def patents() -> list[dict]:
    _, held = register.register().current()
    return [row for batch in held.scan("records") for row in batch.to_pylist()]


def by_hand() -> dict[str, Counter]:
    told = {name: Counter() for name in CELLS}
    applied = defaultdict(list)
    for p in patents():
        main = min((c["symbol"] for c in p["classifications"] if c["scheme"] == "ipc" and c["first"]), default="")
        names = sorted((o["position"], o["name"]) for o in p["parties"] if o["role"] == "applicant")
        holders = sorted((o["position"], o["name"]) for o in p["parties"] if o["role"] == "holder")
        applicant = (names or holders or [(0, None)])[0][1]
        city, year, field = (p["region_code"] or "")[:4] or None, p["filing_date"].year, field_of(main)
        state = year, p["type"], p["status"], field
        told["city_states"][city, *state] += 1
        told["district_states"][p["region_code"], p["region_today"], *state] += 1
        applied[city, field].append(applicant)
        if p["grant_date"]:
            told["city_grants"][city, p["grant_date"].year, p["type"], field] += 1
    told["city_fields"] = Counter({(*cell, len({*who} - {None})): len(who) for cell, who in applied.items()})
    return told


def read() -> dict[str, Counter]:
    told = {}
    for cube in CUBES:
        rows = api.cubes().run(CELLS[cube.name]).to_pylist()
        told[cube.name] = Counter(
            {tuple(row[name] for name in (*cube.dimensions, *cube.distinct)): row["n"] for row in rows}
        )
    return told


@pytest.mark.django_db(transaction=True)
def test_cubes_follow_loads_by_a_job_and_equal_a_count(home, tmp_path):
    truth = generate(tmp_path / "city", patents=300, seed=5, parts=2)
    day = date(2026, 1, 1)
    for part in truth.parts:
        report = ingest.load_paths([tmp_path / "city" / part.name], day=day)
        with pytest.raises(Unavailable, match=r"lake\.cubes_behind"):
            api.cubes()
        ingest.announce(actor=Actor.system("test"), report=report)
        deliver_pending()
        assert read() == by_hand()
    granted = api.cubes().run(CELLS["city_states"])["granted"].to_pylist()
    assert sum(granted) == sum(p["grant_date"] is not None for p in patents()) > 0


def test_nothing_loaded_is_nothing_to_do(home):
    assert api.advance_cubes() is None
