"""An engine keeps the states before the newest open for a while, so that a list can be read to its end."""

from __future__ import annotations

import pytest

from qiantang.engines.search.port import Document, Everything
from qiantang.kernel.errors import Conflict
from qiantang.kernel.paging import PageRequest

from .engines import ADAPTERS, gone, made
from .test_search import SCHEMA


@pytest.fixture(params=ADAPTERS, ids=lambda path: path.rpartition(".")[2])
def engine(request, tmp_path):
    made_here = made(request.param, SCHEMA, tmp_path)
    yield made_here
    gone(made_here)


def test_an_older_state_is_held_while_a_load_goes_on_and_then_let_go(engine):
    def page(edition):
        return [one.id for one in engine.search(Everything(), page=PageRequest(size=9), edition=edition).hits]

    editions = []
    for number in range(4):
        with engine.writer() as writer:
            writer.put([Document(f"CN{number}", {"title": "电池"})])
            writer.drop(["CN0"] if number == 1 else [])
            writer.commit(stamp=number)
            editions.append(engine.state().edition)
            assert page(editions[-1]) == page(None)
            if number:
                assert sorted(page(editions[-2])) == [f"CN{n}" for n in range(number) if n or number == 1]
                held = engine.groups(Everything(), field="day", page=PageRequest(size=9), edition=editions[-2])
                assert held.documents == len(page(editions[-2]))
    assert len(set(editions)) == 4
    for lost in (editions[0], "never"):
        with pytest.raises(Conflict, match=r"search\.edition_gone"):
            page(lost)
