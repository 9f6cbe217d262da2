"""The indicators of the regional benchmark (RB-01 to RB-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qiantang.corpus.measures.rules.words import GRANT, STOCK, counted
from qiantang.corpus.measures.types import Patents, Time

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Metric
    from qiantang.corpus.measures.types import Recipe

_GROUP: Final = "regional"

IN_FORCE: Final = counted(
    "RB-01",
    "有效发明专利拥有量",
    "Effective inventions",
    (
        "期末处于有效状态的国内发明专利件数；地区按第一专利权人地址。不含实用新型、外观设计和在审申请。",
        (
            "Chinese invention patents in force at the end of the period; the region is that of the first holder's address. "
            "Utility models, designs and pending applications are not in it."
        ),
    ),
    formula="count(inventions in force at the end of the period)",
    group=_GROUP,
    rule=STOCK,
)
GRANTS: Final = counted(
    "RB-05",
    "发明专利授权量",
    "Invention grants of the year",
    (
        "当期授权公告的发明专利件数；地区按第一专利权人地址。",
        "Invention patents whose grant was announced in the period; the region is that of the first holder's address.",
    ),
    formula="count(inventions by date of grant)",
    group=_GROUP,
    rule=GRANT,
)
DEFINITIONS: Final[tuple[tuple[Metric, Recipe], ...]] = (
    (IN_FORCE, Patents(time=Time.IN_FORCE, types=("invention",))),
    (GRANTS, Patents(time=Time.GRANTED, types=("invention",))),
)
