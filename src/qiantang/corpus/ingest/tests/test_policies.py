"""Operators and the platform load; nobody else does or sees what became of it."""

from __future__ import annotations

import pytest

from qiantang.corpus.ingest import api, policies
from qiantang.corpus.ingest.selectors.runs import every_refused_row
from qiantang.corpus.ingest.services.disclosing import hand_out_refused_rows, show_refused_rows
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import NotPermitted
from qiantang.kernel.paging import PageRequest

PUBLIC = Actor.public()
PERSON = Actor(7, "shen")
EXAMINER = Actor(8, "gu", frozenset({"examiner", "operators", "Operator"}))
OPERATOR = Actor(9, "lu", frozenset({"operator"}))
SYSTEM = Actor.system("test", Channel.COMMAND)


@pytest.mark.parametrize("actor", [OPERATOR, SYSTEM])
def test_who_may(actor):
    assert policies.may_import(actor)


@pytest.mark.parametrize("actor", [PUBLIC, PERSON, EXAMINER])
def test_who_may_not_is_told_the_reason(actor):
    decision = policies.may_import(actor)
    assert not decision
    assert decision.code == "ingest.operators_only"


@pytest.mark.django_db
@pytest.mark.parametrize("actor", [PUBLIC, PERSON, EXAMINER])
def test_every_door_asks_the_policy_before_it_looks(home, actor):
    page = PageRequest()
    for ask in (
        lambda: api.request_import(actor=actor, kind="upload"),
        lambda: api.request_import(actor=actor, kind="demo", patents=100),
        lambda: api.import_runs(actor, page),
        lambda: api.import_run(actor, 1),
        lambda: api.refused_rows(actor, 1, page),
        lambda: every_refused_row(actor, 1),
        lambda: show_refused_rows(actor=actor, load=1, page=page),
        lambda: hand_out_refused_rows(actor=actor, load=1),
    ):
        with pytest.raises(NotPermitted, match=r"ingest\.operators_only"):
            ask()
    assert not home.exists()
