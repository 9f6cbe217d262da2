"""A home that an older version left: what a newer one keeps beside the register is made when the house is opened."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.cli import serving
from qiantang.corpus.measures.selectors.lives import lives_path
from qiantang.corpus.register.tests.shelf import File, seen, stock
from qiantang.corpus.register.types import Event
from qiantang.kernel.legalstatus import Basis


class _Minute(Exception):
    pass


@pytest.mark.django_db
def test_what_follows_loads_is_made_up_for_at_the_start(tmp_path, settings, monkeypatch):
    settings.QIANTANG_HOME = tmp_path / "home"
    patent = seen(
        1,
        ("CN100000001", "A", "2011-11-01"),
        ("CN100000001", "B", "2013-02-01"),
        type="invention",
        filing_date=date(2010, 5, 1),
        events=[Event("CF01", date(2016, 5, 1), date(2016, 8, 1))],
    )
    stock(settings.QIANTANG_HOME, File("first.csv", [patent]), index=False, synthetic=True)
    kept = lives_path(settings.QIANTANG_HOME, 1, Basis.EFFECT)
    assert not kept.exists()  # the load was there before anybody kept it

    def over(_seconds):
        raise _Minute

    monkeypatch.setattr(serving, "_BY_THE_CLOCK", ())
    monkeypatch.setattr(serving.time, "sleep", over)
    with pytest.raises(_Minute):
        serving._tick()
    assert kept.exists()
    assert list((settings.QIANTANG_HOME / "frames").glob("*.duckdb"))
