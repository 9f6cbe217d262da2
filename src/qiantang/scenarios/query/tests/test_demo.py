"""The demo's analyst has something of everything, and an alert that really fired."""

from __future__ import annotations

import pytest

from qiantang.commons.notices.tests.told import notices
from qiantang.corpus.register.tests.shelf import everything, stock
from qiantang.kernel.paging import PageRequest
from qiantang.scenarios.query import demo
from qiantang.scenarios.query.selectors import dossiers, number_lists, saved
from qiantang.scenarios.query.services import watching

from .keeping import SYSTEM, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-32")]
PAGE = PageRequest()


def test_the_analyst_is_told_of_the_city_and_keeps_a_dossier(empty):
    analyst = person("analyst")
    demo.furnish("analyst")  # the city is still to come: its jobs find nothing
    assert dossiers.dossiers(analyst, PAGE).total == 0
    stock(empty, *everything())
    assert watching.check_alerts(actor=SYSTEM) == 1
    (notice,) = notices()
    assert notice.person_id == analyst.person_id
    for _ in range(2):  # a second start of the demo changes nothing
        demo.furnish("analyst")
    assert saved.saved_queries(analyst, PAGE).total == 2
    (dossier,) = dossiers.dossiers(analyst, PAGE).items
    assert dossier.watches == ("status", "owner")
    assert dossier.patents == saved.saved_queries(analyst, PAGE).items[1].hits
    (numbers,) = number_lists.number_lists(analyst, PAGE).items
    assert {verdict for verdict, _, _ in numbers.counts} == {
        "found",
        "duplicate",
        "unknown",
        "check_digit",
        "unreadable",
    }
