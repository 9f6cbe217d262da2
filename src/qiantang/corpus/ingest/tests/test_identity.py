"""Identity keys of observations: the kind of a document tells apart series that count the same digits."""

from __future__ import annotations

import pytest

from qiantang.corpus.ingest.methods.identity import NumberMemory
from qiantang.corpus.register.types import Observation, Publication
from qiantang.kernel.errors import Invalid

pytestmark = pytest.mark.feature("S3-20")


@pytest.mark.parametrize(
    ("number", "kind", "key"),
    [
        ("DE1999999", "U", "p:DE1999999/U"),
        ("DE1999999", "B", "p:DE1999999"),
        ("AT9999", "U1", "p:AT9999/U"),
        ("EP9999999", None, "p:EP9999999"),
        ("CN199990001", "S", "p:CN199990001"),  # the kind does not fit the number, which stands all the same
    ],
)
def test_the_kind_chooses_the_series(number: str, kind: str | None, key: str):
    said = Observation(1, number[:2], publications=[Publication(number, kind)])
    assert NumberMemory().keys(said) == [key]


def test_a_refusal_that_is_remembered_carries_nothing_of_the_rows_before():
    memory = NumberMemory()

    def frames() -> int:
        with pytest.raises(Invalid) as refusal:
            memory.application("2.02E+12", "CN")
        return len(refusal.traceback)

    frames()
    assert [frames() for _ in range(5)] == [frames()] * 5
