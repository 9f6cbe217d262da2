"""What is drawn bar by bar, in one go: a template node for each would cost more than the search."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.scenarios.query.methods.years import YearBar

register = template.Library()


@register.simple_tag
def year_bars(bars: Sequence[YearBar]) -> SafeString:
    """The bars of the years as links of an SVG that is one unit wide for each and 100 high."""
    return mark_safe("".join(_bar(place, one) for place, one in enumerate(bars)))  # noqa: S308 - all parts are escaped


def _bar(place: int, bar: YearBar) -> str:
    told = f"{bar.label}: {bar.count:,}"
    late = " qt-years-late" if bar.late else ""
    return (
        f'<a href="{escape(bar.url)}" tabindex="-1" data-low="{bar.low}" data-high="{bar.high}"'
        f' data-count="{bar.count}" aria-label="{told}"><title>{told}</title>'
        f'<rect class="qt-years-hit" x="{place}" y="0" width="1" height="100"/>'
        f'<rect class="qt-years-bar{late}" x="{place}.1" y="{bar.top:.2f}" width="0.8" height="{bar.height:.2f}"/></a>'
    )
