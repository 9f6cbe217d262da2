"""Words of an address or a command become a question, or a refusal that names what can be chosen."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.commons.metrics.forms import question_from
from qiantang.commons.metrics.selectors.telling import question_read, question_told
from qiantang.commons.metrics.types import AddressOf, Boundaries, Dimension, Sharing
from qiantang.kernel.errors import Invalid

WORDS = {
    "metric": "RB-01",
    "region": " 330100 ",
    "from": "2019",
    "to": 2020,
    "day": "2020-06-30",
    "by": "district,type",
    "only": ["type=invention"],
    "address": "inventor",
    "sharing": "fractional",
    "boundaries": "today",
    "scheme": "sei",
    "snapshot": "3",
    "basis": "",
}


def test_every_word_finds_its_place_and_the_question_survives_being_told():
    asked = question_from(WORDS)
    assert (asked.region, asked.first, asked.last, asked.day) == ("330100", 2019, 2020, date(2020, 6, 30))
    assert (asked.by, asked.only) == ((Dimension.DISTRICT, Dimension.TYPE), ((Dimension.TYPE, "invention"),))
    assert (asked.address, asked.sharing, asked.boundaries) == (
        AddressOf.INVENTOR,
        Sharing.FRACTIONAL,
        Boundaries.TODAY,
    )
    assert (asked.scheme, asked.snapshot, asked.basis) == ("sei", 3, None)
    assert question_read(question_told(asked)) == asked


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("from", "MMXX"),
        ("to", "99999999999999"),
        ("day", "soon"),
        ("by", "colour"),
        ("only", "type"),
        ("sharing", "x"),
        ("scheme", "x"),
    ],
)
def test_what_is_no_choice_is_refused_with_the_choices(name, given):
    with pytest.raises(Invalid, match=r"metrics\.choice") as refused:
        question_from({"metric": "RB-01", name: given})
    assert refused.value.facts["known"]
