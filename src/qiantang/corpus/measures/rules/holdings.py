"""What the register holds, whatever office it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qiantang.corpus.measures.rules.words import FILING, GRANT, PUBLICATION, counted
from qiantang.corpus.measures.types import Patents, Time

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Metric
    from qiantang.corpus.measures.types import Recipe

_GROUP: Final = "register"

DEFINITIONS: Final[tuple[tuple[Metric, Recipe], ...]] = (
    (
        counted(
            "PAT-01",
            "专利申请（全部局、全部类型）",
            "Patent filings, all offices and types",
            (
                "登记库中的专利，按申请日统计；一件申请计一件，不论其后公布几次。",
                "Patents on record by filing date; an application counts once, however often it was published.",
            ),
            formula="count(patents)",
            group=_GROUP,
            rule=FILING,
        ),
        Patents(time=Time.FILED, offices=()),
    ),
    (
        counted(
            "PAT-02",
            "专利公布（全部局、全部类型）",
            "Patents published, all offices and types",
            (
                "登记库中的专利，按首次公布日统计。",
                "Patents on record by the day of their first publication.",
            ),
            formula="count(patents published)",
            group=_GROUP,
            rule=PUBLICATION,
        ),
        Patents(time=Time.PUBLISHED, offices=()),
    ),
    (
        counted(
            "PAT-03",
            "专利授权（全部局、全部类型）",
            "Patents granted, all offices and types",
            ("登记库中已授权的专利，按授权公告日统计。", "Patents on record by the day of their grant."),
            formula="count(patents granted)",
            group=_GROUP,
            rule=GRANT,
        ),
        Patents(time=Time.GRANTED, offices=()),
    ),
)
