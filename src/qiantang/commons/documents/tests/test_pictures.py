"""Pictures of charts for word processors: their letters are the house's own, also Chinese ones."""

from __future__ import annotations

import struct

import pytest

from qiantang.commons.documents.api import typesetting
from qiantang.commons.ui.api import drawings
from qiantang.commons.ui.types import Chart, ChartKind, Mark, Series
from qiantang.kernel.errors import Unavailable

BAR = Chart(
    kind=ChartKind.BAR,
    key="bar",
    title="哪个区授权最多？",
    labels=("余杭区", "上城区"),
    series=(Series("", (Mark(1234), Mark(17))),),
)


def _size(png: bytes) -> tuple[int, int]:
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


@pytest.mark.feature("S2-18")
def test_a_chart_becomes_a_picture_with_chinese_letters() -> None:
    (one,) = drawings((BAR,))
    png = typesetting.picture_png(one.svg, width_mm=127, dots_an_inch=60)
    assert _size(png)[0] == 300
    assert png == typesetting.picture_png(one.svg, width_mm=127, dots_an_inch=60)
    pictures = {
        typesetting.picture_png(one.svg.replace("余杭区", word), width_mm=127, dots_an_inch=60)
        for word in ("余杭区", "滨江区", "西湖区", "\uf123\uf124\uf125", "")
    }
    assert len(pictures) == 5  # each word has its own letters: not all the same box, and not none


def test_what_is_no_drawing_is_refused() -> None:
    with pytest.raises(Unavailable, match=r"documents\.setting_failed"):
        typesetting.picture_png("<svg", width_mm=50)
