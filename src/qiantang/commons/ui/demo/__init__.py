"""Every component in every state: what the gallery shows, the tests render and axe looks at. All of it is invented."""

from __future__ import annotations

from qiantang.commons.ui.demo.charts import CHART_CASES
from qiantang.commons.ui.demo.components import COMPONENT_CASES
from qiantang.commons.ui.types import Case

CASES: tuple[Case, ...] = (*COMPONENT_CASES, *CHART_CASES)
