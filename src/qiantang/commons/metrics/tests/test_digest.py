"""A frozen number that somebody changes is found out by its digest."""

from __future__ import annotations

import pytest

from qiantang.commons.metrics import api
from qiantang.commons.metrics.models import FrozenValue
from qiantang.commons.metrics.types import Question
from qiantang.kernel.actor import Actor


@pytest.mark.django_db
@pytest.mark.feature("S2-19")
def test_whoever_changes_a_frozen_number_is_found_out():
    asked = Question(metric="POP-01", region="330100", last=2019)
    frozen = api.freeze_value(actor=Actor.system("test"), question=asked, title="Report")
    assert frozen.value == 10_360_000
    assert api.frozen.compare_frozen(frozen.number).sound
    FrozenValue.objects.filter(number=frozen.number).update(value=4)
    assert not api.frozen.compare_frozen(frozen.number).sound
