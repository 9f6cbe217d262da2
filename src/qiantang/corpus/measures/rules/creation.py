"""The C-rows of the annual white paper: what was created."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qiantang.corpus.measures.rules.regional import GRANTS, IN_FORCE
from qiantang.corpus.measures.rules.words import FILING, GRANT, counted, same
from qiantang.corpus.measures.types import Patents, Time

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Metric
    from qiantang.corpus.measures.types import Recipe

_GROUP: Final = "creation"

DEFINITIONS: Final[tuple[tuple[Metric, Recipe], ...]] = (
    (
        counted(
            "C-01",
            "发明专利申请量",
            "Invention applications",
            (
                "按申请日统计的发明专利申请件数；地区按第一申请人地址。未公布的申请不在其中，最近18个月不完整。",
                (
                    "Applications for inventions by filing date; the region is that of the first applicant's address. What is not "
                    "published yet is not in it: the last 18 months are incomplete."
                ),
            ),
            formula="count(invention applications by filing date)",
            group=_GROUP,
            rule=FILING,
        ),
        Patents(time=Time.FILED, types=("invention",)),
    ),
    (same(GRANTS, "C-02", _GROUP), Patents(time=Time.GRANTED, types=("invention",))),
    (same(IN_FORCE, "C-03", _GROUP), Patents(time=Time.IN_FORCE, types=("invention",))),
    (
        counted(
            "C-07",
            "实用新型和外观设计授权量",
            "Grants of utility models and designs",
            (
                "当期授权公告的实用新型和外观设计件数。",
                "Utility models and designs whose grant was announced in the period.",
            ),
            formula="count(utility models and designs by date of grant)",
            group=_GROUP,
            rule=GRANT,
        ),
        Patents(time=Time.GRANTED, types=("utility_model", "design")),
    ),
)
