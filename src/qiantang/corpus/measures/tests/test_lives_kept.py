"""When rights were in force is read once after a load and kept; what is kept says the same as what is read."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from qiantang.commons.events.api import SUBSCRIPTIONS
from qiantang.corpus.measures.handlers import let_lives_follow
from qiantang.corpus.measures.selectors import lives
from qiantang.corpus.measures.selectors.facts import facts_of
from qiantang.corpus.measures.services import lives as services
from qiantang.corpus.measures.tasks import follow_lives
from qiantang.corpus.register.tests.shelf import File, seen, stock
from qiantang.corpus.register.types import Event
from qiantang.kernel.legalstatus import Basis


@pytest.fixture
def home(tmp_path, settings):
    settings.QIANTANG_HOME = tmp_path / "home"
    return settings.QIANTANG_HOME


def granted(row, *events):
    number = f"CN1{row:08}"
    told = {"filing_date": date(2010, 5, 1), "application_number": f"CN20101000000{row}.X", "events": list(events)}
    return seen(row, (number, "A", "2011-11-01"), (number, "B", "2013-02-01"), type="invention", **told)


@pytest.fixture
def loaded(home):
    rows = [granted(1), granted(2, Event("CF01", date(2016, 5, 1), date(2016, 8, 1))), granted(3)]
    return stock(home, File("first.csv", rows), index=False, synthetic=True)


def spans(told):
    return sorted(zip(told.rows.tolist(), told.begins.tolist(), told.ends.tolist(), strict=True))


def afresh():
    """Facts of a process that has read nothing yet."""
    facts = facts_of()
    facts._made.clear()
    return facts


@pytest.mark.feature("S2-05")
def test_what_is_kept_is_what_is_read(loaded, monkeypatch):
    facts = afresh()
    assert lives.kept_lives(facts, Basis.EFFECT) is None
    read = lives.read_lives(facts, Basis.EFFECT)
    assert len(read.rows) == 3
    follow_lives.enqueue()
    assert not services.keep_lives()  # nothing is done twice
    monkeypatch.setattr(lives, "read_lives", None)  # who would read the events fails
    told = lives.lives_of(afresh(), Basis.EFFECT)
    assert spans(told) == spans(read)
    day = date(2016, 6, 1).toordinal() - date(1970, 1, 1).toordinal()
    assert np.array_equal(told.on(day, 3), read.on(day, 3))
    assert told.on(day, 3).sum() == 2


def test_other_rules_a_removal_or_a_broken_file_count_as_not_there(loaded, home, monkeypatch):
    assert services.keep_lives()
    facts = afresh()
    path = lives.lives_path(home, 1, Basis.EFFECT)
    with monkeypatch.context() as other:
        other.setattr(lives, "_rules", lambda: b"another law")
        assert lives.kept_lives(facts, Basis.EFFECT) is None
    assert lives.kept_lives(facts, Basis.EFFECT) is not None
    assert lives.kept_lives(facts, Basis.GAZETTE) is None
    path.write_bytes(b"cut off")
    assert lives.kept_lives(facts, Basis.EFFECT) is None
    assert len(lives.lives_of(afresh(), Basis.EFFECT).rows) == 3
    assert services.keep_lives()
    (home / "register" / "suppressed.json").write_bytes(b"{}")
    assert lives.kept_lives(facts, Basis.EFFECT) is None


def test_they_follow_the_loads_and_old_ones_go(loaded, home, monkeypatch):
    assert [one.event_name for one in SUBSCRIPTIONS if one.handle is let_lives_follow] == ["ingest.snapshot.published"]
    monkeypatch.setattr(services, "_KEPT", 1)
    assert services.keep_lives()
    stock(home, File("second.csv", [granted(4)]), index=False)
    assert services.keep_lives()
    assert [one.name for one in (home / "measures").glob("lives-*")] == ["lives-000002-effect.parquet"]
    assert len(lives.lives_of(afresh(), Basis.EFFECT).rows) == 4


def test_an_empty_home_has_nothing_to_do(home):
    assert not services.keep_lives()
